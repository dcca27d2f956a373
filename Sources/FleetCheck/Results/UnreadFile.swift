package import SourceText

/// A file that is not read: it holds arguments which zonewise looks for in a form that is none of the
/// known ones, or nobody lets it be opened.
package struct UnreadFile: Hashable, Sendable {
  /// Of the first argument; the file's first line where there is none.
  package var place: SourceLocation
  /// Nil where the file could not be looked into.
  package var argument: String?
  /// Why it is not read, as the end of a sentence.
  package var reason: String
  /// Whether the user named the file; else it was met on a walk.
  package var isNamed: Bool

  package init(place: SourceLocation, argument: String?, reason: String, isNamed: Bool) {
    self.place = place
    self.argument = argument
    self.reason = reason
    self.isNamed = isNamed
  }

  /// In one sentence, without the place.
  package var sentence: String {
    "not read: " + (argument.map { "\($0) stands here, but \(reason)" } ?? reason)
  }
}
