package import SourceText

/// A file that holds arguments which zonewise looks for, and that it does not read.
package struct UnreadFile: Hashable, Sendable {
  /// Of the first one.
  package var place: SourceLocation
  package var argument: String
  /// Why it is not read, as the end of a sentence.
  package var reason: String
  /// Whether the user named the file; else it was met on a walk.
  package var isNamed: Bool

  package init(place: SourceLocation, argument: String, reason: String, isNamed: Bool) {
    self.place = place
    self.argument = argument
    self.reason = reason
    self.isNamed = isNamed
  }

  /// In one sentence, without the place.
  package var sentence: String { "not read: \(argument) stands here, but \(reason)" }
}
