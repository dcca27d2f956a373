/// /proc/modules, or what lsmod makes of it: the names of the loaded modules.
package enum ModulesText {
  private static let limit = 16 << 20

  /// The names in the order of the file; none where no module is loaded and the file is empty.
  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> [String] {
    if text.isBlank { return [] }
    try CounterText.check(text, file: file, limit: limit)
    var names: [String] = []
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      let name = text.word(from: line.lowerBound, in: line)
      if name.isEmpty { continue }
      let size = text.word(from: name.upperBound, in: line)
      let isHeader = text.equals(name, "Module") && text.equals(size, "Size")
      if isHeader, names.isEmpty { continue }
      // The text may end inside a line; the name in front is whole.
      guard text.isVisibleASCII(name), text.decimal(size) != nil else {
        throw ParseError(
          .malformed(expected: "lines such as `virtio_balloon 24576 0 - Live 0x0`"),
          file: file,
          line: scanner.line
        )
      }
      names.append(text.string(name))
    }
    return names
  }
}
