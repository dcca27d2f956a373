/// Searches that look at eight bytes at a time. A kernel's text is mostly blanks and short words, so
/// this is what reading it costs.
extension Span<UInt8> {
  /// The eight bytes from `offset` on, the first one in the lowest bits. Traps where they are not all
  /// inside the text, as a subscript does.
  @inline(__always)
  func eightBytes(at offset: Int) -> UInt64 {
    // The load checks its bounds, and any eight bytes are a UInt64.
    unsafe UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    )
  }

  /// How many bytes from two positions on are the same, `limit` at most. Where fewer than that are
  /// left of the text, it may be less than there are.
  @inline(__always)
  func alike(_ start: Int, _ other: Int, upTo limit: Int) -> Int {
    precondition(start >= 0 && other >= 0)
    let limit = Swift.min(limit, count &- Swift.max(start, other))
    var index = 0
    while index &+ 32 <= limit {
      let first = difference(start &+ index, other &+ index)
      let second = difference(start &+ index &+ 8, other &+ index &+ 8)
      let third = difference(start &+ index &+ 16, other &+ index &+ 16)
      let fourth = difference(start &+ index &+ 24, other &+ index &+ 24)
      if first | second | third | fourth != 0 { break }
      index &+= 32
    }
    while index &+ 8 <= limit {
      let difference = difference(start &+ index, other &+ index)
      guard difference == 0 else { return index &+ difference.trailingZeroBitCount / 8 }
      index &+= 8
    }
    guard index < limit else { return index }
    guard limit >= 8 else {
      while index < limit, self[start &+ index] == self[other &+ index] { index &+= 1 }
      return index
    }
    // The last eight bytes, some of them for the second time.
    index = limit &- 8
    return index &+ difference(start &+ index, other &+ index).trailingZeroBitCount / 8
  }

  /// How the eight bytes at two positions differ. Both must be inside the text: `alike` sees to it
  /// that eight bytes from each lie below its limit, which is no further than the text's end.
  @inline(__always)
  private func difference(_ start: Int, _ other: Int) -> UInt64 {
    // Any eight bytes are a UInt64.
    let first = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self)
    let second = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: other, as: UInt64.self)
    return UInt64(littleEndian: first ^ second)
  }

  /// A decimal number of at most 19 digits that a newline ends, and the start of the next line; nil
  /// where something else stands there.
  @inline(__always)
  func number(at start: Int) -> (value: UInt64, end: Int)? {
    if hasEightBytes(at: start) {
      let word = eightBytes(at: start)
      let digits = Self.digits(word)
      if digits < 8 {
        guard digits > 0, (word >> UInt64(8 &* digits)) & 0xFF == 0x0A else { return nil }
        return (Self.decimal(word, digits: digits), start &+ digits &+ 1)
      }
    }
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

  /// How many of eight bytes are digits before the first that is none.
  @inline(__always)
  private static func digits(_ word: UInt64) -> Int {
    // A digit is 0x30 with at most 9 on top: no carry out of its lower half when 6 more are added.
    let upper = word & 0xF0F0_F0F0_F0F0_F0F0 ^ 0x3030_3030_3030_3030
    let lower = ((word & 0x0F0F_0F0F_0F0F_0F0F) &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
    return (upper | lower).trailingZeroBitCount / 8
  }

  /// The number that the first one to seven of eight bytes write.
  @inline(__always)
  private static func decimal(_ word: UInt64, digits: Int) -> UInt64 {
    // Zeros in front make it eight digits, which are added up in pairs, fours and eights.
    let eight = (word & 0x0F0F_0F0F_0F0F_0F0F) << UInt64(8 &* (8 &- digits))
    let pairs = (eight &* 10 &+ eight >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
  }

  /// Whether eight bytes from `offset` on are inside the text.
  @inline(__always)
  private func hasEightBytes(at offset: Int) -> Bool { offset &+ 8 <= count }

  /// The first position at or after `start` that holds no space.
  @inline(__always)
  func skippingSpaces(from start: Int) -> Int {
    var position = start
    while hasEightBytes(at: position) {
      let difference = eightBytes(at: position) ^ 0x2020_2020_2020_2020
      guard difference == 0 else { return position &+ difference.trailingZeroBitCount / 8 }
      position &+= 8
    }
    while position < count, self[position] == .space { position &+= 1 }
    return position
  }

  /// The first position at or after `start` that holds a space or a control character, or the end.
  @inline(__always)
  func endOfWord(from start: Int) -> Int {
    var position = start
    while hasEightBytes(at: position) {
      let found = Self.bytesBelow0x21(eightBytes(at: position))
      guard found == 0 else { return position &+ found.trailingZeroBitCount / 8 }
      position &+= 8
    }
    while position < count, self[position] > .space { position &+= 1 }
    return position
  }

  /// The first newline at or after `start`, or the end.
  @inline(__always)
  func endOfLine(from start: Int) -> Int {
    var position = start
    while hasEightBytes(at: position) {
      let found = Self.zeroBytes(eightBytes(at: position) ^ 0x0A0A_0A0A_0A0A_0A0A)
      guard found == 0 else { return position &+ found.trailingZeroBitCount / 8 }
      position &+= 8
    }
    while position < count, self[position] != .newline { position &+= 1 }
    return position
  }

  /// The first eight bytes of a word, the first one in the lowest bits, with zeros where it is shorter.
  @inline(__always)
  func shortWord(_ range: Range<Int>) -> UInt64 {
    let length = range.upperBound &- range.lowerBound
    guard hasEightBytes(at: range.lowerBound) else {
      var word: UInt64 = 0
      for index in range.prefix(8).reversed() { word = word << 8 | UInt64(self[index]) }
      return word
    }
    let word = eightBytes(at: range.lowerBound)
    // A shift of 64 and more gives zero, as an empty word should.
    return length >= 8 ? word : word & ~(UInt64.max << UInt64(length &* 8))
  }

  /// The top bit of each byte that is zero. A carry may mark a byte above the first zero as well, never
  /// one below it: the lowest mark is right.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// The same for bytes below 0x21.
  @inline(__always)
  private static func bytesBelow0x21(_ word: UInt64) -> UInt64 {
    (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
  }
}

extension UInt64 {
  /// A text's first eight ASCII characters as `Span.shortWord` gives them.
  @inline(__always)
  init(shortWord text: StaticString) {
    self = 0
    text.withUTF8Buffer { bytes in
      for index in (0..<Swift.min(8, bytes.count)).reversed() {
        self = self << 8 | UInt64(unsafe bytes[index])
      }
    }
  }
}
