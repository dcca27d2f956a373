internal import HostModel

/// Walks over the lines of /proc/zoneinfo once and builds its zones.
struct ZoneInfoParser {
  let file: String
  var scanner = LineScanner()
  var nodes: [NodeZones] = []
  /// Whether the kernel prints zones without pages too: 4.12 began to, and moved `protection` in
  /// front of the counters for them.
  private(set) var hasUnpopulatedZones = false
  var zone: ZoneSnapshot?
  /// The cpu's list that is being read; the zone's other lists are in `zone`.
  var pageset: PagesetSnapshot?
  private var part = Part.outside
  /// Whether the records have ended: what follows is none of the file.
  private var hasEnded = false
  /// Whether lines that belong to no record are left out, and not an error.
  private var isSalvaging = false
  // One kernel prints all populated zones alike.
  private var nodeLines = KnownLines(of: .memory)
  private var pageLines = KnownLines(of: .zoneSizes)
  private var counterLines = KnownLines(of: .memory)
  private var trailerLines = KnownLines(of: .zoneSizes)
  var pagesetLines = PagesetTemplate()
  /// Lists of the zone that had most.
  private var usualPagesets = 0
  /// Where the line begins that is being read.
  var lineStart = 0
  /// Numbers of lines that are read together.
  var numbers: [UInt64] = []

  init(file: String) { self.file = file }

  func failure(_ reason: ParseError.Reason) -> ParseError {
    ParseError(reason, file: file, line: scanner.line)
  }

  mutating func run(over text: Span<UInt8>) throws(ParseError) {
    while try step(over: text) {}
    finishZone()
    guard !nodes.isEmpty else { throw failure(.empty) }
    try checkEnd(of: text)
  }

  /// Reads what can be read: where a line can't be true, its record ends in front of it, and lines
  /// up to the next header are left out.
  mutating func salvage(from text: Span<UInt8>) {
    isSalvaging = true
    while true {
      do throws(ParseError) {
        guard try step(over: text) else { break }
      } catch {
        // What is left of the record ends here, and the next one may follow.
        finishZone()
        part = .outside
        // A second dump behind the first one is another moment.
        if case .duplicate = error.reason { return }
      }
    }
    finishZone()
  }

  /// Takes a line or a few; false at the end of the text.
  @inline(__always)
  private mutating func step(over text: Span<UInt8>) throws(ParseError) -> Bool {
    if part != .outside, readExpected(text) { return true }
    lineStart = scanner.position
    if part != .outside, let pair = scanner.nextPair(in: text) {
      try readPair(text, pair)
      return true
    }
    if part == .pagesets, let pair = scanner.nextPair(in: text, after: "  vm stats threshold:") {
      pageset?.statThreshold = pair.value
      pagesetLines.learn(.statThreshold, lineStart..<pair.number.lowerBound, of: text)
      return true
    }
    guard let line = scanner.next(in: text) else { return false }
    let content = text.trimmed(line)
    guard !content.isEmpty else { return true }
    let key = text.word(from: content.lowerBound, in: content)
    if text[key.lowerBound] == UInt8(ascii: "N"), text.equals(key, "Node") {
      guard !hasEnded || isSalvaging else { throw failure(.excerpt) }
      try beginZone(text, content, key)
      return true
    }
    if text.equals(content, "--") { throw failure(.excerpt) }
    if Self.isFrame(text, content) {
      hasEnded = part != .outside
      finishZone()
      part = .outside
    } else if part != .outside {
      try readLine(text, content, key)
    } else if !hasEnded, !isSalvaging {
      throw failure(
        text.looksBinary() ? .binary : .headerMissing(expected: "a line \"Node N, zone NAME\"")
      )
    }
    return true
  }

  /// Without the newline at its end a text may have lost digits: 1048576 would pass for 104. Only
  /// the bracket that closes `protection` shows that nothing is lost.
  private func checkEnd(of text: Span<UInt8>) throws(ParseError) {
    let last = text.count - 1
    guard text[last] != .newline, text[last] != UInt8(ascii: ")") else { return }
    throw failure(.truncated(inside: "its last line", missing: "newline at the end"))
  }

  // MARK: Headers

  private mutating func beginZone(
    _ text: Span<UInt8>,
    _ line: Range<Int>,
    _ key: Range<Int>
  ) throws(ParseError) {
    finishZone()
    let expected = ParseError.Reason.headerMissing(expected: "a line \"Node N, zone NAME\"")
    let number = text.word(from: key.upperBound, in: line)
    guard number.count > 1, text[number.upperBound - 1] == UInt8(ascii: ","),
      let node = text.decimal(number.lowerBound..<number.upperBound - 1),
      let nodeNumber = UInt32(exactly: node)
    else { throw failure(expected) }
    let word = text.word(from: number.upperBound, in: line)
    guard text.equals(word, "zone") else { throw failure(expected) }
    let name = text.word(from: word.upperBound, in: line)
    guard !name.isEmpty else { throw failure(expected) }
    let kind = Self.kind(text, name)
    let id = NodeID(nodeNumber)
    if nodes.last?.node != id {
      guard nodes.last.map({ $0.node < id }) ?? true else {
        throw failure(.duplicate("node \(id)"))
      }
      nodes.append(NodeZones(node: id))
    }
    if nodes[nodes.count - 1].zone(kind) != nil {
      throw failure(.duplicate("node \(id) zone \(kind.name)"))
    }
    var zone = ZoneSnapshot(node: id, kind: kind, line: scanner.line)
    zone.pages = pageLines.expecting
    zone.counterTable = counterLines.expecting
    zone.trailer = trailerLines.expecting
    self.zone = zone
    part = .pages
  }

  private mutating func finishZone() {
    finishPageset()
    guard var finished = zone else { return }
    zone = nil
    finished.pages.close()
    finished.counterTable.close()
    finished.trailer.close()
    nodes[nodes.count - 1].counterTable.close()
    pageLines.keep(finished.pages)
    counterLines.keep(finished.counterTable)
    trailerLines.keep(finished.trailer)
    nodeLines.keep(nodes[nodes.count - 1].counterTable)
    pagesetLines.finish()
    usualPagesets = max(usualPagesets, finished.pagesets.count)
    nodes[nodes.count - 1].zones.append(finished)
  }

  // MARK: Lines of a record

  /// Reads lines that are as those of the record before; false where the next one is not.
  @inline(__always)
  private mutating func readExpected(_ text: Span<UInt8>) -> Bool {
    guard part != .pagesets else { return readExpectedLists(text) }
    numbers.removeAll(keepingCapacity: true)
    var position = scanner.position
    switch part {
    case .nodeCounters:
      let node = nodes.count - 1
      let line = nodes[node].counterTable.count
      nodeLines.read(text, at: &position, from: line, into: &numbers)
      if !numbers.isEmpty { nodes[node].counterTable.append(expected: numbers) }
    case .pages:
      pageLines.read(text, at: &position, from: zone?.pages.count ?? 0, into: &numbers)
      if !numbers.isEmpty { zone?.pages.append(expected: numbers) }
    case .counters:
      let line = zone?.counterTable.count ?? 0
      counterLines.read(text, at: &position, from: line, into: &numbers)
      guard !numbers.isEmpty else { return false }
      zone?.counterTable.append(expected: numbers)
      if zone?.protection.isEmpty == false { hasUnpopulatedZones = true }
    case .trailer:
      trailerLines.read(text, at: &position, from: zone?.trailer.count ?? 0, into: &numbers)
      if !numbers.isEmpty { zone?.trailer.append(expected: numbers) }
    case .pagesets, .outside:
      return false
    }
    guard !numbers.isEmpty else { return false }
    scanner.skip(to: position, lines: numbers.count)
    return true
  }

  /// The lines that most of a file consists of: a name, perhaps with a colon, and a number.
  @inline(__always)
  private mutating func readPair(
    _ text: Span<UInt8>,
    _ pair: LineScanner.Pair
  ) throws(ParseError) {
    let last = pair.name.upperBound &- 1
    guard text[last] == UInt8(ascii: ":") else {
      append(text, pair.name, pair.value, at: pair.number)
      return
    }
    try readColonLine(text, pair.name.lowerBound..<pair.number.upperBound, pair.name)
  }

  private mutating func readLine(
    _ text: Span<UInt8>,
    _ line: Range<Int>,
    _ key: Range<Int>
  ) throws(ParseError) {
    if text[key.upperBound - 1] == UInt8(ascii: ":") {
      try readColonLine(text, line, key)
      return
    }
    switch text[key.lowerBound] {
    case 0x30...0x39 where key.upperBound == line.upperBound:
      // 4.14 to 4.18 lost the name of a counter (mm/vmstat.c, `vmstat_text`).
      if part == .nodeCounters || part == .counters, let value = text.decimal(key) {
        append(text, key.lowerBound..<key.lowerBound, value, at: key)
        return
      }
    case UInt8(ascii: "p"):
      if text.equals(key, "pages") {
        try expectNew(zone?.pages.isEmpty)
        part = .pages
        let name = text.word(from: key.upperBound, in: line)
        try appendCounter(text, name, text.word(from: name.upperBound, in: line))
        return
      }
      if text.equals(key, "pagesets") {
        try expectNew(zone?.pagesets.isEmpty)
        try expectNew(pageset == nil)
        part = .pagesets
        zone?.pagesets.reserveCapacity(usualPagesets)
        return
      }
      if text.equals(key, "per-node") {
        part = .nodeCounters
        nodes[nodes.count - 1].counterTable = nodeLines.expecting
        return
      }
    case UInt8(ascii: "v"):
      if part == .pagesets, text.equals(key, "vm") {
        try readStatThreshold(text, line)
        return
      }
    default:
      break
    }
    try appendCounter(text, key, text.word(from: key.upperBound, in: line))
  }

  /// A part that begins twice belongs to a record whose header is lost.
  private func expectNew(_ isEmpty: Bool?) throws(ParseError) {
    guard isEmpty != true else { return }
    throw failure(.headerMissing(expected: "a line \"Node N, zone NAME\" before this one"))
  }

  private mutating func appendCounter(
    _ text: Span<UInt8>,
    _ name: Range<Int>,
    _ number: Range<Int>
  ) throws(ParseError) {
    guard let value = text.decimal(number) else {
      throw number.isEmpty || number.upperBound == text.count
        ? failure(.truncated(inside: text.string(name), missing: "number"))
        : failure(.notANumber(field: text.string(name)))
    }
    append(text, name, value, at: number)
  }

  private mutating func append(
    _ text: Span<UInt8>,
    _ name: Range<Int>,
    _ value: UInt64,
    at number: Range<Int>
  ) {
    // Kernels before 4.12 print the zone's counters in front of `protection`.
    if part == .pages, text.hasPrefix(name, "nr_") { part = .counters }
    if part == .counters, zone?.protection.isEmpty == false { hasUnpopulatedZones = true }
    let prefix = prefix(of: number, in: text)
    switch part {
    case .nodeCounters:
      let node = nodes.count - 1
      if let prefix { nodeLines.learn(prefix, of: text, as: nodes[node].counterTable.count) }
      nodes[node].counterTable.append(name: name, of: text, value: value)
    case .pages:
      if let prefix { pageLines.learn(prefix, of: text, as: zone?.pages.count ?? 0) }
      zone?.pages.append(name: name, of: text, value: value)
    case .counters:
      if let prefix { counterLines.learn(prefix, of: text, as: zone?.counterTable.count ?? 0) }
      zone?.counterTable.append(name: name, of: text, value: value)
    case .pagesets:
      pagesetLines.giveUp()
      zone?.pagesetExtras.append(name: name, of: text, value: value)
    case .trailer, .outside:
      if let prefix { trailerLines.learn(prefix, of: text, as: zone?.trailer.count ?? 0) }
      zone?.trailer.append(name: name, of: text, value: value)
    }
  }

  /// What stands in front of a line's number; nil where more than a newline follows the number.
  func prefix(of number: Range<Int>, in text: Span<UInt8>) -> Range<Int>? {
    guard number.upperBound < text.count, text[number.upperBound] == .newline else { return nil }
    return lineStart..<number.lowerBound
  }

  private mutating func readColonLine(
    _ text: Span<UInt8>,
    _ line: Range<Int>,
    _ key: Range<Int>
  ) throws(ParseError) {
    if part == .pages || part == .counters, text.equals(key, "protection:") {
      try expectNew(zone?.protection.isEmpty)
      let reserves = try protection(text, key.upperBound..<line.upperBound)
      zone?.protection = reserves
      part = .counters
      return
    }
    let number = text.word(from: key.upperBound, in: line)
    guard let value = text.decimal(number) else {
      throw number.isEmpty
        ? failure(.truncated(inside: text.string(key), missing: "number"))
        : failure(.notANumber(field: text.string(key)))
    }
    let name = key.lowerBound..<key.upperBound - 1
    let prefix = prefix(of: number, in: text)
    if part == .pagesets {
      if try readPagesetLine(text, name, value, prefix) { return }
      part = .trailer
    }
    if let prefix { trailerLines.learn(prefix, of: text, as: zone?.trailer.count ?? 0) }
    zone?.trailer.append(name: name, of: text, value: value)
  }
}

extension ZoneInfoParser {
  /// The part of a zone's record that a line belongs to.
  private enum Part {
    case outside
    case nodeCounters
    case pages
    case counters
    case pagesets
    case trailer
  }
}
