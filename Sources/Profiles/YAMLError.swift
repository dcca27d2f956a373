/// Why a YAML text was refused, and where.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
  package var message: String
  package var file: String
  /// From 1.
  package var line: Int
  package var column: Int

  package init(_ message: String, file: String, line: Int, column: Int) {
    self.message = message
    self.file = file
    self.line = line
    self.column = column
  }

  package var description: String { "\(file):\(line):\(column): \(message)" }
}
