internal import SourceText

/// Nix expressions, as far as finding the list of `boot.kernelParams` takes.
struct NixText {
  private enum Token: Equatable {
    case name(String)
    case symbol(UInt8)
    case string(Int)
  }

  private let file: String
  private let bytes: [UInt8]
  private var position = 0
  private var strings: [QuotedItem] = []
  /// Of strings and expressions inside each other.
  private var depth = 0

  /// A string between double quotes.
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" || scalar == "$" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  static func parse(file: String, _ bytes: [UInt8]) throws(LocatedError) -> BootFile {
    var text = NixText(file: file, bytes: bytes)
    return try text.read()
  }

  /// For every `kernelParams = …;` the strings in its lists, whatever joins them: `++`, `mkForce`,
  /// `optionals`.
  static func kernelParams(
    file: String,
    _ bytes: [UInt8]
  ) throws(LocatedError) -> [[QuotedItem]] {
    var text = NixText(file: file, bytes: bytes)
    var lists: [[QuotedItem]] = []
    while let (token, _) = try text.next() {
      guard case .name(let name) = token,
        name == "kernelParams" || name.hasSuffix(".kernelParams"),
        let (equals, _) = try text.next(), equals == .symbol(UInt8(ascii: "="))
      else { continue }
      lists.append(try text.readLists())
    }
    return lists
  }

  /// The strings in brackets, up to the semicolon that ends the value.
  private mutating func readLists() throws(LocatedError) -> [QuotedItem] {
    var items: [QuotedItem] = []
    var open: [(symbol: UInt8, start: Int)] = []
    while let (token, start) = try next() {
      switch token {
      case .symbol(UInt8(ascii: ";")) where open.isEmpty: return items
      case .symbol(let symbol) where "[({".utf8.contains(symbol):
        open.append((symbol, start))
        guard open.count < 256 else { throw failure(at: start, "nested too deeply") }
      case .symbol(let symbol) where "])}".utf8.contains(symbol):
        guard let last = open.popLast() else { return items }
        // ASCII has each closing one or two places behind its opening one.
        guard (1...2).contains(Int(symbol) - Int(last.symbol)) else {
          throw failure(at: last.start, "this list is never closed")
        }
      case .string(let index) where open.last?.symbol == UInt8(ascii: "["):
        items.append(strings[index])
        guard items.count <= QuotedItems.limit else {
          throw failure(at: start, "more than \(QuotedItems.limit) arguments")
        }
      default: continue
      }
    }
    if let last = open.last { throw failure(at: last.start, "this list is never closed") }
    return items
  }

  private init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  private mutating func read() throws(LocatedError) -> BootFile {
    while let (token, start) = try next() {
      guard case .name(let name) = token,
        name == "boot.kernelParams" || name == "kernelParams"
      else { continue }
      guard let (equals, _) = try next(), equals == .symbol(UInt8(ascii: "=")) else { continue }
      guard let (open, place) = try next(), open == .symbol(UInt8(ascii: "[")) else {
        throw failure(at: start, "the value of \(name) is no list: write [ \"…\" ]")
      }
      let list = try readList(open: place)
      return BootFile(
        file: file,
        bytes: bytes,
        fragments: list.fragments(in: bytes) { Self.string($0) },
        insertion: list.insertion(in: bytes) { Self.string($0) }
      )
    }
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: [],
      insertion: .refused(at: 0, why: "there is no boot.kernelParams = [ … ]; to add to")
    )
  }

  private mutating func readList(open: Int) throws(LocatedError) -> QuotedItems {
    var items: [QuotedItem] = []
    while let (token, start) = try next() {
      switch token {
      case .symbol(UInt8(ascii: "]")):
        return QuotedItems(open: open, close: start, items: items, separator: "")
      case .string(let index):
        items.append(strings[index])
        guard items.count <= QuotedItems.limit else {
          throw failure(at: open, "more than \(QuotedItems.limit) arguments")
        }
      case .symbol(UInt8(ascii: "(")): try skipParentheses(from: start)
      default: continue
      }
    }
    throw failure(at: open, "this list is never closed")
  }

  private mutating func skipParentheses(from open: Int) throws(LocatedError) {
    var depth = 1
    while depth > 0 {
      guard let (token, _) = try next() else {
        throw failure(at: open, "this parenthesis is never closed")
      }
      if token == .symbol(UInt8(ascii: "(")) { depth += 1 }
      if token == .symbol(UInt8(ascii: ")")) { depth -= 1 }
    }
  }

  // MARK: Tokens

  private mutating func next() throws(LocatedError) -> (token: Token, start: Int)? {
    try skipBlanks()
    guard position < bytes.count else { return nil }
    let start = position
    switch bytes[start] {
    case UInt8(ascii: "\""):
      strings.append(try readString())
      return (.string(strings.count - 1), start)
    case UInt8(ascii: "'") where bytes[start...].starts(with: "''".utf8):
      try skipIndentedString()
      return (.symbol(UInt8(ascii: "'")), start)
    case let byte where Self.isNameByte(byte):
      while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
      return (.name(String(decoding: bytes[start..<position], as: UTF8.self)), start)
    case let byte:
      position += 1
      return (.symbol(byte), start)
    }
  }

  /// Names with their dots: an attribute path is one token.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2E: true
    default: false
    }
  }

  private mutating func skipBlanks() throws(LocatedError) {
    while position < bytes.count {
      let rest = bytes[position...]
      if [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
        position += 1
      } else if bytes[position] == UInt8(ascii: "#") {
        position = rest.firstIndex(of: 0x0A) ?? bytes.count
      } else if rest.starts(with: "/*".utf8) {
        guard let end = rest.dropFirst(2).firstRange(of: Array("*/".utf8)) else {
          throw failure(at: position, "this comment is never closed")
        }
        position = end.upperBound
      } else {
        return
      }
    }
  }

  private mutating func readString() throws(LocatedError) -> QuotedItem {
    var item = QuotedItem(start: position)
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        item.end = position
        position += 1
        return item
      case UInt8(ascii: "\\") where position + 1 < bytes.count:
        let escaped = bytes[position + 1]
        let controls: [UInt8: UInt8] = [
          UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D,
        ]
        item.append([controls[escaped] ?? escaped], at: position)
        position += 2
      case UInt8(ascii: "$") where bytes[position...].starts(with: "${".utf8):
        item.append([1], at: position)
        try skipInterpolation()
      default:
        item.append([byte], at: position)
        position += 1
      }
    }
    throw failure(at: item.start, "this string is never closed")
  }

  private mutating func skipInterpolation() throws(LocatedError) {
    let open = position
    depth += 1
    defer { depth -= 1 }
    guard depth < 64 else { throw failure(at: open, "nested too deeply") }
    position += 2
    var braces = 1
    while braces > 0 {
      guard let (token, _) = try next() else {
        throw failure(at: open, "this ${ is never closed")
      }
      if token == .symbol(UInt8(ascii: "{")) { braces += 1 }
      if token == .symbol(UInt8(ascii: "}")) { braces -= 1 }
    }
  }

  private mutating func skipIndentedString() throws(LocatedError) {
    let open = position
    position += 2
    while position < bytes.count {
      let rest = bytes[position...]
      if rest.starts(with: "'''".utf8) || rest.starts(with: "''$".utf8) {
        position += 3
      } else if rest.starts(with: "''\\".utf8) {
        position += 4
      } else if rest.starts(with: "''".utf8) {
        position += 2
        return
      } else if rest.starts(with: "${".utf8) {
        try skipInterpolation()
      } else {
        position += 1
      }
    }
    throw failure(at: open, "this string is never closed")
  }

  private func failure(at offset: Int, _ problem: String) -> LocatedError {
    return LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
