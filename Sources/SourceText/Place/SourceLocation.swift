/// A place in a file, counted as editors, SARIF, GitHub and GitLab count it.
///
/// A line ends at a line feed, with or without a carriage return in front of it. A column counts
/// Unicode scalars from the start of its line: a tab is one, a letter of several bytes is one, a
/// combining mark is one more. A byte order mark at the start of a file is not counted. SARIF calls
/// this `unicodeCodePoints`.
package struct SourceLocation: Hashable, Sendable {
  package var file: String
  /// From 1; 1 where the whole file is meant.
  package var line: Int
  /// From 1; 1 where the whole line is meant.
  package var column: Int

  package init(file: String, line: Int = 1, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line`, for texts that have one record a line.
  package var lineText: String { "\(file):\(line)" }
}

extension SourceLocation: CustomStringConvertible {
  package var description: String { "\(file):\(line):\(column)" }
}
