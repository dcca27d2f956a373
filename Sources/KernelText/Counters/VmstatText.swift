package import HostModel

/// /proc/vmstat and nodeN/vmstat: `name number`.
package enum VmstatText {
  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> CounterTable {
    try parse(
      text,
      file: file,
      expected: "lines such as `nr_free_pages 4096`",
      into: CounterTable(of: .memory),
      count: 256
    )
  }

  /// The table as the kernel prints it.
  package static func render(_ table: CounterTable) -> String {
    var text = ""
    for index in table.entries.indices {
      text += table.name(at: index) + " " + table.word(at: index) + "\n"
    }
    return text
  }

  /// Reads any text of two words per line; `count` is how many lines are usual.
  static func parse(
    _ text: Span<UInt8>,
    file: String,
    expected: String,
    into empty: CounterTable,
    count: Int
  ) throws(ParseError) -> CounterTable {
    try CounterText.check(text, file: file)
    var table = empty
    table.reserve(count)
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      let name = text.word(from: line.lowerBound, in: line)
      if name.isEmpty { continue }
      let isCut = scanner.position > text.count
      let word = text.word(from: name.upperBound, in: line)
      guard text.isName(name), word.upperBound == line.upperBound, !word.isEmpty || isCut else {
        throw ParseError(.malformed(expected: expected), file: file, line: scanner.line)
      }
      // The text ends inside a name: nothing of the line is left to keep.
      if word.isEmpty { break }
      if CounterText.isRepeatedStart(name, of: text, table: table) {
        throw ParseError(.duplicate(text.string(name)), file: file, line: scanner.line)
      }
      table.append(name: name, word: word, of: text, isKibibytes: false, isCut: isCut)
    }
    try CounterText.check(table, expected: expected, file: file)
    return table
  }
}

extension Span<UInt8> {
  /// Whether the range is a counter's name: visible ASCII without the colon that other formats have.
  fileprivate func isName(_ range: Range<Int>) -> Bool {
    isVisibleASCII(range) && firstIndex(of: 0x3A, in: range) == nil
  }
}
