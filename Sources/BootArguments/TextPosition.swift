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
}
