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
