/// Writes JSON into a byte buffer, keys in the order in which they are given.
///
/// Own code because order and speed matter here: a fleet's lines are written by the hundred
/// thousand, and the same answer must always be the same bytes.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private let isPretty: Bool
  private var depth = 0
  /// Whether the innermost container has a member already.
  private var hasMember = false

  package init(pretty: Bool) { isPretty = pretty }

  /// What was written since the last time, handed over.
  package mutating func take() -> [UInt8] {
    let written = bytes
    bytes = []
    return written
  }

  // MARK: Containers

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  package mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }

  package mutating func array<Items: Sequence>(
    _ key: String,
    _ items: Items,
    _ body: (inout JSONWriter, Items.Element) -> Void
  ) {
    self.key(key)
    list { writer in
      for item in items {
        writer.item()
        body(&writer, item)
      }
    }
  }

  /// An array whose elements are each begun with `item`.
  package mutating func list(_ body: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  /// Begins the next element of a list; what is appended next is its value.
  package mutating func item() { separate() }

  package mutating func strings(_ key: String, _ values: some Sequence<String>) {
    array(key, values) { $0.append(string: $1) }
  }

  private mutating func container(
    _ open: UInt8,
    _ close: UInt8,
    _ body: (inout JSONWriter) -> Void
  ) {
    bytes.append(open)
    let outer = hasMember
    hasMember = false
    depth += 1
    body(&self)
    depth -= 1
    if hasMember { newLine() }
    hasMember = outer
    bytes.append(close)
  }

  // MARK: Members

  package mutating func string(_ key: String, _ value: String?) {
    self.key(key)
    if let value { append(string: value) } else { raw("null") }
  }

  package mutating func number(_ key: String, _ value: UInt64?) {
    self.key(key)
    raw(value.map { String($0) } ?? "null")
  }

  package mutating func number(_ key: String, _ value: Int64?) {
    self.key(key)
    raw(value.map { String($0) } ?? "null")
  }

  /// A ratio, to six digits; null where it is none.
  package mutating func ratio(_ key: String, _ value: Double?) {
    self.key(key)
    guard let value, value.isFinite else {
      raw("null")
      return
    }
    raw(String((value * 1e6).rounded() / 1e6))
  }

  package mutating func bool(_ key: String, _ value: Bool?) {
    self.key(key)
    raw(value.map { $0 ? "true" : "false" } ?? "null")
  }

  package mutating func null(_ key: String) {
    self.key(key)
    raw("null")
  }

  /// A member's name; what is appended next is its value.
  package mutating func key(_ name: String) {
    separate()
    append(string: name)
    raw(isPretty ? ": " : ":")
  }

  private mutating func separate() {
    if hasMember { bytes.append(UInt8(ascii: ",")) }
    newLine()
    hasMember = true
  }

  private mutating func newLine() {
    guard isPretty else { return }
    bytes.append(0x0A)
    for _ in 0..<depth { raw("  ") }
  }

  // MARK: Values without a key

  package mutating func append(number: UInt64) { raw(String(number)) }
  package mutating func append(number: Int64) { raw(String(number)) }
  package mutating func appendNull() { raw("null") }

  // MARK: Text

  private mutating func raw(_ text: String) { bytes += text.utf8 }

  package mutating func append(string: String) {
    bytes.append(UInt8(ascii: "\""))
    if Self.isPlain(string.utf8.span) {
      bytes += string.utf8
    } else {
      escape(string)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ string: String) {
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): raw("\\\"")
      case UInt8(ascii: "\\"): raw("\\\\")
      case 0x0A: raw("\\n")
      case 0x09: raw("\\t")
      case 0x0D: raw("\\r")
      case 0..<0x20, 0x7F:
        let hex = String(byte, radix: 16)
        raw("\\u00" + (hex.utf8.count == 1 ? "0" : "") + hex)
      default: bytes.append(byte)
      }
    }
  }

  /// Whether every byte stands for itself in a string.
  private static func isPlain(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      let byte = text[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F {
        return false
      }
    }
    return true
  }
}
