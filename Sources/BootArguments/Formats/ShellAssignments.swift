/// Reads `NAME=value` lines out of a shell text, with the value's quoting undone.
///
/// It knows quotes, escapes, expansions and comments: enough to find where a value ends and where
/// each of its bytes stands. It runs nothing; what an expansion would give stays opaque.
struct ShellAssignments {
  struct Assignment {
    var name: String
    var fragment: BootFile.Fragment
  }

  let bytes: [UInt8]
  let file: String
  private var position = 0

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// All assignments to these names, in order.
  mutating func read(_ names: [String]) throws(BootArgumentsError) -> [Assignment] {
    var found: [Assignment] = []
    while position < bytes.count {
      skipBlanks()
      if peek == UInt8(ascii: "#") {
        skipLine()
        continue
      }
      if let name = assignedName(names) {
        found.append(Assignment(name: name, fragment: try value()))
      }
      try skipCommand()
    }
    return found
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
      || byte == UInt8(ascii: ";")
    { position += 1 }
  }

  private mutating func skipLine() {
    position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
  }

  /// Takes `[export ]NAME=` (or `+=`) where NAME is one that is asked for.
  private mutating func assignedName(_ names: [String]) -> String? {
    var start = position
    let export = Array("export ".utf8)
    if bytes[start...].starts(with: export) { start += export.count }
    for name in names where bytes[start...].starts(with: name.utf8) {
      var next = start + name.utf8.count
      if next < bytes.count, bytes[next] == UInt8(ascii: "+") { next += 1 }
      guard next < bytes.count, bytes[next] == UInt8(ascii: "=") else { continue }
      position = next + 1
      return name
    }
    return nil
  }

  /// Leaves the rest of a simple command: to the end of its line or to `;`, quotes considered.
  private mutating func skipCommand() throws(BootArgumentsError) {
    var isWordStart = true
    while let byte = peek, byte != 0x0A, byte != UInt8(ascii: ";") {
      switch byte {
      case UInt8(ascii: "#") where isWordStart:
        skipLine()
        return
      case UInt8(ascii: "\\"): position = min(position + 2, bytes.count)
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"):
        var value = ShellValue(bytes: bytes, position: position, file: file)
        try value.readPart()
        position = value.position
      default: position += 1
      }
      isWordStart = byte == 0x20 || byte == 0x09
    }
  }

  private mutating func value() throws(BootArgumentsError) -> BootFile.Fragment {
    var value = ShellValue(bytes: bytes, position: position, file: file)
    let start = position
    try value.read()
    position = value.position
    return BootFile.Fragment(
      text: String(decoding: value.text, as: UTF8.self),
      offsets: value.offsets + [value.contentEnd],
      range: start..<position,
      rewriting: value.rewriting
    )
  }
}

/// One word of shell: what it says and where each byte of that stands.
struct ShellValue {
  let bytes: [UInt8]
  var position: Int
  let file: String
  private let start: Int
  private(set) var text: [UInt8] = []
  private(set) var offsets: [Int] = []
  /// Behind the last byte of content, in front of a closing quote.
  private(set) var contentEnd: Int
  /// Kinds of quoting that the word has: `"`, `'`, or 0 for none.
  private var quotes: Set<UInt8> = []
  private var parts = 0

  init(bytes: [UInt8], position: Int, file: String) {
    self.bytes = bytes
    self.position = position
    self.file = file
    start = position
    contentEnd = position
  }

  /// How this word takes changed arguments.
  var rewriting: BootFile.Fragment.Rewriting {
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
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"): return
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
      try readPlain(until: { byte in
        [0x20, 0x09, 0x0A, 0x0D, 0x22, 0x27, 0x3B, 0x26, 0x7C].contains(byte)
      })
      contentEnd = position
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
      case UInt8(ascii: "$"), UInt8(ascii: "`"):
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
