internal import HostModel

/// Puts a report together from its lines.
struct OOMReportParser {
  private(set) var report: OOMReport

  /// What the words of a line belong to.
  enum Part {
    case nothing
    case totals
    case node(Int)
    case zone(Int)
    case reserve(Int)
    case buddy(Int)
  }

  private var part = Part.nothing
  /// A word that a line's end cut in two, or a key whose value is still to come.
  private var pending: String?
  /// A node whose zone is still to come: journald makes lines of a kernel's continued ones.
  private var pendingNode: NodeID?
  private let linesHavePrefixes: Bool

  init(header lines: [OOMReportLine], line: Int) {
    let first = lines.first.map { String($0.text) } ?? ""
    let kind: OOMReport.Kind =
      first.contains("invoked oom-killer")
      ? .oomKiller
      : first.contains("page allocation stalls") ? .allocationStall : .allocationFailure
    let mark = kind == .oomKiller ? " invoked oom-killer" : ": page allocation"
    let task = first.firstRange(of: mark).map { String(first[..<$0.lowerBound]) } ?? ""
    report = OOMReport(kind: kind, line: line, task: task)
    linesHavePrefixes = lines.first?.hasPrefix == true
    readHeader(lines)
  }

  // MARK: The first lines

  private mutating func readHeader(_ lines: [OOMReportLine]) {
    // Broken in two, or followed by the line that tells the cpuset in kernels before 5.0.
    var text = ""
    for (index, line) in lines.prefix(6).enumerated() where !line.isForeign {
      if index > 0, line.text.hasPrefix("CPU:") || line.text.hasPrefix("Call Trace") { break }
      let isBroken = index > 0 && linesHavePrefixes && !line.hasPrefix
      text += isBroken ? String(line.text) : " " + line.text
    }
    let words = OOMReportFields(text)
    report.gfpMask = words.hexadecimal(after: "gfp_mask=") ?? words.hexadecimal(after: "mode:")
    report.gfpFlags = words.flags(after: "gfp_mask=") ?? words.flags(after: "mode:") ?? []
    report.order =
      (words.number(after: "order=") ?? words.number(after: "order:"))
      .flatMap { UInt8(exactly: $0) }
    readBinding(words)
  }

  private mutating func readBinding(_ words: OOMReportFields) {
    report.nodeMask = words.nodes(after: "nodemask=") ?? report.nodeMask
    report.memsAllowed = words.nodes(after: "mems_allowed=") ?? report.memsAllowed
    report.cpuset = words.word(after: "cpuset=") ?? report.cpuset
  }

  // MARK: The other lines

  mutating func run(over lines: ArraySlice<OOMReportLine>) {
    for line in lines where !line.isForeign {
      // Some loggers put a prefix only in front of the first of the kernel's lines.
      let isRest = linesHavePrefixes && !line.hasPrefix && !Self.beginsSurely(line.text)
      if !isRest, begin(line.text) { continue }
      read(line.text)
    }
  }

  private static func beginsSurely(_ text: Substring) -> Bool {
    if text.hasPrefix("lowmem_reserve[]:") || text.hasPrefix("Node ") { return true }
    guard let colon = text.prefix(20).firstIndex(of: ":") else { return false }
    let words = text[..<colon].split(separator: " ")
    guard let name = words.first, isZone(name) else { return false }
    return words.count == 1 ? true : words.count == 2 && words[1] == "free"
  }

  /// Takes a line that begins something; false where it could be the rest of the one before.
  private mutating func begin(_ text: Substring) -> Bool {
    let words = text.split(separator: " ")
    guard let first = words.first else { return true }
    if first == "Mem-Info:" {
      start(.totals)
      read(text.dropFirst("Mem-Info:".count))
      return true
    }
    // Behind Mem-Info, or alone where someone left that line out.
    if first.hasPrefix("active_anon:"), first.utf8.last?.isDigit == true {
      if case .nothing = part { start(.totals) }
      return false
    }
    if first == "Node", words.count >= 2, let id = UInt32(words[1]) {
      if words.count > 2 { return beginNode(NodeID(id), words.dropFirst(2)) }
      start(.nothing)
      pendingNode = NodeID(id)
      return true
    }
    // A kernel without NUMA prints zones without a node.
    let isList = first.last == ":"
    if Self.isZone(isList ? first.dropLast() : first),
      words.count > 1 ? words[1].hasPrefix("free:") || Self.isBlocks(words[1]) : isList
    {
      return beginNode(pendingNode ?? 0, words[...])
    }
    if first == "lowmem_reserve[]:" {
      if case .zone(let index) = part { start(.reserve(index)) }
      read(text.dropFirst(first.count))
      return true
    }
    return readSentence(text, words)
  }

  private mutating func start(_ part: Part) {
    self.part = part
    pending = nil
    pendingNode = nil
  }

  /// `5*4kB`; a web page that took the asterisk for markup shows `5_4kB`.
  private static func isBlocks(_ word: Substring) -> Bool {
    let parts = word.split(omittingEmptySubsequences: false) { $0 == "*" || $0 == "_" }
    return parts.count == 2 && UInt64(parts[0]) != nil
  }

  private static func isZone(_ name: Substring) -> Bool {
    ["DMA", "DMA32", "Normal", "HighMem", "Movable", "Device"].contains(name)
  }

  private mutating func beginNode(_ id: NodeID, _ words: ArraySlice<Substring>) -> Bool {
    guard let first = words.first else { return false }
    let rest = words.dropFirst()
    if first.hasPrefix("hugepages_total=") {
      start(.nothing)
      return true
    }
    if first.last == ":", rest.first.map(Self.isBlocks) ?? true {
      let kind = ZoneKind(name: String(first.dropLast()))
      if let index = report.zones.firstIndex(where: { $0.node == id && $0.kind == kind }) {
        start(.buddy(index))
      } else {
        start(.nothing)
      }
      for (index, word) in rest.enumerated() {
        take(String(word), endsLine: index == rest.count - 1)
      }
      return true
    }
    if first.contains(":") {
      report.nodes.append(OOMReport.Node(node: id))
      start(.node(report.nodes.count - 1))
      read(words)
      return true
    }
    guard rest.first?.hasPrefix("f") == true else { return false }
    // A second table in one report (sysrq, or reports run into one another) is not this one's.
    let kind = ZoneKind(name: String(first))
    guard !report.zones.contains(where: { $0.node == id && $0.kind == kind }) else {
      start(.nothing)
      return true
    }
    report.zones.append(OOMReport.Zone(node: id, kind: kind))
    start(.zone(report.zones.count - 1))
    read(rest)
    return true
  }

  /// Lines that are one sentence each.
  private mutating func readSentence(_ text: Substring, _ words: [Substring]) -> Bool {
    let fields = OOMReportFields(String(text))
    if words[0].hasPrefix("oom-kill:constraint=") {
      readConstraint(fields)
    } else if text.hasSuffix(" pages RAM") {
      report.pagesOfRAM = UInt64(words[0])
    } else if text.hasSuffix(" pages reserved"), !text.contains("cma") {
      report.pagesReserved = UInt64(words[0])
    } else if text.hasPrefix("Free swap") {
      report.swapFree = fields.kibibytes(after: "= ")
    } else if text.hasPrefix("Total swap") {
      report.swapTotal = fields.kibibytes(after: "= ")
    } else if text.hasPrefix("memory: usage ") {
      report.cgroupUsage = fields.kibibytes(after: "usage ")
      report.cgroupLimit = fields.kibibytes(after: "limit ")
    } else if text.contains("Kill process ") || text.contains("Killed process ") {
      if text.hasPrefix("Memory cgroup") { report.constraint = .cgroup }
      report.victim = report.victim ?? fields.victim
    } else if text.hasPrefix("Memory cgroup stats for ")
      || text.contains("mem_cgroup_out_of_memory+")
    {
      report.constraint = .cgroup
    } else if text.hasPrefix("Task in ") {
      report.cgroup = fields.limitedCgroup ?? report.cgroup
    } else if text.contains(" cpuset="), text.contains(" mems_allowed=") {
      readBinding(fields)
    } else if Self.ends.contains(where: { text.hasPrefix($0) }) {
      // What follows are tables of processes or caches.
    } else {
      return false
    }
    start(.nothing)
    return true
  }

  private static let ends = [
    "Tasks state", "[ pid", "[  pid", "Unreclaimable slab info", "Call Trace", "CPU:",
    "Hardware name", "Swap cache stats", "Out of memory",
  ]

  private mutating func readConstraint(_ fields: OOMReportFields) {
    switch fields.word(after: "constraint=") {
    case "CONSTRAINT_NONE": report.constraint = OOMReport.Constraint.none
    case "CONSTRAINT_CPUSET": report.constraint = .cpuset
    case "CONSTRAINT_MEMORY_POLICY": report.constraint = .memoryPolicy
    case "CONSTRAINT_MEMCG": report.constraint = .cgroup
    default: break
    }
    readBinding(fields)
    report.cgroup = fields.word(after: "oom_memcg=") ?? report.cgroup
  }

  // MARK: Words

  private mutating func read(_ text: Substring) { read(text.split(separator: " ")[...]) }

  private mutating func read(_ words: ArraySlice<Substring>) {
    for (index, word) in words.enumerated() {
      take(String(word), endsLine: index == words.count - 1)
    }
  }

  private mutating func take(_ word: String, endsLine: Bool) {
    switch part {
    case .nothing: break
    case .totals: takeTotal(word)
    case .node(let index):
      if let (name, size) = counter(word) {
        report.nodes[index].counters.append(name: name, value: size, isKibibytes: true)
      }
    case .zone(let index):
      if let (name, size) = counter(word) {
        report.zones[index].counters.append(name: name, value: size, isKibibytes: true)
      }
    case .reserve(let index):
      guard let pages = UInt64(word), report.zones[index].lowmemReserve.count < 16 else {
        start(.nothing)
        return
      }
      report.zones[index].lowmemReserve.append(pages)
    case .buddy(let index): takeBlocks(word, index)
    }
  }

  /// `free:252436`; digits alone are the rest of a number that a line's end cut.
  private mutating func takeTotal(_ word: String) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, let value = UInt64(parts[1]) {
      report.totals.append(name: String(parts[0]), value: value)
      pending = word
    } else if let cut = pending, word.utf8.allSatisfy(\.isDigit), !word.isEmpty {
      let parts = (cut + word).split(separator: ":")
      guard parts.count == 2, let value = UInt64(parts[1]) else { return }
      report.totals.replaceLast(with: value)
      pending = nil
    } else {
      pending = nil
    }
  }

  /// `managed:15908kB`, in one word or broken anywhere.
  private mutating func counter(_ word: String) -> (String, UInt64)? {
    let whole = (pending ?? "") + word
    pending = nil
    guard let colon = whole.firstIndex(of: ":") else {
      // The name itself was cut, unless this is the answer to `all_unreclaimable?`.
      if !whole.contains("?"), whole != "yes", whole != "no", whole.utf8.count < 24 {
        pending = whole
      }
      return nil
    }
    let value = whole[whole.index(after: colon)...]
    let digits = value.prefix { $0.isASCII && $0.isNumber }
    let unit = value.dropFirst(digits.count)
    if unit == "kB" || unit == "KB" {
      return UInt64(digits).map { (String(whole[..<colon]), $0) }
    }
    if whole.hasPrefix("pages_scanned:") { return nil }
    if unit.isEmpty || unit == "k" || unit == "K" { pending = whole }
    return nil
  }

  /// `5*4kB` and, behind it, `(UM)`.
  private mutating func takeBlocks(_ word: String, _ index: Int) {
    let whole = (pending ?? "") + word
    pending = nil
    if whole.hasPrefix("(") {
      guard whole.hasSuffix(")") else {
        pending = whole
        return
      }
      if let last = report.zones[index].freeBlocks.indices.last {
        report.zones[index].freeBlocks[last].types = String(whole.dropFirst().dropLast())
      }
      return
    }
    if whole == "=" || report.zones[index].freeBlocks.count >= 32 {
      start(.nothing)
      return
    }
    let parts = whole.split(omittingEmptySubsequences: false) { $0 == "*" || $0 == "_" }
    guard let count = parts.first.flatMap({ UInt64($0) }) else { return }
    guard parts.count == 2, parts[1].hasSuffix("kB"), let size = UInt64(parts[1].dropLast(2)) else {
      pending = whole
      return
    }
    report.zones[index].freeBlocks.append(
      OOMReport.FreeBlocks(count: count, blockSize: .kibibytes(size), types: "")
    )
  }
}
