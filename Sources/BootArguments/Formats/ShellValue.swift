/// One word of shell: what it says and where each byte of that stands.
struct ShellValue {
  let bytes: [UInt8]
  var position: Int
  let file: String
  private let start: Int
  /// Whether `$` and backticks put something in.
  private let expands: Bool
  private(set) var text: [UInt8] = []
  private(set) var offsets: [Int] = []
  /// Behind the last byte of content, in front of a closing quote.
  private(set) var contentEnd: Int
  /// Kinds of quoting that the word has: `"`, `'`, or 0 for none.
  private var quotes: Set<UInt8> = []
  private var parts = 0

  init(bytes: [UInt8], position: Int, file: String, expands: Bool = true) {
    self.expands = expands
    self.bytes = bytes
    self.position = position
    self.file = file
    start = position
    contentEnd = position
  }

  /// The word as a piece with kernel arguments in it.
  var fragment: BootFile.Fragment {
    BootFile.Fragment(
      text: String(decoding: text, as: UTF8.self),
      offsets: offsets + [contentEnd],
      range: start..<position,
      rewriting: rewriting
    )
  }

  /// How this word takes changed arguments.
  private var rewriting: BootFile.Fragment.Rewriting {
    guard parts <= 1 else {
      return .refused("the value mixes several kinds of quotes; write it in one pair of quotes")
    }
    switch quotes.first {
    case UInt8(ascii: "\""): return .words { ShellText.insideDoubleQuotes($0) }
    case UInt8(ascii: "'"): return .words { $0 }
    default:
      guard !text.contains(1) else {
        return .refused("the value is made by the shell; write it in double quotes")
      }
      return .whole { "\"" + ShellText.insideDoubleQuotes($0) + "\"" }
    }
  }

  /// Reads up to the blank or line break that ends the word.
  mutating func read() throws(BootArgumentsError) {
    while position < bytes.count {
      switch bytes[position] {
      case let byte where Self.isEnd(byte, expands): return
      default: try readPart()
      }
    }
  }

  /// Reads a quoted part, an expansion, or plain text.
  mutating func readPart() throws(BootArgumentsError) {
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

  private mutating func readDoubleQuoted() throws(BootArgumentsError) {
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
  ) throws(BootArgumentsError) {
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
  private mutating func skipExpansion() throws(BootArgumentsError) {
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

  private mutating func skip(to close: UInt8, from open: Int) throws(BootArgumentsError) {
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
  ) throws(BootArgumentsError) {
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

  private func failure(at offset: Int, _ problem: String) -> BootArgumentsError {
    let place = TextPosition(of: offset, in: bytes)
    return .file(file, line: place.line, column: place.column, problem: problem)
  }
}
