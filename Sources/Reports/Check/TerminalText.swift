internal import SourceText

/// Text of strangers as cells of a terminal: what steers it, or can't be seen, is written out.
///
/// Escape sequences are not the only danger: characters without width and those that turn the
/// writing direction make a line look different from what the kernel will read, and CI systems
/// take some lines of a log for commands.
struct TerminalText {
  /// What one scalar looks like.
  struct Cell: Hashable {
    var text: String
    /// Columns that it takes.
    var width: Int
  }

  /// Whether the terminal shows characters beyond ASCII.
  let usesUnicode: Bool

  /// Marks on one letter after which further ones are written out: a pile of them covers the
  /// lines above.
  private static let mostMarks = 3
  private static let tabWidth = 4

  /// One cell for each scalar of a line of a file.
  func cells(_ line: some Sequence<Unicode.Scalar>) -> [Cell] {
    var cells: [Cell] = []
    var column = 0
    var marks = 0
    var command = CommandStart()
    for scalar in line {
      var cell = cell(scalar, marks: marks, column: column)
      if command.isOpened(by: scalar) { cell = Self.escaped(scalar) }
      marks = Self.width(scalar) == 0 ? marks + 1 : 0
      column += cell.width
      cells.append(cell)
    }
    return cells
  }

  /// Prose in one line: line breaks become blanks.
  func prose(_ text: String) -> String {
    var result = ""
    var marks = 0
    var command = CommandStart()
    var previous: Unicode.Scalar = " "
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      defer { previous = scalar }
      if scalar == "\n" || scalar == "\r" || scalar == "\t" {
        result += " "
        continue
      }
      // At the start of a line `::` begins a workflow command, and wrapping may put it there.
      let isColons =
        scalar == ":" && previous.properties.isWhitespace && index + 1 < scalars.count
        && scalars[index + 1] == ":"
      let opens = command.isOpened(by: scalar)
      let cell =
        isColons || opens ? Self.escaped(scalar) : cell(scalar, marks: marks, column: 0)
      marks = Self.width(scalar) == 0 ? marks + 1 : 0
      result += cell.text
    }
    return result
  }

  /// Broken at blanks; a word that is longer than a line stays whole, so that paths can be copied.
  func wrapped(_ prose: String, first: Int, rest: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in prose.split(separator: " ") {
      let width = width(of: word)
      if !line.isEmpty, used + 1 + width > (lines.isEmpty ? first : rest) {
        lines.append(line)
        line = ""
        used = 0
      }
      used += width + (line.isEmpty ? 0 : 1)
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// Columns that text takes which is fit to be shown.
  func width(of text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + Self.width($1) }
  }

  // MARK: Scalars

  private func cell(_ scalar: Unicode.Scalar, marks: Int, column: Int) -> Cell {
    switch scalar {
    case "\t":
      let width = Self.tabWidth - column % Self.tabWidth
      return Cell(text: String(repeating: " ", count: width), width: width)
    case " "..."~": return Cell(text: String(scalar), width: 1)
    case _ where Self.isHidden(scalar): return Self.escaped(scalar)
    case _ where !usesUnicode: return Cell(text: "?", width: 1)
    default:
      let width = Self.width(scalar)
      if width == 0, marks >= Self.mostMarks { return Self.escaped(scalar) }
      return Cell(text: String(scalar), width: width)
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> Cell {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    let text = "<U+" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex + ">"
    return Cell(text: text, width: text.utf8.count)
  }

  /// Whether a scalar steers the terminal or can't be seen.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return true }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return true
    // A blank that is none to the kernel.
    case .spaceSeparator: return scalar != " "
    default: return false
    }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// East Asian wide and full-width characters, in blocks (Unicode, EastAsianWidth).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
    0x20000...0x3FFFD,
  ]
}

/// Follows text up to the bracket of `##[command]` or `##vso[command]`, which CI systems obey
/// wherever in a line it stands.
private struct CommandStart {
  private var hashes = 0

  mutating func isOpened(by scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "#": hashes += 1
    case "[": return hashes >= 2
    case "a"..."z", "A"..."Z": if hashes < 2 { hashes = 0 }
    default: hashes = 0
    }
    return false
  }
}
