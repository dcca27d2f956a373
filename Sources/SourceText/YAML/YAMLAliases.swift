/// Anchors and aliases of YAML as they stand in the text, before anything follows them.
package enum YAMLAliases {
  /// The first key that aliases may stand in, in a text with enough of them to do harm: comparing two
  /// such keys would take as long as writing out what the aliases stand for, of a few lines
  /// gigabytes. As values they cost nothing until they are read.
  package static func suspectKey(in bytes: [UInt8]) -> Int? {
    var anchors = 0
    var aliases = 0
    var suspect: Int?
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "&") where begins(index, bytes): anchors += 1
      case UInt8(ascii: "*") where begins(index, bytes):
        aliases += 1
        if isKey(behind: nameEnd(from: index + 1, bytes), bytes) { suspect = suspect ?? index }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if isKey(behind: index + 1, bytes) { suspect = suspect ?? index }
      case UInt8(ascii: "?") where begins(index, bytes, name: false): suspect = suspect ?? index
      default: continue
      }
    }
    // Fewer can't stand for much.
    return anchors > 2 && aliases > 8 ? suspect : nil
  }

  private static func begins(_ index: Int, _ bytes: [UInt8], name: Bool = true) -> Bool {
    let before = index == 0 ? 0x0A : bytes[index - 1]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
    guard " \t\r\n,[{:-?".utf8.contains(before) else { return false }
    return name ? isNameByte(next) : " \t\r\n".utf8.contains(next)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x2D, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  private static func nameEnd(from start: Int, _ bytes: [UInt8]) -> Int {
    bytes[start...].prefix(256).firstIndex { !isNameByte($0) } ?? min(start + 256, bytes.count)
  }

  private static func isKey(behind start: Int, _ bytes: [UInt8]) -> Bool {
    let next = bytes[start...].prefix(256).first { $0 != 0x20 && $0 != 0x09 }
    return next == UInt8(ascii: ":")
  }
}
