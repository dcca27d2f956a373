package import HostModel

/// Reads and prints /proc/zoneinfo as every kernel since 2.6.14 prints it (mm/vmstat.c,
/// `zoneinfo_show_print`; mm/page_alloc.c before 2.6.18).
///
/// Lines are told apart by their words, never by columns, so that a dump that lost its indentation
/// still reads the same. Keys that are not known are kept where they stand.
package enum ZoneInfoText {
  /// Zone records, complete and consistent, or the first reason why they are not.
  ///
  /// A text that lost its top, its end or a zone in the middle is refused: sums over what is left
  /// would look like a ratio.
  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> ZoneInfo {
    guard text.count > 0 else { throw ParseError(.empty, file: file, line: 1) }
    var parser = Parser(file: file)
    try parser.run(over: text)
    var info = ZoneInfo(nodes: parser.nodes)
    info.hasUnpopulatedZones = parser.hasUnpopulatedZones
    try ZoneInfoCompleteness.check(info, file: file, lines: parser.scanner.line)
    return info
  }
}

extension ZoneInfoText {
  /// The part of a zone's record that a line belongs to.
  private enum Part {
    case outside
    case nodeCounters
    case pages
    case counters
    case pagesets
    case trailer
  }

  private struct Parser {
    let file: String
    var scanner = LineScanner()
    var nodes: [NodeZones] = []
    /// Whether the kernel prints zones without pages too: 4.12 began to, and moved `protection` in
    /// front of the counters for them.
    private(set) var hasUnpopulatedZones = false
    private var zone: ZoneSnapshot?
    /// The cpu's list that is being read; the zone's other lists are in `zone`.
    private var pageset: PagesetSnapshot?
    private var part = Part.outside
    /// The zone with the most lines so far: one kernel prints all populated zones alike.
    private var model = ZoneSnapshot(node: 0, kind: .normal, line: 0)

    init(file: String) { self.file = file }

    func failure(_ reason: ParseError.Reason) -> ParseError {
      ParseError(reason, file: file, line: scanner.line)
    }

    mutating func run(over text: Span<UInt8>) throws(ParseError) {
      while true {
        if part != .outside, let pair = scanner.nextPair(in: text) {
          try readPair(text, pair)
          continue
        }
        if part == .pagesets, let pair = scanner.nextPair(in: text, after: "  vm stats threshold:")
        {
          pageset?.statThreshold = pair.value
          continue
        }
        guard let line = scanner.next(in: text) else { break }
        let content = text.trimmed(line)
        guard !content.isEmpty else { continue }
        let key = text.word(from: content.lowerBound, in: content)
        if text[key.lowerBound] == UInt8(ascii: "N"), text.equals(key, "Node") {
          try beginZone(text, content, key)
        } else if part == .outside {
          throw failure(
            text.looksBinary() ? .binary : .headerMissing(expected: "a line \"Node N, zone NAME\"")
          )
        } else {
          try readLine(text, content, key)
        }
      }
      try finishZone()
      guard !nodes.isEmpty else { throw failure(.empty) }
      try checkEnd(of: text)
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
      try finishZone()
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
      let kind = ZoneInfoText.kind(text, name)
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
      zone.pages = CounterTable(like: model.pages)
      zone.counterTable = CounterTable(like: model.counterTable)
      zone.trailer = CounterTable(like: model.trailer)
      self.zone = zone
      part = .pages
    }

    private mutating func finishZone() throws(ParseError) {
      finishPageset()
      guard var finished = zone else { return }
      zone = nil
      finished.pages.close()
      finished.counterTable.close()
      finished.trailer.close()
      nodes[nodes.count - 1].counterTable.close()
      if finished.counterTable.count + finished.trailer.count
        >= model.counterTable.count + model.trailer.count
      {
        model = finished
      }
      nodes[nodes.count - 1].zones.append(finished)
    }

    // MARK: Lines of a record

    /// The lines that most of a file consists of: a name, perhaps with a colon, and a number.
    @inline(__always)
    private mutating func readPair(
      _ text: Span<UInt8>,
      _ pair: LineScanner.Pair
    ) throws(ParseError) {
      let last = pair.name.upperBound &- 1
      guard text[last] == UInt8(ascii: ":") else {
        append(text, pair.name, pair.value)
        return
      }
      if part == .pagesets, readCommonPagesetLine(text, pair) { return }
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
          zone?.pagesets.reserveCapacity(model.pagesets.count)
          return
        }
        if text.equals(key, "per-node") {
          part = .nodeCounters
          if let other = nodes.dropLast().last {
            nodes[nodes.count - 1].counterTable = CounterTable(like: other.counterTable)
          } else {
            nodes[nodes.count - 1].counterTable.reserve(64)
          }
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
      append(text, name, value)
    }

    private mutating func append(_ text: Span<UInt8>, _ name: Range<Int>, _ value: UInt64) {
      // Kernels before 4.12 print the zone's counters in front of `protection`.
      if part == .pages, text.hasPrefix(name, "nr_") { part = .counters }
      if part == .counters, zone?.protection.isEmpty == false { hasUnpopulatedZones = true }
      switch part {
      case .nodeCounters:
        nodes[nodes.count - 1].counterTable.append(name: name, of: text, value: value)
      case .pages:
        zone?.pages.append(name: name, of: text, value: value)
      case .counters:
        zone?.counterTable.append(name: name, of: text, value: value)
      case .pagesets:
        zone?.pagesetExtras.append(name: name, of: text, value: value)
      case .trailer, .outside:
        zone?.trailer.append(name: name, of: text, value: value)
      }
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
      if part == .pagesets {
        if try readPagesetLine(text, name, value) { return }
        part = .trailer
      }
      zone?.trailer.append(name: name, of: text, value: value)
    }

    /// Takes the lines that every kernel has in a cpu's list; false where it is another one, or one
    /// that needs a closer look.
    @inline(__always)
    private mutating func readCommonPagesetLine(
      _ text: Span<UInt8>,
      _ pair: LineScanner.Pair
    ) -> Bool {
      let word = text.shortWord(pair.name)
      switch pair.name.count {
      case 4 where word == UInt64(shortWord: "cpu:"):
        guard let cpu = UInt32(exactly: pair.value) else { return false }
        finishPageset()
        pageset = PagesetSnapshot(cpu: cpu)
        return true
      case 5 where word == UInt64(shortWord: "high:"):
        pageset?.high = pair.value
      case 6 where word == UInt64(shortWord: "count:"):
        guard pair.value >> 40 == 0 else { return false }
        pageset?.count = pair.value
      case 6 where word == UInt64(shortWord: "batch:"):
        pageset?.batch = pair.value
      case 9 where word == UInt64(shortWord: "high_min"):
        pageset?.highMin = pair.value
      case 9 where word == UInt64(shortWord: "high_max"):
        pageset?.highMax = pair.value
      default:
        return false
      }
      return pageset != nil
    }

    private mutating func finishPageset() {
      guard let finished = pageset else { return }
      pageset = nil
      zone?.pagesets.append(finished)
    }

    /// Takes a line of a cpu's list; false where the line is the first one after the lists.
    private mutating func readPagesetLine(
      _ text: Span<UInt8>,
      _ name: Range<Int>,
      _ value: UInt64
    ) throws(ParseError) -> Bool {
      if text.equals(name, "cpu") {
        guard let cpu = UInt32(exactly: value) else {
          throw failure(.numberTooLarge(field: "cpu"))
        }
        finishPageset()
        pageset = PagesetSnapshot(cpu: cpu)
        return true
      }
      guard pageset != nil else { return false }
      if text.equals(name, "count") {
        guard value >> 40 == 0 else { throw failure(.numberTooLarge(field: "count")) }
        pageset?.count = value
      } else if text.equals(name, "high") {
        pageset?.high = value
      } else if text.equals(name, "batch") {
        pageset?.batch = value
      } else if text.equals(name, "high_min") {
        pageset?.highMin = value
      } else if text.equals(name, "high_max") {
        pageset?.highMax = value
      } else if text.equals(name, "low") || text.hasPrefix(name, "numa_")
        || text.equals(name, "local_node") || text.equals(name, "other_node")
        || text.equals(name, "interleave_hit")
      {
        // Kernels before 2.6.18 kept these per cpu.
        zone?.pagesetExtras.append(name: name, of: text, value: value)
      } else {
        finishPageset()
        return false
      }
      return true
    }

    /// `vm stats threshold: N`.
    private mutating func readStatThreshold(
      _ text: Span<UInt8>,
      _ line: Range<Int>
    ) throws(ParseError) {
      var start = line.upperBound
      while start > line.lowerBound, text[start - 1].isDigit { start -= 1 }
      guard let value = text.decimal(start..<line.upperBound) else {
        throw failure(.notANumber(field: "vm stats threshold"))
      }
      pageset?.statThreshold = value
    }

    /// `(0, 3019, 8395)`: one entry per zone that the kernel was built with.
    private func protection(
      _ text: Span<UInt8>,
      _ range: Range<Int>
    ) throws(ParseError) -> [UInt64] {
      var values: [UInt64] = []
      values.reserveCapacity(6)
      var position = range.lowerBound
      var isClosed = false
      while position < range.upperBound {
        let byte = text[position]
        if byte.isDigit {
          var end = position
          while end < range.upperBound, text[end].isDigit { end += 1 }
          guard values.count < 64, let value = text.decimal(position..<end) else {
            throw failure(.numberTooLarge(field: "protection"))
          }
          values.append(value)
          position = end
          continue
        }
        switch byte {
        case UInt8(ascii: ")"): isClosed = true
        case UInt8(ascii: "("), UInt8(ascii: ","), .space, 0x09: break
        default: throw failure(.notANumber(field: "protection"))
        }
        position += 1
      }
      guard isClosed else { throw failure(.truncated(inside: "protection", missing: "\")\"")) }
      return values
    }
  }

  /// The zone of that name, without making a string for the names that every kernel has.
  fileprivate static func kind(_ text: Span<UInt8>, _ name: Range<Int>) -> ZoneKind {
    if text.equals(name, "Normal") { return .normal }
    if text.equals(name, "Movable") { return .movable }
    if text.equals(name, "DMA") { return .dma }
    if text.equals(name, "DMA32") { return .dma32 }
    if text.equals(name, "Device") { return .device }
    if text.equals(name, "HighMem") { return .highMem }
    return .other(text.string(name))
  }
}
