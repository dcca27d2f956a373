internal import SourceText

/// Who made a snippet, when, for which profile and why: the comment that every snippet carries.
package struct Ownership: Hashable, Sendable {
  package let version: String
  /// YYYY-MM-DD.
  package let date: String
  /// Nil where the user gave the arguments.
  package let profile: String?
  /// Why these arguments, in one sentence.
  package let reason: String

  package init(version: String, date: String, profile: String?, reason: String) {
    self.version = version
    self.date = date
    self.profile = profile
    self.reason = reason
  }

  static let marker = "Made by zonewise "

  /// One line of text, whatever the profile and the reason hold.
  package var line: String {
    let source = profile.map { "profile \($0)" } ?? "arguments given by the user"
    let text = "\(Self.marker)\(version) on \(date), \(source): \(reason)"
    return Self.harmless(text)
  }

  /// Control characters and line breaks of all kinds become blanks.
  static func harmless(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isBreak = scalar.isControl || scalar == "\u{2028}" || scalar == "\u{2029}"
      result.unicodeScalars.append(isBreak ? " " : scalar)
    }
    return result
  }
}
