package import HostModel

/// nodeN/meminfo: the lines of /proc/meminfo behind `Node N`.
package enum NodeMeminfoText {
  private static let form = "lines such as `Node 0 MemTotal: 16384 kB`"

  /// The node that the file is about, and its counters under their names without `Node N`.
  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> (node: NodeID, counters: CounterTable) {
    try CounterText.check(text, file: file)
    var table = CounterTable(of: .meminfo)
    table.reserve(64)
    var node: NodeID?
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      let content = text.trimmed(line)
      // 2.6 kernels begin with an empty line.
      if content.isEmpty { continue }
      let word = text.word(from: content.lowerBound, in: content)
      let digits = text.word(from: word.upperBound, in: content)
      guard text.equals(word, "Node"), let number = text.decimal(digits),
        let id = UInt32(exactly: number)
      else {
        if scanner.position > text.count, !table.isEmpty { break }
        throw ParseError(.malformed(expected: form), file: file, line: scanner.line)
      }
      if let node, node != NodeID(id) {
        throw ParseError(
          .malformed(expected: "node \(node) as on the lines before, found node \(id)"),
          file: file,
          line: scanner.line
        )
      }
      node = NodeID(id)
      try MeminfoText.append(
        text.trimmed(digits.upperBound..<content.upperBound),
        of: text,
        isLast: scanner.position > text.count,
        to: &table,
        file: file,
        line: scanner.line
      )
    }
    try CounterText.check(table, expected: form, file: file)
    guard let node else { throw ParseError(.malformed(expected: form), file: file, line: 1) }
    return (node, table)
  }

  /// The table as the kernel prints it.
  package static func render(_ table: CounterTable, node: NodeID) -> String {
    var text = ""
    for index in table.entries.indices {
      text += "Node \(node) " + (table.name(at: index) + ":").filled(to: 15)
      text += table.word(at: index).padded(to: 8)
      text += table.entries[index].isKibibytes ? " kB\n" : "\n"
    }
    return text
  }
}
