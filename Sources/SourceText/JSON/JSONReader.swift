/// Reads JSON (RFC 8259) piece by piece, as the caller asks for it; nothing is built in between.
///
/// Strict, because a snapshot that was cut or edited by accident must not pass for a host: names
/// may not repeat, numbers are whole, text is UTF-8, and every error has its line and column.
package struct JSONReader {
  let bytes: [UInt8]
  private let file: String
  /// Number of the text's first line in its file.
  private let firstLine: Int
  var position = 0
  private var depth = 0

  /// Deeper than anything that zonewise writes.
  private static let depthLimit = 32

  package init(_ bytes: [UInt8], file: String, firstLine: Int = 1) {
    self.bytes = bytes
    self.file = file
    self.firstLine = firstLine
  }

  /// An error at the place that was read last.
  package func error(_ why: String) -> LocatedError {
    LocatedError(
      why,
      at: SourceLocation(of: position, in: bytes, file: file, firstLine: firstLine)
    )
  }

  // MARK: Containers

  /// Hands each member's name to `member`, which must read or skip its value.
  package mutating func object(
    _ member: (inout JSONReader, String) throws(LocatedError) -> Void
  ) throws(LocatedError) {
    try open(UInt8(ascii: "{"), "an object")
    var names = MemberNames()
    if close(UInt8(ascii: "}")) { return }
    while true {
      blanks()
      let start = position
      let name = try string()
      guard names.insert(name) else {
        position = start
        throw error("\"\(name)\" stands here twice")
      }
      blanks()
      guard take(UInt8(ascii: ":")) else { throw error("expected a colon") }
      try member(&self, name)
      if close(UInt8(ascii: "}")) { return }
      guard take(UInt8(ascii: ",")) else { throw error("expected a comma or the object's end") }
    }
  }

  /// Calls `element` in front of each element, which it must read or skip.
  package mutating func array(
    _ element: (inout JSONReader) throws(LocatedError) -> Void
  ) throws(LocatedError) {
    try open(UInt8(ascii: "["), "an array")
    if close(UInt8(ascii: "]")) { return }
    while true {
      try element(&self)
      if close(UInt8(ascii: "]")) { return }
      guard take(UInt8(ascii: ",")) else { throw error("expected a comma or the array's end") }
    }
  }

  private mutating func open(_ byte: UInt8, _ what: String) throws(LocatedError) {
    blanks()
    guard take(byte) else { throw error("expected \(what)") }
    depth += 1
    guard depth <= Self.depthLimit else { throw error("nested too deeply") }
  }

  private mutating func close(_ byte: UInt8) -> Bool {
    blanks()
    guard take(byte) else { return false }
    depth -= 1
    return true
  }

  /// Nothing but blanks may follow.
  package mutating func end() throws(LocatedError) {
    blanks()
    guard position == bytes.count else { throw error("text behind the end") }
  }

  // MARK: Values

  /// The first byte of the next value, for telling its kind.
  package mutating func peek() -> UInt8? {
    blanks()
    return position < bytes.count ? bytes[position] : nil
  }

  package var isAtString: Bool {
    mutating get { peek() == UInt8(ascii: "\"") }
  }

  /// Whether an object comes next whose first member has that name.
  package func isAtObject(beginningWith name: String) -> Bool {
    var ahead = self
    ahead.blanks()
    guard ahead.take(UInt8(ascii: "{")) else { return false }
    ahead.blanks()
    return ahead.take("\"\(name)\"")
  }

  /// Takes `null` where it stands.
  package mutating func null() -> Bool {
    blanks()
    return take("null")
  }

  package mutating func bool() throws(LocatedError) -> Bool {
    blanks()
    if take("true") { return true }
    if take("false") { return false }
    throw error("expected true or false")
  }

  package mutating func number<Value: FixedWidthInteger>(
    _ type: Value.Type = Value.self
  ) throws(LocatedError) -> Value {
    blanks()
    let start = position
    if let value = shortNumber() {
      guard let number = Value(exactly: value) else {
        throw error("\(value) is out of range")
      }
      return number
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if position < bytes.count, [UInt8(ascii: "."), 0x45, 0x65].contains(bytes[position]) {
      throw error("expected a whole number")
    }
    let digits = text.hasPrefix("-") ? text.dropFirst() : Substring(text)
    guard !digits.isEmpty, digits.count == 1 || !digits.hasPrefix("0") else {
      position = start
      throw error("expected a number")
    }
    guard let value = Value(text) else {
      position = start
      throw error("\(text) is out of range")
    }
    return value
  }

  /// Takes one to eighteen digits that begin with no zero and that nothing of a number follows.
  private mutating func shortNumber() -> UInt64? {
    var end = position
    var value: UInt64 = 0
    while end < bytes.count, bytes[end] &- 0x30 < 10, end - position < 18 {
      value = value &* 10 &+ UInt64(bytes[end] &- 0x30)  // 18 digits fit
      end += 1
    }
    guard end > position, end < bytes.count, bytes[position] != 0x30 || end == position + 1 else {
      return nil
    }
    switch bytes[end] {
    case 0x30...0x39, UInt8(ascii: "."), 0x45, 0x65: return nil
    default: break
    }
    position = end
    return value
  }

  package mutating func string() throws(LocatedError) -> String {
    blanks()
    guard take(UInt8(ascii: "\"")) else { throw error("expected a string") }
    let start = position
    while position < bytes.count, bytes[position] >= 0x20, bytes[position] != 0x22,
      bytes[position] != 0x5C
    { position += 1 }
    guard position < bytes.count, bytes[position] == 0x5C else {
      return try text(bytes[start..<position])
    }
    var unescaped = Array(bytes[start..<position])
    while position < bytes.count, bytes[position] >= 0x20, bytes[position] != 0x22 {
      if bytes[position] == 0x5C {
        try escape(&unescaped)
      } else {
        unescaped.append(bytes[position])
        position += 1
      }
    }
    return try text(unescaped[...])
  }

  /// Appends a string's bytes to `output` without making a string of them.
  package mutating func string(appendingTo output: inout [UInt8]) throws(LocatedError) {
    blanks()
    guard take(UInt8(ascii: "\"")) else { throw error("expected a string") }
    let first = output.count
    var bits: UInt8 = 0
    while true {
      let start = position
      position = endOfPlainText(from: start, bits: &bits)
      output += bytes[start..<position]
      guard position < bytes.count, bytes[position] == 0x5C else { break }
      // Nearly every escape in a kernel's text is that of a line's end.
      if position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "n") {
        output.append(0x0A)
        position += 2
      } else {
        try escape(&output)
      }
    }
    guard take(UInt8(ascii: "\"")) else { throw unfinishedString }
    if bits > 0x7F, String(validating: output[first...], as: UTF8.self) == nil {
      throw error("a string that is not UTF-8")
    }
  }

  /// The first byte from `start` on that ends a string or needs a closer look; all bytes before it,
  /// and perhaps a few behind, are added to `bits`.
  private func endOfPlainText(from start: Int, bits: inout UInt8) -> Int {
    let text = bytes.span
    var position = start
    var seen: UInt64 = 0
    while position &+ 8 <= text.count {
      // The load checks its bounds, and any eight bytes are a UInt64.
      let word = unsafe UInt64(
        littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      )
      seen |= word
      let found =
        Self.bytes(below: 0x20, of: word)
        | Self.bytes(below: 1, of: word ^ 0x2222_2222_2222_2222)
        | Self.bytes(below: 1, of: word ^ 0x5C5C_5C5C_5C5C_5C5C)
      guard found == 0 else {
        position &+= found.trailingZeroBitCount / 8
        break
      }
      position &+= 8
    }
    if seen & 0x8080_8080_8080_8080 != 0 { bits |= 0x80 }
    while position < text.count {
      let byte = text[position]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
      bits |= byte
      position &+= 1
    }
    return position
  }

  /// The top bit of each byte that is below a limit of at most 0x80. A borrow may mark a byte above
  /// the first such one as well, never one below it: the lowest mark is right.
  @inline(__always)
  private static func bytes(below limit: UInt64, of word: UInt64) -> UInt64 {
    (word &- limit &* 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  private var unfinishedString: LocatedError {
    error(position < bytes.count ? "a control character in a string" : "a string that ends early")
  }

  private mutating func text(_ content: ArraySlice<UInt8>) throws(LocatedError) -> String {
    guard take(UInt8(ascii: "\"")) else { throw unfinishedString }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw error("a string that is not UTF-8")
    }
    return text
  }

  private mutating func escape(_ output: inout [UInt8]) throws(LocatedError) {
    position += 1
    guard position < bytes.count else { throw error("a string that ends early") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(byte)
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0C)
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "r"): output.append(0x0D)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "u"):
      var units = [try hexadecimal()]
      if UTF16.isLeadSurrogate(units[0]), take("\\u") { units.append(try hexadecimal()) }
      guard let text = String(validating: units, as: UTF16.self) else {
        throw error("half a surrogate pair")
      }
      output += text.utf8
    default: throw error("an escape that JSON does not have")
    }
  }

  private mutating func hexadecimal() throws(LocatedError) -> UInt16 {
    guard bytes.count - position >= 4,
      bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw error("expected four hexadecimal digits") }
    position += 4
    return value
  }

  /// Passes over a value of any kind.
  package mutating func skip() throws(LocatedError) {
    switch peek() {
    case UInt8(ascii: "{"):
      try object { reader, _ throws(LocatedError) in try reader.skip() }
    case UInt8(ascii: "["): try array { reader throws(LocatedError) in try reader.skip() }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try bool()
    case UInt8(ascii: "n"):
      guard null() else { throw error("expected a value") }
    default: try skipNumber()
    }
  }

  /// A number that this version does not read may have a fraction.
  private mutating func skipNumber() throws(LocatedError) {
    let start = position
    while position < bytes.count, "+-.0123456789eE".utf8.contains(bytes[position]) { position += 1 }
    guard Double(String(decoding: bytes[start..<position], as: UTF8.self)) != nil else {
      position = start
      throw error(start < bytes.count ? "expected a value" : "the text ends early")
    }
  }

  // MARK: Bytes

  mutating func blanks() {
    while position < bytes.count,
      bytes[position] == 0x20 || bytes[position] == 0x0A || bytes[position] == 0x0D
        || bytes[position] == 0x09
    { position += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func take(_ word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }
}
