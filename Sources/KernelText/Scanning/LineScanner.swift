/// Walks over the lines of a text without copying any of it.
///
/// Positions are offsets into the text; a line's range leaves out its newline, a carriage return
/// before it and blanks at its end.
struct LineScanner {
  private(set) var position = 0
  /// Number of the line returned last, from 1.
  private(set) var line = 0

  /// The next line, or nil at the end of the text.
  mutating func next(in text: Span<UInt8>) -> Range<Int>? {
    let count = text.count
    guard position < count else { return nil }
    let start = position
    var end = text.endOfLine(from: start)
    position = end &+ 1
    line &+= 1
    while end > start, text[end &- 1].isBlank { end &-= 1 }
    return start..<end
  }

  /// Goes on at the start of another line, which so many lines were read to reach.
  mutating func skip(to start: Int, lines: Int) {
    position = start
    line += lines
  }

  /// A line of a name and a number, which most lines are.
  struct Pair {
    /// The name without blanks around it.
    var name: Range<Int>
    var number: Range<Int>
    var value: UInt64
  }

  /// The next line where it is nothing but a name and a decimal number of at most 19 digits; else nil,
  /// and the line is still to come.
  @inline(__always)
  mutating func nextPair(in text: Span<UInt8>) -> Pair? {
    let start = text.skippingSpaces(from: position)
    let end = text.endOfWord(from: start)
    guard end > start, end < text.count, text[end] == .space else { return nil }
    return pair(in: text, name: start..<end)
  }

  /// The same where the line begins with exactly this text, and nothing but a number follows.
  @inline(__always)
  mutating func nextPair(in text: Span<UInt8>, after name: StaticString) -> Pair? {
    let end = position &+ name.utf8CodeUnitCount
    guard end < text.count, text.hasPrefix(position..<end, name) else { return nil }
    return pair(in: text, name: position..<end)
  }

  @inline(__always)
  private mutating func pair(in text: Span<UInt8>, name: Range<Int>) -> Pair? {
    let first = text.skippingSpaces(from: name.upperBound)
    guard let number = text.number(at: first) else { return nil }
    position = number.end
    line &+= 1
    return Pair(name: name, number: first..<(number.end &- 1), value: number.value)
  }
}

extension UInt8 {
  static var newline: UInt8 { 0x0A }
  static var space: UInt8 { 0x20 }

  /// A space, a tab or a carriage return.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }

  var isDigit: Bool { self &- 0x30 < 10 }

  /// The value of a hexadecimal digit.
  var hexValue: UInt64? {
    switch self {
    case 0x30...0x39: UInt64(self &- 0x30)
    case 0x41...0x46: UInt64(self &- 0x37)
    case 0x61...0x66: UInt64(self &- 0x57)
    default: nil
    }
  }
}

extension Span<UInt8> {
  /// The range without blanks at its start.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound, self[start].isBlank { start &+= 1 }
    return start..<range.upperBound
  }

  /// The first blank-separated word at or after `start`, empty at the end of the range.
  func word(from start: Int, in range: Range<Int>) -> Range<Int> {
    var first = start
    while first < range.upperBound, self[first].isBlank { first &+= 1 }
    var end = first
    while end < range.upperBound, !self[end].isBlank { end &+= 1 }
    return first..<end
  }

  /// Whether the range holds exactly these ASCII characters.
  func equals(_ range: Range<Int>, _ word: StaticString) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    return hasPrefix(range, word)
  }

  /// Whether the range begins with these ASCII characters.
  func hasPrefix(_ range: Range<Int>, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard range.count >= count else { return false }
    // `utf8Start` is valid for `utf8CodeUnitCount` bytes for as long as the program runs.
    let bytes = unsafe UnsafeBufferPointer(start: word.utf8Start, count: count)
    for index in 0..<count where unsafe bytes[index] != self[range.lowerBound &+ index] {
      return false
    }
    return true
  }

  /// The range as decimal digits; nil where it is empty, holds anything else or passes 2^64.
  func decimal(_ range: Range<Int>) -> UInt64? {
    guard !range.isEmpty else { return nil }
    var value: UInt64 = 0
    for index in range {
      let digit = self[index] &- 0x30
      guard digit < 10 else { return nil }
      // 19 digits always fit; only longer numbers need the checks.
      if index &- range.lowerBound < 19 {
        value = value &* 10 &+ UInt64(digit)
      } else {
        let (product, wrapped) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) = product.addingReportingOverflow(UInt64(digit))
        if wrapped || carried { return nil }
        value = sum
      }
    }
    return value
  }

  /// The range as hexadecimal digits without a prefix; nil as for `decimal`.
  func hexadecimal(_ range: Range<Int>) -> UInt64? {
    guard !range.isEmpty else { return nil }
    var value: UInt64 = 0
    for index in range {
      guard let digit = self[index].hexValue, value >> 60 == 0 else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  /// The range as text; bytes that are not UTF-8 become U+FFFD.
  func string(_ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(self[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a NUL stands anywhere in the first `limit` bytes: no kernel text has one.
  func looksBinary(first limit: Int = 4096) -> Bool {
    for index in 0..<Swift.min(count, limit) where self[index] == 0 { return true }
    return false
  }
}
