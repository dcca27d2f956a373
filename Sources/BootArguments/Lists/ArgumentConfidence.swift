/// How sure it is that a kernel gets what was found in a file.
package enum ArgumentConfidence: Hashable, Sendable {
  /// The format of the file says so.
  case stated
  /// They were found by their shape in a text of a configuration or a script.
  case found
  /// They were found by their shape in a string of a program.
  case inSource
}
