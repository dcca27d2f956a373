/// Text as POSIX shells read it.
package enum ShellText {
  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%".utf8
  )

  /// One word of a command: as it is where nothing in it means anything, else in single quotes.
  package static func word(_ text: String) -> String {
    guard text.isEmpty || !text.utf8.allSatisfy({ plain.contains($0) }) else { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: #"'\''"#) + "'"
  }

  /// What stands between double quotes.
  package static func insideDoubleQuotes(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      if "\\\"$`".unicodeScalars.contains(character) { result.append("\\") }
      result.unicodeScalars.append(character)
    }
    return result
  }
}
