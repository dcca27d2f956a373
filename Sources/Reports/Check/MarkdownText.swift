/// Text of strangers in a Markdown page.
///
/// Backslashes disarm what Markdown itself reads. Sites also make links of addresses and names
/// after that, which an empty comment in between prevents.
enum MarkdownText {
  /// On one line, fit for a cell of a table.
  static func escaped(_ text: String) -> String {
    var result = ""
    let scalars = Array(flat(text).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "$": result += "\\" + String(scalar)
      case "@": result += "@<!-- -->"
      // `www.` becomes a link, `:name:` a picture.
      case "." where result.hasSuffix("w") || result.hasSuffix("W"): result += "<!-- -->."
      case ":" where !next.properties.isWhitespace: result += ":<!-- -->"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// As code, in a cell of a table.
  static func code(_ text: String) -> String {
    let text = flat(text)
    var longest = 0
    var run = 0
    for scalar in text.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    // Tables are cut at bars before code is looked for.
    let body = text.replacing("|", with: "\\|")
    let needsBlank = body.hasPrefix("`") || body.hasSuffix("`") || body.isEmpty
    return needsBlank ? "\(fence) \(body) \(fence)" : fence + body + fence
  }

  /// At most that many characters of a text; hostile ones fill the page.
  static func clipped(_ text: String, _ count: Int) -> String {
    guard text.unicodeScalars.prefix(count + 1).count > count else { return text }
    return String(text.unicodeScalars.prefix(count)) + "…"
  }

  /// On one line, hidden characters written out.
  private static func flat(_ text: String) -> String {
    TerminalText(usesUnicode: true).prose(text)
  }
}
