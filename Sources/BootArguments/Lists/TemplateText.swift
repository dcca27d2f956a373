internal import SourceText

/// Parts of a text that a program fills in before the text is what it will be.
enum TemplateText {
  /// The same text with a byte that stands for something unknown in place of every byte of
  /// `{{ … }}`, `{% … %}` and `<% … %>`, as far as they stand in one line: for readers to which
  /// blanks and brackets mean something.
  static func masked(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var position = 0
    while position + 1 < bytes.count {
      guard let close = closer(bytes[position], bytes[position + 1]) else {
        position += 1
        continue
      }
      let line = bytes[(position + 2)...].prefix(limit).prefix { $0 != 0x0A }
      guard let end = line.firstRange(of: close)?.upperBound else {
        position += 2
        continue
      }
      for index in position..<end { result[index] = 1 }
      position = end
    }
    return result
  }

  private static let limit = 512

  private static func closer(_ first: UInt8, _ second: UInt8) -> [UInt8]? {
    switch (first, second) {
    case (UInt8(ascii: "{"), UInt8(ascii: "{")): Array("}}".utf8)
    case (UInt8(ascii: "{"), UInt8(ascii: "%")): Array("%}".utf8)
    case (UInt8(ascii: "<"), UInt8(ascii: "%")): Array("%>".utf8)
    default: nil
    }
  }
}
