/// How text is laid out and marked on the terminal that reads it.
package struct TextStyle: Hashable, Sendable {
  package var usesColor: Bool
  /// Whether the locale shows characters beyond ASCII.
  package var usesUnicode: Bool
  package var width: Int
  package var isVerbose: Bool
  /// Whether the terminal draws nothing: bars are said in words, for readers and for editors' shells.
  package var isPlain: Bool

  package init(
    usesColor: Bool = false,
    usesUnicode: Bool = true,
    width: Int = 80,
    isVerbose: Bool = false,
    isPlain: Bool = false
  ) {
    self.usesColor = usesColor
    self.usesUnicode = usesUnicode
    self.width = min(max(width, 40), 200)
    self.isVerbose = isVerbose
    self.isPlain = isPlain
  }

  /// Whether columns beside one another have no room: what would be a row is lines below its title.
  var isNarrow: Bool { width < 72 }

  /// Whether bars have room, and somebody who sees them.
  var showsBars: Bool { !isNarrow && !isPlain }

  package enum Mark: String {
    case bold = "1"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case dim = "2"
  }

  func marked(_ text: String, _ mark: Mark) -> String {
    usesColor ? "\u{1B}[\(mark.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Replaces what an ASCII terminal can't show; no meaning is lost.
  func encoded(_ text: String) -> String {
    guard !usesUnicode else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "▓": result += "#"
      case "░": result += "-"
      case "▒": result += "="
      case "·": result += "."
      case "→": result += "->"
      case "×": result += "x"
      case "−": result += "-"
      case "…": result += "..."
      case let scalar where scalar.isASCII: result.unicodeScalars.append(scalar)
      default: result += "?"
      }
    }
    return result
  }
}

extension String {
  /// Cut or filled with blanks at its end to `width` characters.
  func padded(_ width: Int) -> String {
    let count = self.count
    guard count < width else { return self }
    return self + String(repeating: " ", count: width - count)
  }

  /// Filled with blanks at its start to `width` characters.
  func aligned(_ width: Int) -> String {
    let count = self.count
    guard count < width else { return self }
    return String(repeating: " ", count: width - count) + self
  }
}
