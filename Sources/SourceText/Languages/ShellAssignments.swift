/// Reads `NAME=value` lines out of a shell text, with the value's quoting undone.
///
/// It knows quotes, escapes, expansions and comments: enough to find where a value ends and where
/// each of its bytes stands. It runs nothing; what an expansion would give stays opaque.
package struct ShellAssignments {
  package struct Assignment {
    package var name: String
    /// `NAME+=value`
    package var isAppending: Bool
    package var value: ShellValue
  }

  package let bytes: [UInt8]
  package let file: String
  private var position = 0

  package init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// All assignments to these names, in order.
  package mutating func read(_ names: [String]) throws(LocatedError) -> [Assignment] {
    var found: [Assignment] = []
    while position < bytes.count {
      skipBlanks()
      if peek == UInt8(ascii: "#") {
        skipLine()
        continue
      }
      if let name = assignedName(names) {
        let isAppending = position > 1 && bytes[position - 2] == UInt8(ascii: "+")
        found.append(
          Assignment(name: name, isAppending: isAppending, value: try value())
        )
      }
      try skipCommand()
    }
    return found
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek,
      byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
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
  private mutating func skipCommand() throws(LocatedError) {
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

  private mutating func value() throws(LocatedError) -> ShellValue {
    var value = ShellValue(bytes: bytes, position: position, file: file)
    try value.read()
    position = value.position
    return value
  }
}
