internal import HostModel

/// Numbers and ranges as boot messages print them.
extension Span<UInt8> {
  /// A number with or without `0x` behind any blanks, and where it ends.
  func number(at start: Int, in range: Range<Int>) -> (value: UInt64, end: Int)? {
    var index = start
    while index < range.upperBound, self[index].isBlank { index &+= 1 }
    if hasPrefix(Swift.min(index, range.upperBound)..<range.upperBound, "0x") {
      let digits = index &+ 2
      index = digits
      while index < range.upperBound, self[index].hexValue != nil { index &+= 1 }
      return hexadecimal(digits..<index).map { ($0, index) }
    }
    let digits = index
    while index < range.upperBound, self[index].isDigit { index &+= 1 }
    return decimal(digits..<index).map { ($0, index) }
  }

  /// `[mem 0x…-0x…]` with an inclusive end, or `0x… -> 0x…` in frames with an exclusive one.
  func extent(in range: Range<Int>) -> BootLog.Extent? {
    if hasPrefix(range, "[mem ") { return addresses(in: range).map { .bytes($0) } }
    guard let start = number(at: range.lowerBound, in: range) else { return nil }
    let arrow = trimmed(start.end..<range.upperBound)
    guard hasPrefix(arrow, "->"), let end = number(at: arrow.lowerBound &+ 2, in: range),
      end.end == range.upperBound
    else { return nil }
    return .frames(
      FrameRange(start: PageFrameNumber(start.value), end: PageFrameNumber(end.value))
    )
  }

  /// `[mem 0x…-0x…]`, the end inclusive.
  func addresses(in range: Range<Int>) -> AddressRange? {
    guard hasPrefix(range, "[mem "),
      let (addresses, end) = addresses(at: range.lowerBound &+ 5, in: range),
      end < range.upperBound, self[end] == 0x5D
    else { return nil }
    return addresses
  }

  /// `0x…-0x…`, the end inclusive, and where the text ends.
  func addresses(at start: Int, in range: Range<Int>) -> (AddressRange, end: Int)? {
    guard let first = number(at: start, in: range), first.end < range.upperBound,
      self[first.end] == 0x2D, let last = number(at: first.end &+ 1, in: range)
    else { return nil }
    return (AddressRange(first: first.value, last: last.value), last.end)
  }

  /// Where a text stands in the range.
  func find(_ word: StaticString, in range: Range<Int>) -> Int? {
    let count = word.utf8CodeUnitCount
    var index = range.lowerBound
    while index &+ count <= range.upperBound {
      if hasPrefix(index..<range.upperBound, word) { return index }
      index &+= 1
    }
    return nil
  }
}
