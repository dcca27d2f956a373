package import HostModel

/// /proc/pagetypeinfo: free blocks per zone, migrate type and order, and pageblocks per type.
///
/// The kernel prints the whole of it anew for each node with memory (mm/vmstat.c,
/// pagetypeinfo_show), headers included.
package enum PageTypeInfoText {
  private static let limit = 16 << 20

  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> PageTypeInfo {
    try CounterText.check(text, file: file, limit: limit)
    var parser = PageTypeInfoParser(file: file)
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      let content = text.trimmed(line)
      if !content.isEmpty { try parser.take(content, of: text, line: scanner.line) }
    }
    return try parser.finish()
  }
}

/// The state between two lines of pagetypeinfo.
private struct PageTypeInfoParser {
  enum Section { case top, free, blocks, mixed }

  let file: String
  var section = Section.top
  var order: UInt64?
  var pages: UInt64?
  var orders = 0
  var columns: [String] = []
  var info = PageTypeInfo(pageBlockOrder: 0, pagesPerBlock: 0)
  var seen: Set<ZoneLabel> = []
  var seenBlocks: Set<ZoneLabel> = []

  mutating func take(
    _ content: Range<Int>,
    of text: Span<UInt8>,
    line: Int
  ) throws(ParseError) {
    if text.hasPrefix(content, "Page block order:") {
      try agree(&order, number(content, of: text, after: "Page block order:"), line: line)
    } else if text.hasPrefix(content, "Pages per block:") {
      try agree(&pages, number(content, of: text, after: "Pages per block:"), line: line)
    } else if text.hasPrefix(content, "Free pages count per migrate type at order") {
      section = .free
      let names = words(content, of: text, after: "Free pages count per migrate type at order")
      orders = names.count
    } else if text.hasPrefix(content, "Number of blocks type") {
      section = .blocks
      columns = words(content, of: text, after: "Number of blocks type")
      guard info.types.isEmpty || info.types == columns else {
        throw error(.malformed(expected: "the same migrate types for every node"), line)
      }
      info.types = columns
    } else if text.hasPrefix(content, "Number of mixed blocks") {
      section = .mixed
    } else {
      guard let (label, end) = ZoneLabel.parse(text, content), order != nil else {
        throw error(
          order == nil
            ? .headerMissing(expected: "`Page block order:`")
            : .malformed(expected: "lines such as `Node 0, zone Normal, type Movable 1 2 3`"),
          line
        )
      }
      try row(label, counts: end..<content.upperBound, of: text, line: line)
    }
  }

  private mutating func row(
    _ label: ZoneLabel,
    counts range: Range<Int>,
    of text: Span<UInt8>,
    line: Int
  ) throws(ParseError) {
    var counts: [UInt64?] = []
    var word = text.word(from: range.lowerBound, in: range)
    while !word.isEmpty {
      counts.append(try count(word, of: text, in: label, line: line))
      word = text.word(from: word.upperBound, in: range)
    }
    switch section {
    case .free where label.hasType:
      guard seen.insert(label).inserted else { throw error(.duplicate("\(label)"), line) }
      try check(counts.count, against: orders, in: label, line: line)
      info.freeRows.append(
        PageTypeInfo.FreeRow(
          node: label.node,
          kind: label.kind,
          type: label.type ?? "",
          freeBlocks: counts
        )
      )
    case .blocks where !label.hasType:
      guard seenBlocks.insert(label).inserted else { throw error(.duplicate("\(label)"), line) }
      try check(counts.count, against: columns.count, in: label, line: line)
      let blocks = counts.compactMap(\.self)
      try check(blocks.count, against: columns.count, in: label, line: line)
      info.blockRows.append(
        PageTypeInfo.BlockRow(node: label.node, kind: label.kind, blocks: blocks)
      )
    case .mixed where !label.hasType:
      // Only with page_owner=on, and nothing that is judged depends on it.
      break
    case .top, .free, .blocks, .mixed:
      throw error(.headerMissing(expected: "the header of \(label)"), line)
    }
  }

  /// A count, nil where the kernel stopped counting (`>100000`, since 5.4).
  private func count(
    _ word: Range<Int>,
    of text: Span<UInt8>,
    in label: ZoneLabel,
    line: Int
  ) throws(ParseError) -> UInt64? {
    let isCapped = text.hasPrefix(word, ">")
    let digits = isCapped ? word.lowerBound + 1..<word.upperBound : word
    guard let count = text.decimal(digits) else {
      throw error(.notANumber(field: "a count of \(label)"), line)
    }
    guard count >> 63 == 0 else {
      throw error(.numberTooLarge(field: "a count of \(label)"), line)
    }
    return isCapped ? nil : count
  }

  private func check(
    _ count: Int,
    against expected: Int,
    in label: ZoneLabel,
    line: Int
  ) throws(ParseError) {
    if count < expected {
      throw error(.truncated(inside: "\(label)", missing: "column \(count + 1)"), line)
    }
    if count > expected || expected == 0 {
      throw error(.malformed(expected: "\(expected) columns as in the header"), line)
    }
  }

  private func agree(
    _ known: inout UInt64?,
    _ number: UInt64?,
    line: Int
  ) throws(ParseError) {
    guard let number, known == nil || known == number else {
      throw error(.malformed(expected: "one size of pageblocks for all nodes"), line)
    }
    known = number
  }

  private func number(
    _ content: Range<Int>,
    of text: Span<UInt8>,
    after label: StaticString
  ) -> UInt64? {
    let start = content.lowerBound + label.utf8CodeUnitCount
    return text.decimal(text.trimmed(start..<content.upperBound))
  }

  private func words(
    _ content: Range<Int>,
    of text: Span<UInt8>,
    after label: StaticString
  ) -> [String] {
    var words: [String] = []
    let start = content.lowerBound + label.utf8CodeUnitCount
    var word = text.word(from: start, in: content)
    while !word.isEmpty {
      words.append(text.string(word))
      word = text.word(from: word.upperBound, in: content)
    }
    return words
  }

  private func error(_ reason: ParseError.Reason, _ line: Int) -> ParseError {
    ParseError(reason, file: file, line: line)
  }

  func finish() throws(ParseError) -> PageTypeInfo {
    guard let order, let pages, order < 64, pages == 1 << order else {
      throw error(.headerMissing(expected: "`Page block order:` and `Pages per block:`"), 1)
    }
    // Both parts list the populated zones, so a difference means lost lines.
    let zones = Set(info.freeRows.map { ZoneLabel(node: $0.node, kind: $0.kind) })
    guard !zones.isEmpty, zones == seenBlocks else {
      throw error(.incomplete("free pages and pageblocks are not there for the same zones"), 1)
    }
    var info = info
    info.pageBlockOrder = UInt8(truncatingIfNeeded: order)  // below 64
    info.pagesPerBlock = PageCount(pages)
    return info
  }
}
