internal import HostModel

/// Puts a report together from its lines.
struct OOMReportParser {
  var report: OOMReport

  /// What the words of a line belong to.
  enum Part {
    case nothing
    case totals
    case node(Int)
    case zone(Int)
    case reserve(Int)
    case buddy(Int)
    case constraint
    /// A node's huge pages of one size.
    case hugePages(NodeID)
  }

  private var part = Part.nothing
  /// A word that a line's end cut in two, or a key whose value is still to come.
  private var pending: String?
  /// A node whose zone is still to come: journald makes lines of a kernel's continued ones.
  private var pendingNode: NodeID?
  private let linesHavePrefixes: Bool
  /// The line that names the constraint, as far as it is read: it is longer than many a terminal.
  var constraintLine = ""
  /// The line that names the release, where it is broken in front of it.
  var processLine = ""

  init(_ kind: OOMReport.Kind, header lines: [OOMReportLine], line: Int) {
    let first = lines.first.map { String($0.text) } ?? ""
    report = OOMReport(kind: kind, line: line, task: OOMReportHeader.task(of: kind, in: first))
    linesHavePrefixes = lines.first?.hasPrefix == true
    if kind != .headless, kind != .shown {
      report.read(OOMReportHeader(lines, havePrefixes: linesHavePrefixes))
    }
  }

  // MARK: The other lines

  mutating func run(over lines: ArraySlice<OOMReportLine>) {
    for line in lines where !line.isForeign {
      // Some loggers put a prefix only in front of the first of the kernel's lines.
      let isRest = linesHavePrefixes && !line.hasPrefix && !Self.beginsSurely(line.text)
      if !isRest {
        processLine = ""
        if begin(line.text) { continue }
      } else if !processLine.isEmpty {
        report.kernel = report.kernel ?? OOMReportFields("\(processLine) \(line.text)").kernel
        processLine = ""
        continue
      }
      if case .constraint = part {
        constraintLine += line.text
        readConstraint()
      } else {
        read(line.text)
      }
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
    if first == "Mem-Info:" || first == "Mem-info:" {
      start(.totals)
      read(text.dropFirst("Mem-Info:".count))
      return true
    }
    // Behind Mem-Info, or alone where someone left that line out.
    if Self.beginsTotals(first), first.utf8.last?.isDigit == true {
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
    if isZone(isList ? first.dropLast() : first, words),
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

  mutating func start(_ part: Part) {
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

  /// A zone of mainline's, or one of a vendor's kernel, by the words behind its name.
  private func isZone(_ name: Substring, _ words: [Substring]) -> Bool {
    if Self.isZone(name) { return true }
    if words.count > 2, words[1].hasPrefix("free:"), words[1].hasSuffix("kB") {
      return words[2].hasPrefix("min:") || words[2].hasPrefix("boost:")
    }
    return report.zones.contains { $0.kind.name == name }
  }

  /// `active_anon:`, before 2.6.31 `Active_anon:`, before 2.6.28 `Active:`.
  private static func beginsTotals(_ word: Substring) -> Bool {
    ["active_anon:", "Active_anon:", "Active:"].contains { word.hasPrefix($0) }
  }

  private mutating func beginNode(_ id: NodeID, _ words: ArraySlice<Substring>) -> Bool {
    guard let first = words.first else { return false }
    let rest = words.dropFirst()
    if first.hasPrefix("hugepages_total=") {
      start(.hugePages(id))
      read(words)
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

  // MARK: Words

  private mutating func read(_ text: Substring) { read(text.split(separator: " ")[...]) }

  private mutating func read(_ words: ArraySlice<Substring>) {
    for (index, word) in words.enumerated() {
      take(String(word), endsLine: index == words.count - 1)
    }
  }

  private mutating func take(_ word: String, endsLine: Bool) {
    switch part {
    case .nothing, .constraint: break
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
    case .hugePages(let node):
      // One line, which a mail program may have broken: the size comes last.
      pending = (pending.map { $0 + " " } ?? "") + word
      guard word.hasPrefix("hugepages_size="), let whole = pending else { return }
      readHugePages(node, whole)
      start(.nothing)
    case .buddy(let index): takeBlocks(word, index)
    }
  }

  /// `free:252436`; digits alone are the rest of a number that a line's end cut.
  private mutating func takeTotal(_ word: String) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, let value = UInt64(parts[1]) {
      // Capitals and brackets are those of other releases: `Active_anon:`, `isolated(anon):`.
      report.totals.append(name: parts[0].lowercased(), value: value)
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
      return UInt64(digits).map { (Self.name(whole[..<colon]), $0) }
    }
    if whole.hasPrefix("pages_scanned:") || whole.hasPrefix("node_pages_scanned:") { return nil }
    if unit.isEmpty || unit == "k" || unit == "K" { pending = whole }
    return nil
  }

  /// Nodes and zones say `isolated(anon)`, the machine `isolated_anon`.
  private static func name(_ word: Substring) -> String {
    switch word {
    case "isolated(anon)": "isolated_anon"
    case "isolated(file)": "isolated_file"
    default: String(word)
    }
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
