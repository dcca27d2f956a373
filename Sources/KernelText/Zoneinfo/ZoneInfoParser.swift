internal import HostModel

/// Walks over the lines of /proc/zoneinfo once and builds its zones.
struct ZoneInfoParser {
  let file: String
  var scanner = LineScanner()
  var nodes: [NodeZones] = []
  /// Whether the kernel prints zones without pages too: 4.12 began to, and moved `protection` in
  /// front of the counters for them.
  private(set) var hasUnpopulatedZones = false
  /// The record that is being read, where one is.
  var zone = ZoneSnapshot(node: 0, kind: .normal, line: 0)
  private var hasZone = false
  /// Whether the record has counters of its node.
  private var hasNodeLines = false
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

  init(file: String) { self.file = file }

  func failure(_ reason: ParseError.Reason) -> ParseError {
    ParseError(reason, file: file, line: scanner.line)
  }

  mutating func run(over text: Span<UInt8>) throws(ParseError) {
    while try step(over: text) {}
    finishZone(text)
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
        finishZone(text)
        part = .outside
        // A second dump behind the first one is another moment.
        if case .duplicate = error.reason { return }
      }
    }
    finishZone(text)
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
      learnPagesetLine(.statThreshold, pair.value, line(endingWith: pair.number, in: text))
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
      finishZone(text)
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
    finishZone(text)
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
    if nodes[nodes.count - 1].has(kind) {
      throw failure(.duplicate("node \(id) zone \(kind.name)"))
    }
    zone.node = id
    zone.kind = kind
    zone.line = scanner.line
    zone.protection = []
    zone.pagesets = []
    zone.pagesetExtras = CounterTable()
    hasZone = true
    part = .pages
  }

  private mutating func finishZone(_ text: Span<UInt8>) {
    finishPageset()
    guard hasZone else { return }
    hasZone = false
    let node = nodes.count - 1
    if hasNodeLines { nodes[node].counterTable = nodeLines.finish(text) }
    hasNodeLines = false
    zone.pages = pageLines.finish(text)
    zone.counterTable = counterLines.finish(text)
    zone.trailer = trailerLines.finish(text)
    pagesetLines.finish()
    usualPagesets = max(usualPagesets, zone.pagesets.count)
    nodes[node].zones.append(zone)
  }

  // MARK: Lines of a record

  /// Reads lines that are as those of the record before; false where the next one is not.
  @inline(__always)
  private mutating func readExpected(_ text: Span<UInt8>) -> Bool {
    var position = scanner.position
    let lines: Int
    switch part {
    case .nodeCounters:
      lines = nodeLines.read(text, at: &position)
    case .pages:
      lines = pageLines.read(text, at: &position)
    case .counters:
      lines = counterLines.read(text, at: &position)
      if lines > 0, !zone.protection.isEmpty { hasUnpopulatedZones = true }
    case .trailer:
      lines = trailerLines.read(text, at: &position)
    case .pagesets:
      return readExpectedLists(text)
    case .outside:
      return false
    }
    guard lines > 0 else { return false }
    scanner.skip(to: position, lines: lines)
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
        guard pageLines.count == 0 else { throw lostHeader }
        part = .pages
        let name = text.word(from: key.upperBound, in: line)
        try appendCounter(text, name, text.word(from: name.upperBound, in: line))
        return
      }
      if text.equals(key, "pagesets") {
        guard zone.pagesets.isEmpty, pageset == nil else { throw lostHeader }
        part = .pagesets
        zone.pagesets.reserveCapacity(usualPagesets)
        return
      }
      if text.equals(key, "per-node") {
        part = .nodeCounters
        nodeLines.begin()
        hasNodeLines = true
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
  private var lostHeader: ParseError {
    failure(.headerMissing(expected: "a line \"Node N, zone NAME\" before this one"))
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
    if part == .counters, !zone.protection.isEmpty { hasUnpopulatedZones = true }
    let line = line(endingWith: number, in: text)
    switch part {
    case .nodeCounters: nodeLines.append(line, name: name, value: value, of: text)
    case .pages: pageLines.append(line, name: name, value: value, of: text)
    case .counters: counterLines.append(line, name: name, value: value, of: text)
    case .pagesets:
      pagesetLines.giveUp()
      zone.pagesetExtras.append(name: name, of: text, value: value)
    case .trailer, .outside: trailerLines.append(line, name: name, value: value, of: text)
    }
  }

  /// The line that is being read.
  func line(endingWith number: Range<Int>, in text: Span<UInt8>) -> LineTemplate.Line {
    let end = number.upperBound
    let isWhole = end < text.count && text[end] == .newline
    return LineTemplate.Line(
      start: lineStart,
      prefix: number.lowerBound &- lineStart,
      length: isWhole ? end &+ 1 &- lineStart : 0
    )
  }

  private mutating func readColonLine(
    _ text: Span<UInt8>,
    _ line: Range<Int>,
    _ key: Range<Int>
  ) throws(ParseError) {
    if part == .pages || part == .counters, text.equals(key, "protection:") {
      guard zone.protection.isEmpty else { throw lostHeader }
      let reserves = try protection(text, key.upperBound..<line.upperBound)
      zone.protection = reserves
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
    let learned = self.line(endingWith: number, in: text)
    if part == .pagesets {
      if try readPagesetLine(text, name, value, learned) { return }
      part = .trailer
    }
    trailerLines.append(learned, name: name, value: value, of: text)
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
