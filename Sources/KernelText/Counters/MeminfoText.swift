package import HostModel

/// /proc/meminfo: `Name: number kB`, and page counts (`HugePages_Total`) without a unit.
package enum MeminfoText {
  private static let form = "lines such as `MemTotal: 16384 kB`"

  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> CounterTable {
    try CounterText.check(text, file: file)
    var table = CounterTable(of: .meminfo)
    table.reserve(64)
    var scanner = LineScanner()
    var rowsToSkip = 0
    while let line = scanner.next(in: text) {
      let content = text.trimmed(line)
      if content.isEmpty { continue }
      // 2.4 kernels print a table in bytes on top: a header, `Mem:` and `Swap:`.
      if table.isEmpty, text.hasPrefix(content, "total:") {
        rowsToSkip = 2
        continue
      }
      if rowsToSkip > 0, text.hasPrefix(content, "Mem:") || text.hasPrefix(content, "Swap:") {
        rowsToSkip -= 1
        continue
      }
      // A node's file would pass, and nothing in it would be found.
      if text.hasPrefix(content, "Node ") {
        throw ParseError(.malformed(expected: form), file: file, line: scanner.line)
      }
      try append(
        content,
        of: text,
        isLast: scanner.position > text.count,
        to: &table,
        file: file,
        line: scanner.line
      )
    }
    try CounterText.check(table, expected: form, file: file)
    return table
  }

  /// Adds one line; `isLast` tells that no newline follows it.
  static func append(
    _ content: Range<Int>,
    of text: Span<UInt8>,
    isLast: Bool,
    to table: inout CounterTable,
    file: String,
    line: Int
  ) throws(ParseError) {
    guard let colon = text.firstIndex(of: 0x3A, in: content), colon > content.lowerBound,
      text.isLabel(content.lowerBound..<colon)
    else {
      // The text ends inside a name: nothing of the line is left to keep.
      if isLast, text.isVisibleASCII(content), !table.isEmpty { return }
      throw ParseError(.malformed(expected: form), file: file, line: line)
    }
    let name = content.lowerBound..<colon
    if CounterText.isRepeatedStart(name, of: text, table: table) {
      throw ParseError(.duplicate(text.string(name)), file: file, line: line)
    }
    let word = text.word(from: colon + 1, in: content)
    let unit = text.trimmed(word.upperBound..<content.upperBound)
    let isKibibytes = text.equals(unit, "kB")
    // Behind `kB` nothing can be lost; a bare number may have lost digits.
    let isCut = !isKibibytes && (isLast || !unit.isEmpty)
    table.append(name: name, word: word, of: text, isKibibytes: isKibibytes, isCut: isCut)
  }

  /// The table as the kernel prints it.
  package static func render(_ table: CounterTable) -> String {
    var text = ""
    for index in table.entries.indices {
      text += (table.name(at: index) + ":").filled(to: 16)
      text += table.word(at: index).padded(to: 8)
      text += table.entries[index].isKibibytes ? " kB\n" : "\n"
    }
    return text
  }
}

extension Span<UInt8> {
  /// Whether the range can be a counter's label: visible ASCII, single words or several.
  fileprivate func isLabel(_ range: Range<Int>) -> Bool {
    for index in range where !(0x20...0x7E).contains(self[index]) { return false }
    return true
  }
}
