/// One line of a text without its line break.
struct TextLine {
  let bytes: [UInt8]
  let range: Range<Int>

  static func lines(of bytes: [UInt8]) -> [TextLine] {
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

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// The first word from a place on (from the line's start); empty where there is none.
  func word(at offset: Int) -> Range<Int> {
    let rest = bytes[(range.lowerBound + offset)..<range.upperBound]
    let start = rest.firstIndex { !Self.isBlank($0) } ?? range.upperBound
    let end = bytes[start..<range.upperBound].firstIndex { Self.isBlank($0) } ?? range.upperBound
    return start..<end
  }

  /// The rest of the line from a place in the text on, without blanks at its ends.
  func trimmed(from start: Int) -> Range<Int> {
    var start = min(start, range.upperBound)
    var end = range.upperBound
    while start < end, Self.isBlank(bytes[start]) { start += 1 }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }
}

extension BootFile.Fragment {
  /// A piece that means what it says, without any quoting.
  static func verbatim(_ range: Range<Int>, in bytes: [UInt8]) -> BootFile.Fragment {
    BootFile.Fragment(
      text: String(decoding: bytes[range], as: UTF8.self),
      offsets: Array(range.lowerBound...range.upperBound),
      range: range,
      rewriting: .words { $0 }
    )
  }
}
