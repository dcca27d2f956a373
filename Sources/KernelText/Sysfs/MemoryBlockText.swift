package import HostModel

/// The one-line files under /sys/devices/system/memory.
package enum MemoryBlockText {
  /// memoryN/state.
  package static func state(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> MemoryBlock.State {
    let word = try SettingText.range(text, file: file)
    guard text.isVisibleASCII(word) else {
      throw ParseError(
        .malformed(expected: "online, offline or going-offline"),
        file: file,
        line: 1
      )
    }
    return state(text, word)
  }

  /// The state that a word names.
  static func state(_ text: Span<UInt8>, _ word: Range<Int>) -> MemoryBlock.State {
    if text.equals(word, "online") { return .online }
    if text.equals(word, "offline") { return .offline }
    if text.equals(word, "going-offline") { return .goingOffline }
    return .other(text.string(word))
  }

  /// memoryN/valid_zones: empty for the kernel's `none`.
  package static func validZones(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> [ZoneKind] {
    let line = try SettingText.range(text, file: file)
    var zones: [ZoneKind] = []
    var word = text.word(from: line.lowerBound, in: line)
    while !word.isEmpty {
      guard text.isVisibleASCII(word), zones.count < 16 else {
        throw ParseError(
          .malformed(expected: "names of zones, such as `Normal Movable`"),
          file: file,
          line: 1
        )
      }
      if !text.equals(word, "none") { zones.append(ZoneKind(name: text.string(word))) }
      word = text.word(from: word.upperBound, in: line)
    }
    return zones
  }

  /// block_size_bytes: hexadecimal without a prefix.
  package static func blockSize(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> ByteCount {
    let size = try hexadecimal(text, field: "the block size", file: file)
    // The kernel itself stops booting on any other size (drivers/base/memory.c, memory_dev_init).
    guard size.nonzeroBitCount == 1 else {
      throw ParseError(
        .malformed(expected: "a power of two in hexadecimal, such as 8000000"),
        file: file,
        line: 1
      )
    }
    return ByteCount(size)
  }

  /// memoryN/phys_index: the block's number in hexadecimal.
  package static func physicalIndex(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> UInt64 {
    try hexadecimal(text, field: "the block number", file: file)
  }

  private static func hexadecimal(
    _ text: Span<UInt8>,
    field: String,
    file: String
  ) throws(ParseError) -> UInt64 {
    var word = try SettingText.range(text, file: file)
    if text.hasPrefix(word, "0x") { word = word.lowerBound + 2..<word.upperBound }
    guard let number = text.hexadecimal(word) else {
      throw ParseError(.notANumber(field: field), file: file, line: 1)
    }
    return number
  }
}
