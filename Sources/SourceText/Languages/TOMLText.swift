/// TOML as far as lists of strings take: top-level keys, each with an array of strings.
package struct TOMLText {
  private let file: String
  private let bytes: [UInt8]
  private var position = 0

  /// A basic string.
  package static func string(_ text: String) -> String {
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

  /// The arrays of a text by their keys.
  ///
  /// - Parameters:
  ///   - keys: The keys that the text may have.
  ///   - otherwise: What is wrong where it has another.
  ///   - file: The text's file.
  ///   - bytes: The text.
  /// - Returns: The lists, each with the places of its items.
  /// - Throws: What is wrong, and where.
  package static func arrays(
    of keys: [String],
    otherwise: String,
    file: String,
    _ bytes: [UInt8]
  ) throws(LocatedError) -> [String: QuotedItems] {
    var reader = TOMLText(file: file, bytes: bytes)
    return try reader.readArrays(of: keys, otherwise: otherwise)
  }

  /// The string in quotes that begins at a place.
  package static func string(
    file: String,
    _ bytes: [UInt8],
    at start: Int
  ) throws(LocatedError) -> QuotedItem {
    var reader = TOMLText(file: file, bytes: bytes)
    reader.position = start
    return try reader.readString()
  }

  private init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  private mutating func readArrays(
    of keys: [String],
    otherwise: String
  ) throws(LocatedError) -> [String: QuotedItems] {
    var arrays: [String: QuotedItems] = [:]
    while true {
      skipBlanks(breaks: true)
      guard position < bytes.count else { break }
      let start = position
      let key = readKey()
      guard keys.contains(key) else { throw failure(at: start, otherwise) }
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

  private mutating func readArray() throws(LocatedError) -> QuotedItems {
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

  private mutating func readString() throws(LocatedError) -> QuotedItem {
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

  private mutating func readEscape(into item: inout QuotedItem) throws(LocatedError) {
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

  private func failure(at offset: Int, _ problem: String) -> LocatedError {
    return LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
