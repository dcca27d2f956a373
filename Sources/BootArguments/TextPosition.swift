/// A place in a text as editors count it.
package struct TextPosition: Hashable, Sendable {
  /// From 1.
  package let line: Int
  /// From 1, in characters (Unicode scalars).
  package let column: Int

  /// The place of a byte.
  init(of offset: Int, in bytes: [UInt8]) {
    let before = bytes[..<min(offset, bytes.count)]
    let lineStart = (before.lastIndex(of: 0x0A) ?? -1) + 1
    line = before.count { $0 == 0x0A } + 1
    // Continuation bytes of UTF-8 belong to the character that they follow.
    column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
  }

  /// The places of many bytes, in one pass over the text.
  static func places(of offsets: [Int], in bytes: [UInt8]) -> [TextPosition] {
    var places = [TextPosition?](repeating: nil, count: offsets.count)
    var line = 1
    var column = 1
    var position = 0
    for index in offsets.indices.sorted(by: { offsets[$0] < offsets[$1] }) {
      while position < min(offsets[index], bytes.count) {
        if bytes[position] == 0x0A {
          line += 1
          column = 1
        } else if bytes[position] & 0xC0 != 0x80 {
          column += 1
        }
        position += 1
      }
      places[index] = TextPosition(line: line, column: column)
    }
    return places.compactMap { $0 }
  }

  /// How many characters some bytes are, up to the end of their first line; one at least.
  static func length(of range: Range<Int>, in bytes: [UInt8]) -> Int {
    let part = bytes[range.clamped(to: 0..<bytes.count)].prefix { $0 != 0x0A && $0 != 0x0D }
    return max(1, part.count { $0 & 0xC0 != 0x80 })
  }

  /// The line of a text that this place is in, without its line break and without a byte order
  /// mark, so that columns count from its first character; nil where the text has no such line.
  package func lineText(in bytes: [UInt8]) -> String? {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for _ in 1..<max(1, line) {
      guard let feed = bytes[start...].firstIndex(of: 0x0A) else { return nil }
      start = feed + 1
    }
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    let text = bytes[start..<end]
    return String(decoding: text.last == 0x0D ? text.dropLast() : text, as: UTF8.self)
  }

  private init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
