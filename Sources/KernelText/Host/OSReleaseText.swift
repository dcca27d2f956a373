/// /etc/os-release: assignments in the shell's syntax, without its expansions.
package enum OSReleaseText {
  /// The values by their names.
  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> [String: String] {
    try CounterText.check(text, file: file)
    var values: [String: String] = [:]
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      let content = text.trimmed(line)
      guard let equals = text.firstIndex(of: UInt8(ascii: "="), in: content) else { continue }
      let name = content.lowerBound..<equals
      guard text.isVariableName(name) else { continue }
      values[text.string(name)] = unquoted(text, equals + 1..<content.upperBound)
    }
    if values.isEmpty {
      throw ParseError(
        .malformed(expected: "assignments such as `PRETTY_NAME=\"Debian GNU/Linux 12\"`"),
        file: file,
        line: 1
      )
    }
    return values
  }

  /// The system's name for people: PRETTY_NAME, else what os-release(5) says to take instead.
  package static func prettyName(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> String {
    let values = try parse(text, file: file)
    if let name = values["PRETTY_NAME"], !name.isEmpty { return name }
    let parts = [values["NAME"], values["VERSION"]].compactMap(\.self).filter { !$0.isEmpty }
    return parts.isEmpty ? "Linux" : parts.joined(separator: " ")
  }

  /// What a shell would make of the word: quotes dropped, backslashes resolved.
  private static func unquoted(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    var quote: UInt8?
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\\") where quote != UInt8(ascii: "'") && index < range.upperBound:
        let next = text[index]
        // Within double quotes a backslash is one unless it escapes one of these.
        if quote != nil, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\"),
          next != UInt8(ascii: "$"), next != UInt8(ascii: "`")
        {
          bytes.append(byte)
        }
        bytes.append(next)
        index += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if quote == nil {
          quote = byte
        } else if quote == byte {
          quote = nil
        } else {
          bytes.append(byte)
        }
      default:
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Span<UInt8> {
  fileprivate func isVariableName(_ range: Range<Int>) -> Bool {
    guard let first = range.first, !self[first].isDigit else { return false }
    for index in range {
      let byte = self[index]
      let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      guard isLetter || byte.isDigit || byte == 0x5F else { return false }
    }
    return true
  }
}
