/// Files of one value: sysctls, module parameters, sysfs attributes.
package enum SettingText {
  /// Enough for any setting; a longer text is some other file.
  private static let limit = 1 << 20

  /// The text without blanks and newlines around it; a setting may be blank.
  package static func value(_ text: Span<UInt8>, file: String) throws(ParseError) -> String {
    try check(text, file: file)
    return text.string(content(of: text))
  }

  /// A decimal number.
  package static func number(_ text: Span<UInt8>, file: String) throws(ParseError) -> UInt64 {
    let word = try range(text, file: file)
    guard let number = text.decimal(word) else {
      throw ParseError(.notANumber(field: "the value"), file: file, line: 1)
    }
    return number
  }

  /// The text without blanks and newlines around it, which must leave one line.
  static func range(_ text: Span<UInt8>, file: String) throws(ParseError) -> Range<Int> {
    try check(text, file: file)
    let range = content(of: text)
    if range.isEmpty { throw ParseError(.empty, file: file, line: 1) }
    if text.firstIndex(of: .newline, in: range) != nil {
      throw ParseError(.malformed(expected: "a single line"), file: file, line: 2)
    }
    return range
  }

  private static func check(_ text: Span<UInt8>, file: String) throws(ParseError) {
    if text.isEmpty { throw ParseError(.empty, file: file, line: 1) }
    if text.count > limit { throw ParseError(.tooLarge(limit: limit), file: file, line: 1) }
    if text.looksBinary() { throw ParseError(.binary, file: file, line: 1) }
  }

  private static func content(of text: Span<UInt8>) -> Range<Int> {
    var start = 0
    var end = text.count
    while start < end, text[start].isBlank || text[start] == .newline { start &+= 1 }
    while end > start, text[end &- 1].isBlank || text[end &- 1] == .newline { end &-= 1 }
    return start..<end
  }
}
