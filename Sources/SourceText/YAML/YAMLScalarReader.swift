/// Reads one scalar of YAML where it stands, to know the place of each of its bytes.
package struct YAMLScalarReader {
  package let bytes: [UInt8]
  package let start: Int

  /// The scalar, if reading it here gives what it is known to say.
  package func read(_ expected: String) -> YAMLText.Scalar? {
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "\""): return check(doubleQuoted(), expected)
    case UInt8(ascii: "'"): return check(singleQuoted(), expected)
    case UInt8(ascii: "|"): return check(literalBlock(), expected)
    default:
      let end = start + expected.utf8.count
      guard end <= bytes.count, bytes[start..<end].elementsEqual(expected.utf8), start < end else {
        return nil
      }
      return YAMLText.Scalar(
        text: expected,
        offsets: Array(start...end),
        range: start..<end,
        isPlainToEdit: true
      )
    }
  }

  /// Where each byte of a scalar over several lines stands, found by its characters: line breaks and
  /// indentation between them are as good as any other blanks.
  package func aligned(_ expected: String) -> [Int]? {
    guard start < bytes.count else { return nil }
    var position = start
    switch bytes[start] {
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      guard let feed = bytes[start...].firstIndex(of: 0x0A) else { return nil }
      position = feed + 1
    case UInt8(ascii: "\""), UInt8(ascii: "'"): position += 1
    default: break
    }
    var offsets: [Int] = []
    let escapes = bytes[start] == UInt8(ascii: "\"")
    for byte in expected.utf8 {
      if escapes, let end = escapeEnd(byte, &position) {
        offsets.append(position)
        position = end
        continue
      }
      if byte == 0x20 || byte == 0x0A {
        offsets.append(min(position, bytes.count))
        continue
      }
      while position < bytes.count, " \t\r\n".utf8.contains(bytes[position]) { position += 1 }
      guard position < bytes.count, bytes[position] == byte else { return nil }
      offsets.append(position)
      position += 1
    }
    return offsets + [min(position, bytes.count)]
  }

  /// Behind the escape that stands for a byte, where one is next behind what folds lines.
  private func escapeEnd(_ byte: UInt8, _ position: inout Int) -> Int? {
    var next = position
    while next < bytes.count {
      if bytes[next] == UInt8(ascii: "\\"), next + 1 < bytes.count {
        // An escaped line break joins two lines with nothing between them.
        if bytes[next + 1] == 0x0A || bytes[next + 1] == 0x0D {
          next += 2
          continue
        }
        guard Self.escaped(bytes[next + 1]) == byte else { return nil }
        position = next
        return next + 2
      }
      guard " \t\r\n".utf8.contains(bytes[next]) else { return nil }
      next += 1
    }
    return nil
  }

  private static func escaped(_ kind: UInt8) -> UInt8? {
    switch kind {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), 0x20: kind
    default: nil
    }
  }

  private func check(_ scalar: YAMLText.Scalar?, _ expected: String) -> YAMLText.Scalar? {
    scalar.flatMap { $0.text == expected ? $0 : nil }
  }

  private func singleQuoted() -> YAMLText.Scalar? {
    var item = QuotedItem(start: start)
    var position = start + 1
    while position < bytes.count, bytes[position] != 0x0A {
      if bytes[position] == UInt8(ascii: "'") {
        guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "'") else {
          item.end = position
          return scalar(item)
        }
        item.append([UInt8(ascii: "'")], at: position)
        position += 2
      } else {
        item.append([bytes[position]], at: position)
        position += 1
      }
    }
    return nil
  }

  private func doubleQuoted() -> YAMLText.Scalar? {
    let simple: [UInt8: String] = [
      UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
      UInt8(ascii: " "): " ", UInt8(ascii: "t"): "\t", UInt8(ascii: "n"): "\n",
      UInt8(ascii: "r"): "\r", UInt8(ascii: "0"): "\0", UInt8(ascii: "_"): "\u{A0}",
      UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
    ]
    let widths: [UInt8: Int] = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8]
    var item = QuotedItem(start: start)
    var position = start + 1
    while position < bytes.count, bytes[position] != 0x0A {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        item.end = position
        return scalar(item)
      case UInt8(ascii: "\\"):
        guard position + 1 < bytes.count else { return nil }
        let kind = bytes[position + 1]
        let digits = position + 2
        if let text = simple[kind] {
          item.append(Array(text.utf8), at: position)
          position += 2
        } else if let width = widths[kind], digits + width <= bytes.count,
          let value = UInt32(
            String(decoding: bytes[digits..<(digits + width)], as: UTF8.self),
            radix: 16
          ), let character = Unicode.Scalar(value)
        {
          item.append(Array(String(character).utf8), at: position)
          position = digits + width
        } else {
          return nil
        }
      default:
        item.append([bytes[position]], at: position)
        position += 1
      }
    }
    return nil
  }

  private func scalar(_ item: QuotedItem) -> YAMLText.Scalar {
    YAMLText.Scalar(
      text: String(decoding: item.text, as: UTF8.self),
      offsets: item.offsets + [item.end],
      range: item.range,
      isPlainToEdit: true
    )
  }

  /// `|` with its lines, whose indentation the first of them sets.
  private func literalBlock() -> YAMLText.Scalar? {
    let header = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
    guard header.count <= 2, header.dropFirst().allSatisfy({ $0 == 0x2B || $0 == 0x2D }),
      let first = bytes[start...].firstIndex(of: 0x0A)
    else { return nil }
    var text: [UInt8] = []
    var offsets: [Int] = []
    var position = first + 1
    var indent: Int?
    var end = position
    while position < bytes.count {
      let feed = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      let blanks = bytes[position..<feed].prefix { $0 == 0x20 }.count
      let isBlank = bytes[(position + blanks)..<feed].allSatisfy { $0 == 0x0D }
      if !isBlank {
        indent = indent ?? blanks
        guard let indent, blanks >= indent, indent > 0 else { break }
      }
      let content = min(position + (indent ?? blanks), feed)
      for index in content..<feed where bytes[index] != 0x0D {
        text.append(bytes[index])
        offsets.append(index)
      }
      text.append(0x0A)
      offsets.append(feed)
      position = feed + 1
      if !isBlank { end = position }
    }
    // Clipped: one line break at the end; stripped: none. Kept ones are left to libyaml's judgement.
    if header.last != 0x2B {
      while text.last == 0x0A { text.removeLast() }
      if header.last != 0x2D { text.append(0x0A) }
    }
    return YAMLText.Scalar(
      text: String(decoding: text, as: UTF8.self),
      offsets: Array(offsets.prefix(text.count)) + [min(end, bytes.count)],
      range: start..<min(end, bytes.count),
      isPlainToEdit: true
    )
  }
}
