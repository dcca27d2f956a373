package import SourceText

/// A kernel argument and where it stands in a file.
package struct LocatedArgument: Hashable, Sendable {
  package let argument: BootArgument
  package let place: SourceLocation
  /// How many characters it takes in the file, with its escapes and the quotes inside it; no more
  /// than its first line has.
  package let length: Int
}
