extension SourceLocation {
  /// The place of a byte.
  ///
  /// - Parameters:
  ///   - offset: The byte; the end of the text where it is behind it.
  ///   - bytes: The text.
  ///   - file: The text's file.
  ///   - firstLine: The line of the file on which the text begins.
  package init(of offset: Int, in bytes: [UInt8], file: String, firstLine: Int = 1) {
    let before = bytes[..<max(0, min(offset, bytes.count))]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? Self.textStart(bytes)
    self.init(
      file: file,
      line: before.count { $0 == 0x0A } + firstLine,
      column: Self.scalars(in: before.dropFirst(lineStart)) + 1
    )
  }

  /// The places of many bytes, in one pass over the text.
  package static func places(
    of offsets: [Int],
    in bytes: [UInt8],
    file: String,
    firstLine: Int = 1
  ) -> [SourceLocation] {
    var places = [SourceLocation?](repeating: nil, count: offsets.count)
    var place = SourceLocation(file: file, line: firstLine)
    var position = textStart(bytes)
    for index in offsets.indices.sorted(by: { offsets[$0] < offsets[$1] }) {
      while position < min(offsets[index], bytes.count) {
        if bytes[position] == 0x0A {
          place.line += 1
          place.column = 1
        } else if beginsScalar(bytes[position]) {
          place.column += 1
        }
        position += 1
      }
      places[index] = place
    }
    return places.compactMap { $0 }
  }

  /// How many columns some bytes take, up to the end of their first line; one at least.
  package static func length(of range: Range<Int>, in bytes: [UInt8]) -> Int {
    let part = bytes[range.clamped(to: 0..<bytes.count)].prefix { $0 != 0x0A && $0 != 0x0D }
    return max(1, scalars(in: part))
  }

  /// The line of a text that this place is in, without its line break and without a byte order
  /// mark; nil where the text has no such line.
  package func line(in bytes: [UInt8]) -> String? {
    var start = Self.textStart(bytes)
    for _ in 1..<max(1, line) {
      guard let feed = bytes[start...].firstIndex(of: 0x0A) else { return nil }
      start = feed + 1
    }
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    let text = bytes[start..<end]
    return String(decoding: text.last == 0x0D ? text.dropLast() : text, as: UTF8.self)
  }

  /// Behind a byte order mark.
  package static func textStart(_ bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  package static func scalars(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.count(where: beginsScalar)
  }

  /// Continuation bytes of UTF-8 belong to the scalar that they follow.
  package static func beginsScalar(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
