internal import HostModel

// The lists of free pages that each cpu keeps.

extension ZoneInfoParser {
  /// Reads the lists of cpus that have the lines of the first one.
  mutating func readExpectedLists(_ text: Span<UInt8>) -> Bool {
    var position = scanner.position
    guard pagesetLines.isWhole || pagesetLines.beginsAgain(text, at: position) else { return false }
    var lists = 0
    finishPageset()
    while pagesetLines.read(text, at: &position) {
      zone.pagesets.append(pagesetLines.list)
      lists += 1
    }
    // Lines that are none of the list before may yet belong to the last one.
    pageset = zone.pagesets.popLast()
    guard lists > 0 else { return false }
    scanner.skip(to: position, lines: lists * pagesetLines.count)
    return true
  }

  mutating func finishPageset() {
    guard let finished = pageset else { return }
    pageset = nil
    zone.pagesets.append(finished)
  }

  /// Takes a line of a cpu's list; false where the line is the first one after the lists.
  mutating func readPagesetLine(
    _ text: Span<UInt8>,
    _ name: Range<Int>,
    _ value: UInt64,
    _ line: LineTemplate.Line
  ) throws(ParseError) -> Bool {
    let field: PagesetTemplate.Field
    if text.equals(name, "cpu") {
      guard let cpu = UInt32(exactly: value) else {
        throw failure(.numberTooLarge(field: "cpu"))
      }
      finishPageset()
      pageset = PagesetSnapshot(cpu: cpu)
      pagesetLines.next()
      field = .cpu
    } else if pageset == nil {
      return false
    } else if text.equals(name, "count") {
      guard value >> 40 == 0 else { throw failure(.numberTooLarge(field: "count")) }
      pageset?.count = value
      field = .count
    } else if text.equals(name, "high") {
      pageset?.high = value
      field = .high
    } else if text.equals(name, "batch") {
      pageset?.batch = value
      field = .batch
    } else if text.equals(name, "high_min") {
      pageset?.highMin = value
      field = .highMin
    } else if text.equals(name, "high_max") {
      pageset?.highMax = value
      field = .highMax
    } else if text.equals(name, "low") || text.hasPrefix(name, "numa_")
      || text.equals(name, "local_node") || text.equals(name, "other_node")
      || text.equals(name, "interleave_hit")
    {
      // Kernels before 2.6.18 kept these per cpu.
      pagesetLines.giveUp()
      zone.pagesetExtras.append(name: name, of: text, value: value)
      return true
    } else {
      finishPageset()
      pagesetLines.finish()
      return false
    }
    learnPagesetLine(field, value, line)
    return true
  }

  /// `vm stats threshold: N`.
  mutating func readStatThreshold(
    _ text: Span<UInt8>,
    _ line: Range<Int>
  ) throws(ParseError) {
    var start = line.upperBound
    while start > line.lowerBound, text[start - 1].isDigit { start -= 1 }
    guard let value = text.decimal(start..<line.upperBound) else {
      throw failure(.notANumber(field: "vm stats threshold"))
    }
    pageset?.statThreshold = value
    let learned = self.line(endingWith: start..<line.upperBound, in: text)
    learnPagesetLine(.statThreshold, value, learned)
  }

  mutating func learnPagesetLine(
    _ field: PagesetTemplate.Field,
    _ value: UInt64,
    _ line: LineTemplate.Line
  ) {
    pagesetLines.learn(field, line, value: value)
  }
}
