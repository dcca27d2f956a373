internal import SourceText

/// A line that sets something: a name, a sign, a value.
struct SettingLine {
  let name: Range<Int>
  /// Without blanks at its ends.
  let value: Range<Int>

  /// Nil for comments and for lines without the sign.
  ///
  /// - Parameters:
  ///   - line: A line of the text.
  ///   - sign: What stands between name and value.
  ///   - comments: What begins a comment.
  init?(_ line: TextLine, sign: UInt8 = UInt8(ascii: "="), comments: String = "#;") {
    let content = line.trimmed(from: line.range.lowerBound)
    guard let first = content.first, !comments.utf8.contains(line.bytes[first]),
      let place = line.bytes[content].firstIndex(of: sign)
    else { return nil }
    name = TextLine(bytes: line.bytes, range: content.lowerBound..<place)
      .trimmed(from: content.lowerBound)
    value = line.trimmed(from: place + 1)
  }

  /// The value without quotes around it.
  func unquoted(in bytes: [UInt8]) -> Range<Int> {
    guard value.count > 1, let first = value.first.map({ bytes[$0] }),
      first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"),
      bytes[value.upperBound - 1] == first
    else { return value }
    return value.dropFirst().dropLast()
  }
}

extension FileSample {
  /// Whether some line sets one of the names.
  ///
  /// - Complexity: O(bytes), one pass for all names
  func sets(_ names: [String], sign: Character = "=") -> Bool {
    let names = names.map { Array($0.utf8) }
    guard let sign = sign.asciiValue else { return false }
    var start = 0
    while start < bytes.count {
      while start < bytes.count, TextLine.isBlank(bytes[start]) { start += 1 }
      for name in names where bytes[start...].starts(with: name) {
        var end = start + name.count
        if end < bytes.count, TextLine.isBlank(bytes[end]) { end += 1 }
        if end < bytes.count, bytes[end] == sign { return true }
      }
      guard let feed = bytes[start...].firstIndex(of: 0x0A) else { return false }
      start = feed + 1
    }
    return false
  }
}

extension [UInt8] {
  /// A part as text.
  func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }
}
