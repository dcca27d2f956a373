package import SourceText

/// What became of a file, and what stays to be done.
package struct FixedFile: Sendable {
  /// A text before and after.
  package struct Text: Sendable {
    package var path: String
    package var old: [UInt8]
    package var new: [UInt8]
  }

  /// A finding with the name of what it was found on.
  package struct Entry: Sendable {
    package var subject: String
    package var found: CheckFinding
    /// Why it stays although its remedy is a change; nil where it is changed, or only people can.
    package var why: String?
  }

  package var path: String
  /// Only those that change, the file itself first.
  package var texts: [Text] = []
  /// Findings that the changes cure.
  package var cured: [Entry] = []
  /// Findings that stay.
  package var left: [Entry] = []
  package var failures: [LocatedError] = []
}
