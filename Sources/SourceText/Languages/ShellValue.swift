/// One word of shell: what it says and where each byte of that stands.
package struct ShellValue {
  package let bytes: [UInt8]
  package var position: Int
  package let file: String
  private let start: Int
  /// Whether `$` and backticks put something in.
  private let expands: Bool
  package private(set) var text: [UInt8] = []
  package private(set) var offsets: [Int] = []
  /// Behind the last byte of content, in front of a closing quote.
  private(set) var contentEnd: Int
  /// Kinds of quoting that the word has: `"`, `'`, or 0 for none.
  private var quotes: Set<UInt8> = []
  private var parts = 0

  package init(bytes: [UInt8], position: Int, file: String, expands: Bool = true) {
    self.expands = expands
    self.bytes = bytes
    self.position = position
    self.file = file
    start = position
    contentEnd = position
  }

  /// What the word says; U+0001 stands for what an expansion puts in.
  package var string: String { String(decoding: text, as: UTF8.self) }

  /// Where each byte of `string` stands; one more for the end.
  package var places: [Int] { offsets + [contentEnd] }

  /// With its quotes.
  package var range: Range<Int> { start..<position }

  /// Whether `$` or backticks put something in.
  package var hasExpansion: Bool { text.contains(1) }

  /// How a word is quoted.
  package enum Quoting: Hashable, Sendable {
    case none
    case single
    case double
    /// Several parts, each quoted in its own way.
    case mixed
  }

  package var quoting: Quoting {
    guard parts <= 1 else { return .mixed }
    switch quotes.first {
    case UInt8(ascii: "\""): return .double
    case UInt8(ascii: "'"): return .single
    default: return .none
    }
  }

  /// Reads up to the blank or line break that ends the word.
  package mutating func read() throws(LocatedError) {
    while position < bytes.count {
      switch bytes[position] {
      case let byte where Self.isEnd(byte, expands): return
      default: try readPart()
      }
    }
  }

  /// Reads a quoted part, an expansion, or plain text.
  package mutating func readPart() throws(LocatedError) {
    switch bytes[position] {
    case UInt8(ascii: "'"):
      note(UInt8(ascii: "'"))
      let open = position
      guard let close = bytes[(open + 1)...].firstIndex(of: UInt8(ascii: "'")) else {
        throw failure(at: open, "this quote is never closed")
      }
      for index in (open + 1)..<close { append(bytes[index], at: index) }
      contentEnd = close
      position = close + 1
    case UInt8(ascii: "\""):
      note(UInt8(ascii: "\""))
      try readDoubleQuoted()
    default:
      if quotes != [0] { note(0) }
      try readPlain(until: { [expands] byte in
        Self.isEnd(byte, expands) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
      })
      contentEnd = position
    }
  }

  /// Blanks and line breaks; in a shell also what ends a command.
  private static func isEnd(_ byte: UInt8, _ isShell: Bool) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D: true
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"): isShell
    default: false
    }
  }

  private mutating func note(_ quote: UInt8) {
    quotes.insert(quote)
    parts += 1
  }

  private mutating func append(_ byte: UInt8, at offset: Int) {
    text.append(byte)
    offsets.append(offset)
  }

  private mutating func readDoubleQuoted() throws(LocatedError) {
    let open = position
    position += 1
    try readPlain(until: { $0 == UInt8(ascii: "\"") }, inQuotes: true)
    guard position < bytes.count else { throw failure(at: open, "this quote is never closed") }
    contentEnd = position
    position += 1
  }

  private mutating func readPlain(
    until isEnd: (UInt8) -> Bool,
    inQuotes: Bool = false
  ) throws(LocatedError) {
    while position < bytes.count, !isEnd(bytes[position]) {
      switch bytes[position] {
      case UInt8(ascii: "\\") where position + 1 < bytes.count:
        let next = bytes[position + 1]
        let escapes = !inQuotes || "\\\"$`\n".utf8.contains(next)
        if next == 0x0A {
          // A line that goes on: neither byte is part of the value.
        } else if escapes {
          append(next, at: position)
        } else {
          append(bytes[position], at: position)
          append(next, at: position + 1)
        }
        position += 2
      case UInt8(ascii: "$") where expands, UInt8(ascii: "`") where expands:
        let begin = position
        try skipExpansion()
        append(1, at: begin)
      default:
        append(bytes[position], at: position)
        position += 1
      }
    }
  }

  /// Leaves `$NAME`, `${…}`, `$(…)` or a pair of backticks.
  private mutating func skipExpansion() throws(LocatedError) {
    let open = position
    position += 1
    guard bytes[open] == UInt8(ascii: "$") else {
      try skip(to: UInt8(ascii: "`"), from: open)
      return
    }
    switch position < bytes.count ? bytes[position] : 0 {
    case UInt8(ascii: "("):
      try skipNested(open: UInt8(ascii: "("), close: UInt8(ascii: ")"), from: open)
    case UInt8(ascii: "{"):
      try skipNested(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), from: open)
    default:
      while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }

  private mutating func skip(to close: UInt8, from open: Int) throws(LocatedError) {
    while position < bytes.count, bytes[position] != close {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else { throw failure(at: open, "this is never closed") }
    position += 1
  }

  private mutating func skipNested(
    open opener: UInt8,
    close: UInt8,
    from start: Int
  ) throws(LocatedError) {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case opener: depth += 1
      case close: depth -= 1
      case UInt8(ascii: "\\"): position += 1
      case UInt8(ascii: "'"):
        position += 1
        try skip(to: UInt8(ascii: "'"), from: position - 1)
        continue
      case UInt8(ascii: "\""):
        position += 1
        try skip(to: UInt8(ascii: "\""), from: position - 1)
        continue
      default: break
      }
      position += 1
      if depth == 0 { return }
    }
    throw failure(at: start, "this expansion is never closed")
  }

  private func failure(at offset: Int, _ problem: String) -> LocatedError {
    return LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
