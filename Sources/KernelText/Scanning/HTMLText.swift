/// HTML around and inside the lines of a log that was copied out of a page's source.
enum HTMLText {
  /// Replaces entities and removes the tags that a listing has.
  static func decode(_ text: inout [UInt8]) {
    var kept = 0
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "&"), let (byte, end) = entity(text, at: index) {
        text[kept] = byte
        kept += 1
        index = end
      } else if text[index] == UInt8(ascii: "<"), let end = tag(text, at: index) {
        index = end
      } else {
        text[kept] = text[index]
        kept += 1
        index += 1
      }
    }
    text.removeLast(text.count - kept)
  }

  private static let entities: [(StaticString, UInt8)] = [
    ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")), ("amp", UInt8(ascii: "&")),
    ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")), ("nbsp", .space), ("#39", 0x27),
    ("#34", 0x22), ("#160", .space), ("#32", .space), ("#x27", 0x27), ("#x3D", 0x3D),
    ("#x3d", 0x3D), ("#61", 0x3D), ("equals", 0x3D), ("ast", UInt8(ascii: "*")),
    ("lpar", UInt8(ascii: "(")), ("rpar", UInt8(ascii: ")")), ("lbrack", UInt8(ascii: "[")),
    ("rbrack", UInt8(ascii: "]")), ("#91", UInt8(ascii: "[")), ("#93", UInt8(ascii: "]")),
    ("#42", UInt8(ascii: "*")), ("#40", UInt8(ascii: "(")), ("#41", UInt8(ascii: ")")),
  ]

  private static func entity(_ text: [UInt8], at start: Int) -> (UInt8, end: Int)? {
    let limit = min(text.count, start + 10)
    guard let end = text[start..<limit].firstIndex(of: UInt8(ascii: ";")) else { return nil }
    for (name, byte) in entities where text.span.equals(start + 1..<end, name) {
      return (byte, end + 1)
    }
    return nil
  }

  private static let tags: [StaticString] = [
    "br", "p", "pre", "code", "span", "div", "td", "tr", "li", "b", "i", "font", "a", "samp", "tt",
  ]

  /// Behind a tag that begins there; nil where it is something else in angle brackets.
  private static func tag(_ text: [UInt8], at start: Int) -> Int? {
    var first = start + 1
    if first < text.count, text[first] == UInt8(ascii: "/") { first += 1 }
    var last = first
    while last < text.count, (0x61...0x7A).contains(text[last]) { last += 1 }
    guard tags.contains(where: { text.span.equals(first..<last, $0) }),
      let end = text[last...].firstIndex(of: UInt8(ascii: ">")), end - start < 200
    else { return nil }
    return end + 1
  }
}
