/// What is wrong with a JSON text, and where.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  package var why: String
  package var file: String
  /// From 1.
  package var line: Int
  /// In bytes, from 1.
  package var column: Int

  package init(_ why: String, file: String, line: Int, column: Int) {
    self.why = why
    self.file = file
    self.line = line
    self.column = column
  }

  package var description: String { "\(file):\(line):\(column): \(why)" }
}
