/// A file or an output that a host is judged by, and how its lines are told from others in a text that
/// holds several.
package enum PastedFile: CaseIterable, Hashable, Sendable {
  case zoneinfo
  case pagetypeinfo
  case buddyinfo
  case meminfo
  case vmstat
  case iomem
  case version
  case commandLine
  case uname
  case numactl
  case lsmem
  case log

  /// Whether a line shows that the file begins, or another part of it.
  func begins(_ line: TextLine) -> Bool {
    switch self {
    case .zoneinfo: line.isZoneHeading
    case .pagetypeinfo: TextKind.pagetypeinfo.isShown(line)
    case .buddyinfo: TextKind.buddyinfo.isShown(line)
    case .meminfo: TextKind.meminfo.isShown(line)
    case .vmstat: TextKind.vmstat.isShown(line)
    case .iomem: line.isResource
    case .version: line.hasPrefix("Linux version ")
    case .commandLine: TextKind.commandLine.isShown(line)
    case .uname:
      line.words.count > 3 && line.words[0] == "Linux"
        && line.words[2].utf8.first.map(\.isDigit) == true
    case .numactl: TextKind.numactl.isShown(line)
    case .lsmem: TextKind.lsmem.isShown(line)
    case .log: line.hasStamp
    }
  }

  /// Whether a line that begins nothing else belongs to the file that has begun.
  func has(_ line: TextLine) -> Bool {
    switch self {
    case .zoneinfo: line.isOfZone
    case .pagetypeinfo, .buddyinfo: line.words[0] == "Node"
    case .meminfo: line.words[0].hasSuffix(":") && line.words.count < 4
    case .vmstat: line.words.count == 2 && line.words[1].utf8.allSatisfy(\.isDigit)
    case .iomem: line.isResource
    case .version, .commandLine, .uname: false
    case .numactl: line.words[0] == "node" || line.words[0].hasSuffix(":")
    case .lsmem: line.hasPrefix("0x") || line.hasPrefix("Total o")
    case .log: line.hasStamp
    }
  }

  /// Whether a line that could begin another file is this one's.
  func claims(_ line: TextLine) -> Bool {
    switch self {
    // Counters of a zone have the names of the machine's.
    case .zoneinfo: TextKind.vmstat.isShown(line)
    case .pagetypeinfo: TextKind.buddyinfo.isShown(line)
    default: false
    }
  }

  /// Empty lines stand inside these.
  var endsAtEmptyLine: Bool { self != .pagetypeinfo && self != .lsmem }
}

extension TextLine {
  /// `00100000-7fffffff : System RAM`, with the indentation of what lies within.
  fileprivate var isResource: Bool {
    guard words.count > 2, words[1] == ":" else { return false }
    let ends = words[0].split(separator: "-", omittingEmptySubsequences: false)
    return ends.count == 2 && ends.allSatisfy { !$0.isEmpty && UInt64($0, radix: 16) != nil }
  }

  /// A line of a zone whose indentation is lost.
  fileprivate var isOfZone: Bool {
    let first = words[0]
    if first == "pages" || first == "per-node" || first == "pagesets" || first == "protection:" {
      return true
    }
    let numbers = words.drop { !$0.utf8.allSatisfy(\.isDigit) }
    return words.count > 1 && words.count < 5 && numbers.count == 1
  }

  /// A message with the kernel's time stamp.
  fileprivate var hasStamp: Bool {
    guard hasPrefix("["), let end = text.firstIndex(of: "]") else { return false }
    let stamp = text[text.index(after: text.startIndex)..<end].utf8
    return stamp.contains(UInt8(ascii: "."))
      && stamp.allSatisfy { $0.isDigit || $0 == 0x20 || $0 == UInt8(ascii: ".") }
  }
}
