internal import TestSupport
internal import Testing

/// A way in which a kernel's messages reach people.
struct LogWrap: Sendable, CustomTestStringConvertible {
  var name: String
  /// Where it is met.
  var source: String
  /// Puts messages into it.
  var wrapped: @Sendable ([String], inout SeededGenerator) -> String

  init(
    _ name: String,
    _ source: String,
    _ wrapped: @escaping @Sendable ([String], inout SeededGenerator) -> String
  ) {
    self.name = name
    self.source = source
    self.wrapped = wrapped
  }

  /// One that puts the same in front of every line, and behind it.
  init(_ name: String, _ source: String, before: String, after: String = "") {
    self.init(name, source) { lines, _ in
      lines.map { before + $0 + after + "\n" }.joined()
    }
  }

  var testDescription: String { name }

  static func stamped(_ line: String) -> String { "[    0.012345] " + line }

  static func json(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Breaks lines as a mail program does: at the last blank in front of the width.
  static func brokenAtBlanks(_ line: String, width: Int) -> [String] {
    var pieces: [String] = []
    var rest = Substring(line)
    while rest.utf8.count > width {
      // A blank at the beginning of the text is not one to break at.
      let head = rest.prefix(width + 1)
      let inside = head.dropFirst(20)
      guard let blank = inside.lastIndex(of: " ") else { break }
      pieces.append(String(rest[..<blank]))
      rest = rest[rest.index(after: blank)...].drop { $0 == " " }
    }
    return pieces + [String(rest)]
  }

  /// Breaks lines as a terminal does: anywhere.
  static func brokenAnywhere(_ line: String, width: Int) -> [String] {
    var pieces: [String] = []
    var rest = Substring(line)
    while rest.utf8.count > width {
      pieces.append(String(rest.prefix(width)))
      rest = rest.dropFirst(width)
    }
    return pieces + [String(rest)]
  }

  /// As RFC 2045 has it, with lines of at most 76 characters.
  static func quotedPrintable(_ line: String) -> String {
    let encoded = line.replacing("=", with: "=3D")
    var lines: [String] = []
    var rest = Substring(encoded)
    while rest.utf8.count > 75 {
      var end = rest.index(rest.startIndex, offsetBy: 75)
      // An escape stays in one piece.
      while rest[..<end].suffix(2).contains("=") { end = rest.index(before: end) }
      lines.append(rest[..<end] + "=")
      rest = rest[end...]
    }
    return (lines + [String(rest)]).joined(separator: "\n")
  }
}
