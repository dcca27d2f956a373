internal import HostModel

// What single lines and words of the file say.

extension ZoneInfoParser {
  /// Whether a line is what a shell or a dump puts around the file: a prompt, the command, a headline
  /// such as Android's `------ ZONEINFO (/proc/zoneinfo) ------`.
  static func isFrame(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    switch text[line.lowerBound] {
    case UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "["), UInt8(ascii: "="): return true
    case UInt8(ascii: "-"): return text.hasPrefix(line, "---")
    default: break
    }
    let word = text.word(from: line.lowerBound, in: line)
    return text.firstIndex(of: UInt8(ascii: "@"), in: word) != nil && text.isVisibleASCII(word)
      || text.hasPrefix(word, "/proc/zoneinfo")
  }

  /// `(0, 3019, 8395)`: one entry per zone that the kernel was built with.
  func protection(
    _ text: Span<UInt8>,
    _ range: Range<Int>
  ) throws(ParseError) -> [UInt64] {
    var values: [UInt64] = []
    values.reserveCapacity(6)
    var position = range.lowerBound
    var isClosed = false
    while position < range.upperBound {
      let byte = text[position]
      if byte.isDigit {
        var end = position
        while end < range.upperBound, text[end].isDigit { end += 1 }
        guard values.count < 64, let value = text.decimal(position..<end) else {
          throw failure(.numberTooLarge(field: "protection"))
        }
        values.append(value)
        position = end
        continue
      }
      switch byte {
      case UInt8(ascii: ")"): isClosed = true
      case UInt8(ascii: "("), UInt8(ascii: ","), .space, 0x09: break
      default: throw failure(.notANumber(field: "protection"))
      }
      position += 1
    }
    guard isClosed else { throw failure(.truncated(inside: "protection", missing: "\")\"")) }
    return values
  }

  /// The zone of that name, without making a string for the names that every kernel has.
  static func kind(_ text: Span<UInt8>, _ name: Range<Int>) -> ZoneKind {
    if text.equals(name, "Normal") { return .normal }
    if text.equals(name, "Movable") { return .movable }
    if text.equals(name, "DMA") { return .dma }
    if text.equals(name, "DMA32") { return .dma32 }
    if text.equals(name, "Device") { return .device }
    if text.equals(name, "HighMem") { return .highMem }
    return .other(text.string(name))
  }
}
