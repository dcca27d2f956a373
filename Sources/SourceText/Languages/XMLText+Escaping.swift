extension XMLText {
  /// Text between tags.
  package static func escaped(_ text: String) -> String { escaped(text, isAttribute: false) }

  /// Text that may stand in an attribute too, where quotes end it and line breaks become blanks.
  package static func escapedForAttributes(_ text: String) -> String {
    escaped(text, isAttribute: true)
  }

  private static func escaped(_ text: String, isAttribute: Bool) -> String {
    var result: [UInt8] = []
    let replacement = UTF8.encodedReplacementCharacter
    result.reserveCapacity(text.utf8.count + text.utf8.count / 8)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;".utf8
      case "<": result += "&lt;".utf8
      case ">": result += "&gt;".utf8
      case "\"" where isAttribute: result += "&quot;".utf8
      case "\n" where isAttribute: result += "&#10;".utf8
      case "\t" where isAttribute: result += "&#9;".utf8
      case " "..."~": result.append(UInt8(truncatingIfNeeded: scalar.value))
      default: result += UTF8.encode(isAllowed(scalar) ? scalar : "\u{FFFD}") ?? replacement
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// XML 1.0, production 2, less what it advises against: most control characters can't stand in a
  /// text in any spelling.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD: true
    // The last two of each plane are no characters.
    case 0x10000...0x10FFFF: scalar.value & 0xFFFE != 0xFFFE
    default: false
    }
  }
}
