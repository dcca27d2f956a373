internal import SourceText

/// A piece of HTML. Text that stands in its literals is markup; text that is put in is escaped, so
/// that no name of a stranger can become markup.
struct HTML: ExpressibleByStringInterpolation {
  private(set) var markup = ""

  init() {}

  init(stringLiteral value: String) { markup = value }

  init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

  /// Markup of the page's own.
  init(own markup: String) { self.markup = markup }

  static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

  /// Pieces one behind the other.
  init(_ pieces: some Sequence<HTML>) { for piece in pieces { self += piece } }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: String) { markup += literal }

    mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

    mutating func appendInterpolation(_ pieces: some Sequence<HTML>) {
      for piece in pieces { markup += piece.markup }
    }

    mutating func appendInterpolation(_ number: Int) { markup += String(number) }

    /// A line of columns: tabs stay.
    mutating func appendInterpolation(line text: String) {
      for cell in text.split(separator: "\t", omittingEmptySubsequences: false).enumerated() {
        if cell.offset > 0 { markup += "\t" }
        appendInterpolation(String(cell.element))
      }
    }

    /// A text in which long words may be broken behind a dot, a dash and their like, and nowhere
    /// else.
    mutating func appendInterpolation(breaking text: String) {
      for word in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        if word.offset > 0 { markup += " " }
        append(word: word.element)
      }
    }

    private mutating func append(word: Substring) {
      guard word.utf8.count > Self.whole else { return appendInterpolation(String(word)) }
      var rest = word
      while let place = rest.firstIndex(where: Self.joints.contains) {
        let next = rest.index(after: place)
        appendInterpolation(String(rest[..<next]))
        rest = rest[next...]
        if !rest.isEmpty { markup += "<wbr>" }
      }
      appendInterpolation(String(rest))
    }

    /// Words up to so many letters stay whole.
    private static let whole = 12
    private static let joints: Set<Character> = [
      ".", "-", "_", "/", ":", "=", ",", ";", "@", "#", "+",
    ]

    mutating func appendInterpolation(_ text: String) {
      for scalar in text.unicodeScalars {
        switch scalar {
        case "<": markup += "&lt;"
        case ">": markup += "&gt;"
        case "&": markup += "&amp;"
        case "\"": markup += "&quot;"
        case "'": markup += "&#39;"
        case _ where scalar.isControl && scalar != "\n": markup += "?"
        default: markup.unicodeScalars.append(scalar)
        }
      }
    }
  }
}
