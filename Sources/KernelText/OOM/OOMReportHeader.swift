internal import HostModel

/// The first lines of a report, which say who asked for what.
struct OOMReportHeader {
  let words: OOMReportFields

  /// The first line may be broken in two, or followed by the one that tells the cpuset in kernels
  /// before 5.0. Other programs' lines in between don't count.
  init(_ lines: [OOMReportLine], havePrefixes: Bool) {
    var text = ""
    var isJoined = true
    for (index, line) in lines.lazy.filter({ !$0.isForeign }).prefix(6).enumerated() {
      if index > 0, Self.ends.contains(where: { line.text.hasPrefix($0) }) { break }
      // Behind an empty line stands what someone wrote about it.
      isJoined = isJoined && !line.text.isEmpty
      let isBroken = index > 0 && havePrefixes && !line.hasPrefix && isJoined
      text += isBroken ? String(line.text) : " " + line.text
    }
    words = OOMReportFields(text)
  }

  private static let ends = ["CPU:", "Call Trace", "Call trace", "Pid:", "Mem-Info:", "Mem-info:"]

  /// The process that the first line begins with.
  static func task(of kind: OOMReport.Kind, in line: String) -> String {
    let mark: String
    switch kind {
    case .oomKiller: mark = " invoked oom-killer"
    case .allocationFailure, .allocationStall: mark = ": page allocation"
    case .addressSpace, .vmallocPages: mark = ": vmalloc"
    case .pageDescriptors: mark = ": vmemmap"
    case .withoutMMU:
      // `Allocation of length 884736 from process 62 (echo) failed`
      let name = line.split(separator: "(").last?.split(separator: ")").first
      return name.map { String($0) } ?? ""
    case .shown, .headless: return ""
    }
    return line.firstRange(of: mark).map { String(line[..<$0.lowerBound]) } ?? ""
  }
}

extension OOMReport {
  mutating func read(_ header: OOMReportHeader) {
    let words = header.words
    gfpMask = words.hexadecimal(after: "gfp_mask=") ?? words.hexadecimal(after: "mode:")
    gfpFlags = words.flags(after: "gfp_mask=") ?? words.flags(after: "mode:") ?? []
    let asked = words.number(after: "order=") ?? words.number(after: "order:")
    order = asked.flatMap { UInt8(exactly: $0) }
    isByHand = kind == .oomKiller && asked == -1
    switch kind {
    case .addressSpace, .vmallocPages:
      length = words.bytes(after: "size ") ?? words.bytes(after: "failure: ")
      order = words.number(after: "page order ").flatMap { UInt8(exactly: $0) } ?? 0
    case .withoutMMU: length = words.bytes(after: "length ")
    default: break
    }
    readBinding(words)
  }

  mutating func readBinding(_ words: OOMReportFields) {
    nodeMask = words.nodes(after: "nodemask=") ?? nodeMask
    memsAllowed = words.nodes(after: "mems_allowed=") ?? memsAllowed
    cpuset = words.word(after: "cpuset=") ?? cpuset
  }
}
