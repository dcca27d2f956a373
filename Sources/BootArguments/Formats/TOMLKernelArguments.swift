/// TOML strings.
enum TOMLText {
  /// A basic string.
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// The one shape of TOML that bootc's kargs.d knows: two keys, each an array of strings.
struct TOMLKernelArguments {
  private let file: String
  private let bytes: [UInt8]
  private var position = 0

  static func parse(file: String, _ bytes: [UInt8]) throws(BootArgumentsError) -> BootFile {
    var reader = TOMLKernelArguments(file: file, bytes: bytes)
    return try reader.read()
  }

  /// The two arrays by their keys.
  static func arrays(
    file: String,
    _ bytes: [UInt8]
  ) throws(BootArgumentsError) -> [String: QuotedItems] {
    var reader = TOMLKernelArguments(file: file, bytes: bytes)
    return try reader.readArrays()
  }

  /// The string in quotes that begins at a place.
  static func string(
    file: String,
    _ bytes: [UInt8],
    at start: Int
  ) throws(BootArgumentsError) -> QuotedItem {
    var reader = TOMLKernelArguments(file: file, bytes: bytes)
    reader.position = start
    return try reader.readString()
  }

  private init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  private mutating func readArrays() throws(BootArgumentsError) -> [String: QuotedItems] {
    var arrays: [String: QuotedItems] = [:]
    while true {
      skipBlanks(breaks: true)
      guard position < bytes.count else { break }
      let start = position
      let key = readKey()
      guard key == "kargs" || key == "match-architectures" else {
        throw failure(
          at: start,
          "expected kargs = [ … ] or match-architectures = [ … ]; bootc knows no other key here"
        )
      }
      guard arrays[key] == nil else { throw failure(at: start, "key \(key) appears twice") }
      skipBlanks()
      guard peek == UInt8(ascii: "=") else { throw failure(at: position, "expected =") }
      position += 1
      skipBlanks()
      arrays[key] = try readArray()
      skipBlanks()
      guard peek == nil || peek == 0x0A || peek == 0x0D else {
        throw failure(at: position, "expected the end of the line")
      }
    }
    return arrays
  }

  private mutating func read() throws(BootArgumentsError) -> BootFile {
    let arrays = try readArrays()
    guard let list = arrays["kargs"] else {
      let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
      return BootFile(
        file: file,
        bytes: bytes,
        fragments: [],
        insertion: .text(at: bytes.count) { arguments in
          let items = arguments.map { TOMLText.string($0.word) }.joined(separator: ", ")
          return (needsBreak ? "\n" : "") + "kargs = [\(items)]\n"
        }
      )
    }
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: list.fragments(in: bytes) { TOMLText.string($0) },
      insertion: list.insertion(in: bytes) { TOMLText.string($0) }
    )
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func readKey() -> String {
    let isQuoted = peek == UInt8(ascii: "\"")
    if isQuoted { position += 1 }
    let start = position
    while let byte = peek, byte == 0x2D || byte == 0x5F || (0x61...0x7A).contains(byte | 0x20) {
      position += 1
    }
    let key = String(decoding: bytes[start..<position], as: UTF8.self)
    if isQuoted, peek == UInt8(ascii: "\"") { position += 1 }
    return key
  }

  private mutating func skipBlanks(breaks: Bool = false) {
    while let byte = peek {
      switch byte {
      case 0x20, 0x09: position += 1
      case 0x0A where breaks, 0x0D where breaks: position += 1
      case UInt8(ascii: "#"): position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      default: return
      }
    }
  }

  private mutating func readArray() throws(BootArgumentsError) -> QuotedItems {
    let open = position
    guard peek == UInt8(ascii: "[") else { throw failure(at: position, "expected a list: [ … ]") }
    position += 1
    var items: [QuotedItem] = []
    while true {
      skipBlanks(breaks: true)
      switch peek {
      case UInt8(ascii: "]"):
        let close = position
        position += 1
        return QuotedItems(open: open, close: close, items: items, separator: ",")
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        items.append(try readString())
        guard items.count <= QuotedItems.limit else {
          throw failure(at: open, "more than \(QuotedItems.limit) arguments")
        }
        skipBlanks(breaks: true)
        if peek == UInt8(ascii: ",") {
          position += 1
        } else if peek != UInt8(ascii: "]") {
          throw failure(at: peek == nil ? open : position, "expected , or ] in this list")
        }
      case nil: throw failure(at: open, "this list is never closed")
      default: throw failure(at: position, "expected a string in quotes")
      }
    }
  }

  private mutating func readString() throws(BootArgumentsError) -> QuotedItem {
    let start = position
    let quote = bytes[start]
    guard !bytes[start...].starts(with: [quote, quote, quote]) else {
      throw failure(at: start, "write the argument in one line, in one pair of quotes")
    }
    position += 1
    var item = QuotedItem(start: start)
    while let byte = peek, byte != 0x0A, byte != 0x0D {
      if byte == quote {
        item.end = position
        position += 1
        return item
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        try readEscape(into: &item)
      } else {
        item.append([byte], at: position)
        position += 1
      }
    }
    throw failure(at: start, "this string is never closed")
  }

  private mutating func readEscape(into item: inout QuotedItem) throws(BootArgumentsError) {
    let start = position
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
      UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "f"): 12,
      UInt8(ascii: "r"): 13,
    ]
    let kind = position + 1 < bytes.count ? bytes[position + 1] : 0
    if let byte = simple[kind] {
      item.append([byte], at: start)
      position += 2
      return
    }
    let digits = kind == UInt8(ascii: "u") ? 4 : kind == UInt8(ascii: "U") ? 8 : 0
    let end = position + 2 + digits
    guard digits > 0, end <= bytes.count,
      let value = UInt32(String(decoding: bytes[(position + 2)..<end], as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw failure(at: start, "unknown escape in a string") }
    item.append(Array(String(scalar).utf8), at: start)
    position = end
  }

  private func failure(at offset: Int, _ problem: String) -> BootArgumentsError {
    let place = TextPosition(of: offset, in: bytes)
    return .file(file, line: place.line, column: place.column, problem: problem)
  }
}
