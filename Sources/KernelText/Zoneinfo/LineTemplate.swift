/// What stands in front of the numbers of a part's lines, byte for byte.
///
/// One kernel prints the lines of all zones alike, blanks included. So the first record is read word
/// by word, and the lines of each further one are compared eight bytes at a time with what stood
/// there before: only their numbers are new.
struct LineTemplate {
  private var text: [UInt8] = []
  /// Where each line's part of `text` ends.
  private var ends: [Int] = []

  var count: Int { ends.count }

  /// Keeps what stands in front of a line's number. A line that is not the next one starts anew
  /// from there: what was expected behind it is forgotten.
  mutating func learn(_ prefix: Range<Int>, of text: Span<UInt8>, as line: Int) {
    guard line <= ends.count else { return }
    cut(to: line)
    for index in prefix { self.text.append(text[index]) }
    ends.append(self.text.count)
  }

  /// Whether the line is known to begin so.
  func holds(_ prefix: Range<Int>, of source: Span<UInt8>, as line: Int) -> Bool {
    guard line < ends.count else { return false }
    let start = line == 0 ? 0 : ends[line - 1]
    guard ends[line] - start == prefix.count else { return false }
    return source.behind(text.span, start..<ends[line], at: prefix.lowerBound) != nil
  }

  mutating func cut(to lines: Int) {
    guard lines < ends.count else { return }
    ends.removeLast(ends.count - lines)
    text.removeLast(text.count - (ends.last ?? 0))
  }

  /// Reads the lines from `line` up to `end` as long as they are as expected, and stops in front of
  /// the first that is not.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - position: The start of a line; moved to the start of the first that was not read.
  ///   - lines: Numbers of lines in the template.
  ///   - numbers: Takes the numbers.
  @inline(__always)
  func read(
    _ source: Span<UInt8>,
    at position: inout Int,
    lines: Range<Int>,
    into numbers: inout [UInt64]
  ) {
    let expected = text.span
    let ends = ends.span
    var start = lines.lowerBound == 0 ? 0 : ends[lines.lowerBound &- 1]
    for line in lines {
      let end = ends[line]
      guard
        let behind = source.behind(expected, start..<end, at: position),
        let number = source.number(at: behind)
      else { return }
      numbers.append(number.value)
      position = number.end
      start = end
    }
  }
}

extension Span<UInt8> {
  /// Where the text goes on behind bytes that must stand at `start`; nil where others do.
  @inline(__always)
  func behind(_ other: Span<UInt8>, _ range: Range<Int>, at start: Int) -> Int? {
    let length = range.upperBound &- range.lowerBound
    guard length >= 8 else {
      guard start &+ length <= count else { return nil }
      var index = 0
      while index < length {
        guard self[start &+ index] == other[range.lowerBound &+ index] else { return nil }
        index &+= 1
      }
      return start &+ length
    }
    guard start &+ length <= count else { return nil }
    var index = 0
    while index &+ 8 < length {
      guard eightBytes(at: start &+ index) == other.eightBytes(at: range.lowerBound &+ index) else {
        return nil
      }
      index &+= 8
    }
    // The last eight bytes, some of them for the second time.
    let last = length &- 8
    guard eightBytes(at: start &+ last) == other.eightBytes(at: range.lowerBound &+ last) else {
      return nil
    }
    return start &+ length
  }

  /// A decimal number of at most 19 digits that a newline ends, and the start of the next line; nil
  /// where something else stands there.
  @inline(__always)
  func number(at start: Int) -> (value: UInt64, end: Int)? {
    var position = start
    var value: UInt64 = 0
    let count = count
    while position < count {
      let digit = self[position] &- 0x30
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)  // 19 digits fit; more are refused below
      position &+= 1
    }
    let digits = position &- start
    guard digits > 0, digits < 20, position < count, self[position] == .newline else { return nil }
    return (value, position &+ 1)
  }
}
