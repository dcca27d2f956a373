internal import HostModel

/// What the formats of one counter per line have in common.
enum CounterText {
  /// No kernel prints more than a few KiB of counters.
  static let limit = 1 << 20

  /// Refuses what can't be any text of the kernel's.
  static func check(_ text: Span<UInt8>, file: String, limit: Int = limit) throws(ParseError) {
    if text.isBlank { throw ParseError(.empty, file: file, line: 1) }
    if text.count > limit { throw ParseError(.tooLarge(limit: limit), file: file, line: 1) }
    if text.looksBinary() { throw ParseError(.binary, file: file, line: 1) }
  }

  /// Refuses a table of which nothing is a number: that is prose in the shape of a table.
  static func check(
    _ table: CounterTable,
    expected: String,
    file: String
  ) throws(ParseError) {
    for entry in table.entries where entry.state == .number { return }
    throw ParseError(.malformed(expected: expected), file: file, line: 1)
  }

  /// Whether the line repeats the table's first name: two files in one.
  static func isRepeatedStart(_ name: Range<Int>, of text: Span<UInt8>, table: CounterTable) -> Bool
  {
    guard !table.isEmpty else { return false }
    let first = table.nameBytes(at: 0)
    guard first.count == name.count else { return false }
    var index = name.lowerBound
    for byte in first {
      if text[index] != byte { return false }
      index &+= 1  // bounded by name, which is as long as first
    }
    return true
  }
}

extension CounterTable {
  /// Adds the value that `word` spells.
  ///
  /// With `isCut` the text ends in the middle of the line, and even digits can't be trusted.
  mutating func append(
    name: Range<Int>,
    word: Range<Int>,
    of text: Span<UInt8>,
    isKibibytes: Bool,
    isCut: Bool
  ) {
    var value: UInt64 = 0
    var state = State.notANumber
    if !isCut, let number = text.decimal(word) {
      value = number
      state = number >> 63 == 0 ? .number : .wrappedNegative
    } else if !isCut, let number = text.negatedDecimal(word) {
      value = number
      state = .wrappedNegative
    }
    append(name: name, of: text, value: value, state: state, isKibibytes: isKibibytes)
  }

  /// The text that parses back to this entry.
  func word(at index: Int) -> String {
    entries[index].state == .notANumber ? "?" : String(entries[index].value)
  }
}

extension String {
  /// The string with blanks in front up to `width` characters.
  func padded(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }

  /// The string with blanks behind it up to `width` characters.
  func filled(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}

extension Span<UInt8> {
  /// Whether there is nothing but blanks and newlines.
  var isBlank: Bool {
    for index in indices where !(self[index].isBlank || self[index] == .newline) { return false }
    return true
  }

  /// Whether the range holds visible ASCII characters and nothing else.
  func isVisibleASCII(_ range: Range<Int>) -> Bool {
    // Below 0x21 or above 0x7E: one comparison for both.
    for index in range where self[index] &- 0x21 > 0x7E - 0x21 { return false }
    return !range.isEmpty
  }

  /// A decimal number with a minus in front, as the 64-bit pattern that a wrapped count has.
  func negatedDecimal(_ range: Range<Int>) -> UInt64? {
    guard let first = range.first, self[first] == UInt8(ascii: "-"),
      let magnitude = decimal(first + 1..<range.upperBound), magnitude > 0, magnitude <= 1 << 63
    else { return nil }
    return 0 &- magnitude  // two's complement is what is wanted
  }
}
