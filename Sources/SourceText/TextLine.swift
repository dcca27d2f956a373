/// One line of a text without its line break.
package struct TextLine {
  package let bytes: [UInt8]
  package let range: Range<Int>

  package init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  package static func lines(of bytes: [UInt8]) -> [TextLine] {
    var lines: [TextLine] = []
    var start = 0
    while start < bytes.count {
      let feed = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let end = feed > start && bytes[feed - 1] == 0x0D ? feed - 1 : feed
      lines.append(TextLine(bytes: bytes, range: start..<end))
      start = feed + 1
    }
    return lines
  }

  package static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// The first word from a place on (from the line's start); empty where there is none.
  package func word(at offset: Int) -> Range<Int> {
    let rest = bytes[(range.lowerBound + offset)..<range.upperBound]
    let start = rest.firstIndex { !Self.isBlank($0) } ?? range.upperBound
    let end = bytes[start..<range.upperBound].firstIndex { Self.isBlank($0) } ?? range.upperBound
    return start..<end
  }

  /// The rest of the line from a place in the text on, without blanks at its ends.
  package func trimmed(from start: Int) -> Range<Int> {
    var start = min(start, range.upperBound)
    var end = range.upperBound
    while start < end, Self.isBlank(bytes[start]) { start += 1 }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }
}
