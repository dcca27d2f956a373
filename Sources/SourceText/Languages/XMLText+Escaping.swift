extension XMLText {
  /// Text between tags.
  package static func escaped(_ text: String) -> String { escaped(text, more: [:]) }

  /// Text that may stand in an attribute too, where quotes end it and line breaks become blanks.
  package static func escapedForAttributes(_ text: String) -> String {
    escaped(text, more: ["\"": "&quot;", "\n": "&#10;", "\t": "&#9;"])
  }

  private static func escaped(_ text: String, more: [Unicode.Scalar: String]) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default:
        if let reference = more[scalar] {
          result += reference
        } else {
          result.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
        }
      }
    }
    return result
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
