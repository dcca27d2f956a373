/// JSON with the place of every value, so that a text can be changed without writing it anew.
package struct JSONText {
  package enum Value {
    case object(JSONObject)
    case array(QuotedItems, hasOnlyStrings: Bool)
    case other
  }

  package struct JSONObject {
    /// Of the opening brace.
    package var open: Int
    /// Of the closing brace.
    package var close: Int
    package var members: [Member]

    package func value(_ key: String) -> (start: Int, value: Value)? {
      members.first { $0.key == key }.map { ($0.keyStart, $0.value) }
    }
  }

  package struct Member {
    package var key: String
    package var keyStart: Int
    package var value: Value
  }

  private static let depthLimit = 128

  private let file: String
  private let bytes: [UInt8]
  private var position = 0

  /// A string between double quotes.
  package static func string(_ text: String) -> String { TOMLText.string(text) }

  package static func parse(file: String, _ bytes: [UInt8]) throws(LocatedError) -> Value {
    var text = JSONText(file: file, bytes: bytes)
    let value = try text.value(depth: 0)
    text.skipBlanks()
    guard text.position == bytes.count else {
      throw text.failure(at: text.position, "expected the end of the file")
    }
    return value
  }

  private init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func value(depth: Int) throws(LocatedError) -> Value {
    skipBlanks()
    guard depth < Self.depthLimit else { throw failure(at: position, "nested too deeply") }
    switch peek {
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""):
      _ = try string()
      return .other
    default:
      let start = position
      while let byte = peek, Self.isPlain(byte) { position += 1 }
      let word = String(decoding: bytes[start..<position], as: UTF8.self)
      guard ["true", "false", "null"].contains(word) || Self.isNumber(word) else {
        throw failure(at: start, "expected a value")
      }
      return .other
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }

  private static func isNumber(_ word: String) -> Bool {
    guard let first = word.utf8.first, first == 0x2D || (0x30...0x39).contains(first) else {
      return false
    }
    return Double(word) != nil && !word.contains("x") && !word.contains("n")
  }

  private mutating func object(depth: Int) throws(LocatedError) -> JSONObject {
    var object = JSONObject(open: position, close: position, members: [])
    var keys: Set<String> = []
    position += 1
    skipBlanks()
    while peek != UInt8(ascii: "}") {
      let start = position
      guard peek == UInt8(ascii: "\"") else {
        throw failure(
          at: peek == nil ? object.open : start,
          peek == nil ? "this object is never closed" : "expected a key in double quotes"
        )
      }
      let key = String(decoding: try string().text, as: UTF8.self)
      guard keys.insert(key).inserted else { throw failure(at: start, "key \(key) appears twice") }
      skipBlanks()
      guard peek == UInt8(ascii: ":") else { throw failure(at: position, "expected :") }
      position += 1
      object.members.append(
        Member(key: key, keyStart: start, value: try value(depth: depth + 1))
      )
      try separator(closing: UInt8(ascii: "}"), open: object.open)
    }
    object.close = position
    position += 1
    return object
  }

  private mutating func array(depth: Int) throws(LocatedError) -> Value {
    let open = position
    var items: [QuotedItem] = []
    var hasOnlyStrings = true
    position += 1
    skipBlanks()
    while peek != UInt8(ascii: "]") {
      if peek == UInt8(ascii: "\"") {
        items.append(try string())
      } else {
        hasOnlyStrings = false
        _ = try value(depth: depth + 1)
      }
      try separator(closing: UInt8(ascii: "]"), open: open)
    }
    let close = position
    position += 1
    return .array(
      QuotedItems(open: open, close: close, items: items, separator: ","),
      hasOnlyStrings: hasOnlyStrings
    )
  }

  private mutating func separator(
    closing: UInt8,
    open: Int
  ) throws(LocatedError) {
    skipBlanks()
    if peek == UInt8(ascii: ",") {
      let comma = position
      position += 1
      skipBlanks()
      guard peek != closing else { throw failure(at: comma, "JSON has no comma behind the last") }
    } else if peek != closing {
      throw failure(
        at: peek == nil ? open : position,
        peek == nil ? "this is never closed" : "expected , or \(Character(Unicode.Scalar(closing)))"
      )
    }
  }

  private mutating func string() throws(LocatedError) -> QuotedItem {
    var item = QuotedItem(start: position)
    position += 1
    while let byte = peek, byte >= 0x20 {
      switch byte {
      case UInt8(ascii: "\""):
        item.end = position
        position += 1
        return item
      case UInt8(ascii: "\\"): try escape(into: &item)
      default:
        item.append([byte], at: position)
        position += 1
      }
    }
    throw failure(at: item.start, "this string is never closed")
  }

  private mutating func escape(into item: inout QuotedItem) throws(LocatedError) {
    let start = position
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
      UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "f"): 12,
      UInt8(ascii: "r"): 13,
    ]
    let kind = position + 1 < bytes.count ? bytes[position + 1] : 0
    if let byte = simple[kind] {
      item.append([byte], at: start)
      position += 2
      return
    }
    guard var value = unit(at: start) else {
      throw failure(at: start, "unknown escape in a string")
    }
    position += 6
    if (0xD800..<0xDC00).contains(value), let low = unit(at: position),
      (0xDC00..<0xE000).contains(low)
    {
      value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00)
      position += 6
    }
    item.append(Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8), at: start)
  }

  /// The four digits of `\uXXXX`.
  private func unit(at start: Int) -> UInt32? {
    guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"),
      bytes[start + 1] == UInt8(ascii: "u"),
      bytes[(start + 2)..<(start + 6)].allSatisfy({ Self.isHex($0) })
    else { return nil }
    return UInt32(String(decoding: bytes[(start + 2)..<(start + 6)], as: UTF8.self), radix: 16)
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }

  private func failure(at offset: Int, _ problem: String) -> LocatedError {
    return LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
