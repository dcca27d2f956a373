/// Files of one value: sysctls, module parameters, sysfs attributes.
package enum SettingText {
  /// The possible values of a setting and the one in force, which the kernel puts in brackets.
  package struct Choice: Hashable, Sendable {
    package var selected: String
    package var options: [String]

    package init(selected: String, options: [String]) {
      self.selected = selected
      self.options = options
    }
  }

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

  /// A boolean: `Y` and `N` (module parameters), `1` and `0` (sysctls).
  package static func flag(_ text: Span<UInt8>, file: String) throws(ParseError) -> Bool {
    let word = try range(text, file: file)
    if text.equals(word, "Y") || text.equals(word, "y") || text.equals(word, "1") { return true }
    if text.equals(word, "N") || text.equals(word, "n") || text.equals(word, "0") { return false }
    throw ParseError(.malformed(expected: "Y or N, or 1 or 0"), file: file, line: 1)
  }

  /// One of several values: `always [madvise] never`. A single word is its own only option.
  package static func choice(_ text: Span<UInt8>, file: String) throws(ParseError) -> Choice {
    let line = try range(text, file: file)
    var options: [String] = []
    var selected: String?
    var word = text.word(from: line.lowerBound, in: line)
    while !word.isEmpty {
      guard text.isVisibleASCII(word), options.count < 64 else {
        throw ParseError(.malformed(expected: expectedChoice), file: file, line: 1)
      }
      var name = word
      if word.count > 2, text[word.lowerBound] == UInt8(ascii: "["),
        text[word.upperBound - 1] == UInt8(ascii: "]")
      {
        name = word.lowerBound + 1..<word.upperBound - 1
        guard selected == nil else {
          throw ParseError(.malformed(expected: expectedChoice), file: file, line: 1)
        }
        selected = text.string(name)
      }
      options.append(text.string(name))
      word = text.word(from: word.upperBound, in: line)
    }
    if selected == nil, options.count == 1 { selected = options.first }
    guard let selected else {
      throw ParseError(.malformed(expected: expectedChoice), file: file, line: 1)
    }
    return Choice(selected: selected, options: options)
  }

  private static let expectedChoice = "one value in brackets, such as `always [madvise] never`"

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
