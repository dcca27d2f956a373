/// What carries whole lines of a log and can be taken off one by one: quoted-printable, HTML, a list's
/// quotes, records of the journal's export and of netconsole.
struct LogWrapping: Sendable {
  enum Result {
    case line
    /// The line holds nothing of the kernel's.
    case nothing
    /// The next line of the file belongs to this one.
    case continues
  }

  private var isQuotedPrintable = false
  /// How much of a line that a mail program has broken is decoded.
  private var decoded = 0
  /// The beginning of a message that netconsole sent in pieces, its header in front.
  private var fragment: [UInt8] = []
  private var fragmentHeader = 0
  private var isRecord = false

  /// Whether anything of that could be there. One pass, eight bytes at a time.
  func concerns(_ line: [UInt8], bits: UInt8) -> Bool {
    let text = line.span
    if bits & 0x80 != 0 || isQuotedPrintable || isRecord || decoded > 0 { return true }
    let first = text.skippingSpaces(from: 0)
    guard first < text.count else { return false }
    switch text[first] {
    case UInt8(ascii: "'"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "M"),
      UInt8(ascii: "P"), UInt8(ascii: "S"):
      return true
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      if text.count &- first < 4 { return true }
    case 0x30...0x39:
      if text.endOfKernelRecord(from: first) != nil { return true }
    default: break
    }
    return text.hasMarkup
  }

  mutating func unwrap(_ text: inout [UInt8], bits: UInt8, width: Int) -> Result {
    if bits & 0x80 != 0 { replaceForeignBlanks(&text) }
    if isQuotedPrintable || decoded > 0 || text.span.hasMarkup {
      if !decodeMarkup(&text, width: width) { return .continues }
    }
    let first = text.span.skippingSpaces(from: 0)
    guard first < text.count else { return .line }
    switch text[first] {
    case UInt8(ascii: "'"):
      unquote(&text, from: first)
      return .line
    case UInt8(ascii: "-"):
      let next = text.span.skippingSpaces(from: first + 1)
      if next > first + 1, next < text.count, text[next] == UInt8(ascii: "'") {
        unquote(&text, from: next)
        return .line
      }
      // What grep -A puts between two places of a file.
      if text.span.equals(first..<text.count, "--") { return .nothing }
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      if text.allSatisfy({ " []{},:".utf8.contains($0) }) { return .nothing }
    case UInt8(ascii: "_"), UInt8(ascii: "M"), UInt8(ascii: "P"), UInt8(ascii: "S"):
      return unwrapExport(&text, from: first)
    case 0x30...0x39 where first == 0: return unwrapRecord(&text)
    default: break
    }
    // Behind a record of /dev/kmsg: ` SUBSYSTEM=pci`.
    if isRecord, first == 1, text[0] == .space, text.span.isVariable(from: 1) { return .nothing }
    return .line
  }

  // MARK: Characters

  /// No-break spaces of web pages and of mails, and the mark at the beginning of a file.
  private func replaceForeignBlanks(_ text: inout [UInt8]) {
    var kept = 0
    var index = 0
    while index < text.count {
      let rest = text[index...]
      if rest.starts(with: [0xC2, 0xA0]) {
        text[kept] = .space
        index += 2
      } else if rest.starts(with: [0xEF, 0xBB, 0xBF]) || rest.starts(with: [0xE2, 0x80, 0x8B]) {
        index += 3
        continue
      } else {
        text[kept] = text[index]
        index += 1
      }
      kept += 1
    }
    text.removeLast(text.count - kept)
  }

  /// Quoted-printable and HTML; false where a mail program has broken the line behind this.
  private mutating func decodeMarkup(_ text: inout [UInt8], width: Int) -> Bool {
    let start = Swift.min(decoded, text.count)
    decoded = 0
    if text.span.extracting(start..<text.count).isQuotedPrintable(isKnown: isQuotedPrintable) {
      isQuotedPrintable = true
      decodeQuotedPrintable(&text, from: start)
    }
    if text.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "<") }) {
      HTMLText.decode(&text)
    }
    // A line of quoted-printable has at most 76 characters.
    if text.last == UInt8(ascii: "="), isQuotedPrintable || 60...76 ~= width {
      text.removeLast()
      decoded = text.count
      return false
    }
    return true
  }

  private func decodeQuotedPrintable(_ text: inout [UInt8], from start: Int) {
    var kept = start
    var index = start
    while index < text.count {
      if text[index] == UInt8(ascii: "="), index + 2 < text.count,
        let high = text[index + 1].hexValue, let low = text[index + 2].hexValue
      {
        let byte = UInt8(high << 4 | low)
        text[kept] = byte == 0x09 ? .space : byte
        index += 3
      } else {
        text[kept] = text[index]
        index += 1
      }
      kept += 1
    }
    text.removeLast(text.count - kept)
  }

  // MARK: Lists and records

  /// `'it''s'` of a YAML list, or `'line',` of a program's.
  private func unquote(_ text: inout [UInt8], from start: Int) {
    var end = text.count
    while end > start, text[end - 1].isBlank || text[end - 1] == UInt8(ascii: ",") { end -= 1 }
    guard end > start + 1, text[end - 1] == UInt8(ascii: "'") else { return }
    var plain: [UInt8] = []
    var index = start + 1
    while index < end - 1 {
      plain.append(text[index])
      let isDoubled =
        text[index] == UInt8(ascii: "'") && index + 1 < end - 1
        && text[index + 1] == UInt8(ascii: "'")
      index += isDoubled ? 2 : 1
    }
    text = plain
  }

  /// `MESSAGE=…` of `journalctl -o export` or `-o verbose`; the record's other fields go.
  private func unwrapExport(_ text: inout [UInt8], from first: Int) -> Result {
    if text.span.hasPrefix(first..<text.count, "MESSAGE=") {
      text.removeFirst(first + 8)
      return .line
    }
    guard text.span.isVariable(from: first) else { return .line }
    let isField =
      text[first] == UInt8(ascii: "_") || text.span.hasPrefix(first..<text.count, "SYSLOG_")
      || text.span.hasPrefix(first..<text.count, "PRIORITY=")
      || text.span.hasPrefix(first..<text.count, "MESSAGE_ID=")
    return isField ? .nothing : .line
  }

  /// A record of /dev/kmsg or of netconsole's extended form.
  private mutating func unwrapRecord(_ text: inout [UInt8]) -> Result {
    guard let end = text.span.endOfKernelRecord(from: 0) else {
      isRecord = false
      return .line
    }
    isRecord = true
    decodeEscapes(&text, from: end)
    guard let piece = text.span.find("ncfrag=", in: 0..<end),
      let offset = text.span.number(at: piece + 7, in: 0..<end), offset.end < end,
      text[offset.end] == UInt8(ascii: "/"),
      let length = text.span.number(at: offset.end + 1, in: 0..<end)
    else { return .line }
    if offset.value == 0 {
      fragment = text
      fragmentHeader = end
    } else if !fragment.isEmpty, offset.value == UInt64(fragment.count - fragmentHeader) {
      fragment += text[end...]
    } else {
      return .line
    }
    guard UInt64(fragment.count - fragmentHeader) >= length.value else { return .nothing }
    text = fragment
    fragment = []
    return .line
  }

  /// `\x09` for what does not print.
  private func decodeEscapes(_ text: inout [UInt8], from start: Int) {
    guard text.contains(UInt8(ascii: "\\")) else { return }
    var kept = start
    var index = start
    while index < text.count {
      if text[index] == UInt8(ascii: "\\"), index + 3 < text.count,
        text[index + 1] == UInt8(ascii: "x"), let high = text[index + 2].hexValue,
        let low = text[index + 3].hexValue
      {
        let byte = UInt8(high << 4 | low)
        text[kept] = byte < 0x20 ? .space : byte
        index += 4
      } else {
        text[kept] = text[index]
        index += 1
      }
      kept += 1
    }
    text.removeLast(text.count - kept)
  }
}

extension Span<UInt8> {
  /// Whether a mark of HTML or of quoted-printable is there.
  fileprivate var hasMarkup: Bool {
    if !isEmpty, self[count &- 1] == UInt8(ascii: "=") { return true }
    var index = 0
    while index < count {
      if index &+ 8 <= count, !Self.hasMarks(eightBytes(at: index)) {
        index &+= 8
        continue
      }
      switch self[index] {
      case UInt8(ascii: "&"): return true
      case UInt8(ascii: "="):
        if index &+ 2 < count, self[index &+ 1] == UInt8(ascii: "3"),
          self[index &+ 2] == UInt8(ascii: "D")
        {
          return true
        }
      case UInt8(ascii: "<"):
        // `<4>` is printk's, `<TASK>` a stack trace's.
        if index &+ 1 < count, self[index &+ 1] >= 0x61 || self[index &+ 1] == UInt8(ascii: "/") {
          return true
        }
      default: break
      }
      index &+= 1
    }
    return false
  }

  /// Whether one of eight bytes is `&`, `<` or `=`.
  @inline(__always)
  private static func hasMarks(_ word: UInt64) -> Bool {
    @inline(__always)
    func has(_ byte: UInt64) -> Bool {
      let other = word ^ (byte &* 0x0101_0101_0101_0101)
      return (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080 != 0
    }
    return has(0x26) || has(0x3C) || has(0x3D)
  }

  /// Whether a line is quoted-printable: each equals sign belongs to two digits or ends the line, and
  /// one of them shows it.
  fileprivate func isQuotedPrintable(isKnown: Bool) -> Bool {
    var isShown = isKnown
    var index = 0
    while index < count {
      if self[index] == UInt8(ascii: "=") {
        if index &+ 1 == count { break }
        guard index &+ 2 < count, self[index &+ 1].isUpperHex, self[index &+ 2].isUpperHex else {
          return false
        }
        if self[index &+ 1] == UInt8(ascii: "3"), self[index &+ 2] == UInt8(ascii: "D") {
          isShown = true
        }
      }
      index &+= 1
    }
    return isShown
  }

  /// Whether `NAME=` in capitals stands there.
  fileprivate func isVariable(from start: Int) -> Bool {
    var index = start
    while index < count {
      let byte = self[index]
      if byte == UInt8(ascii: "=") { return index > start &+ 1 }
      guard byte.isDigit || byte == UInt8(ascii: "_") || (0x41...0x5A).contains(byte) else {
        return false
      }
      index &+= 1
    }
    return false
  }

  /// Behind the header of a record: `6,1120,16015906,-;`, `4,19,241,-,caller=T0;`.
  func endOfKernelRecord(from start: Int) -> Int? {
    let limit = Swift.min(count, start &+ 120)
    var index = start
    for _ in 0..<3 {
      let digits = index
      while index < limit, self[index].isDigit { index &+= 1 }
      guard index > digits, index < limit, self[index] == UInt8(ascii: ",") else { return nil }
      index &+= 1
    }
    while index < limit, self[index] > .space {
      if self[index] == UInt8(ascii: ";") { return index &+ 1 }
      index &+= 1
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isUpperHex: Bool { isDigit || (0x41...0x46).contains(self) }
}
