/// A line of a log without what loggers put in front of it.
struct OOMReportLine {
  /// What the kernel said, blanks at both ends removed.
  var text: Substring
  /// Whether there was a prefix. In a log whose lines have one, a line without is the rest of the
  /// line before, broken by a terminal or a mail program.
  var hasPrefix: Bool

  init(_ line: Substring) {
    var rest = Self.trimmed(line)
    var hasPrefix = false
    while let next = Self.withoutPrefix(rest) {
      rest = Self.trimmed(next)
      hasPrefix = true
    }
    self.text = rest
    self.hasPrefix = hasPrefix
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.utf8.first, first == 0x20 || first == 0x09 { text.removeFirst() }
    while let last = text.utf8.last, last == 0x20 || last == 0x09 || last == 0x0D {
      text.removeLast()
    }
    return text
  }

  private static func withoutPrefix(_ text: Substring) -> Substring? {
    switch text.utf8.first {
    case UInt8(ascii: "<"): return level(text)
    case UInt8(ascii: "["): return bracket(text)
    case UInt8(ascii: ">"): return text.dropFirst()
    default: return logger(text)
    }
  }

  /// `<4>` of a serial console or /dev/kmsg.
  private static func level(_ text: Substring) -> Substring? {
    let digits = text.utf8.dropFirst().prefix { $0.isDigit }
    guard !digits.isEmpty, digits.count <= 3, let end = text.utf8[digits.endIndex...].first,
      end == UInt8(ascii: ">")
    else { return nil }
    return text[text.utf8.index(after: digits.endIndex)...]
  }

  /// `[   12.345678]`, `[  T123]` or `[Mon Nov 23 10:00:00 2026]`; a process table's `[  123]` is
  /// not one.
  private static func bracket(_ text: Substring) -> Substring? {
    guard let end = text.utf8.prefix(40).firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let content = trimmed(text[text.utf8.index(after: text.startIndex)..<end])
    let isTime = content.utf8.contains(UInt8(ascii: ".")) && content.utf8.first?.isDigit == true
    let isDate = content.utf8.filter { $0 == UInt8(ascii: ":") }.count == 2
    let isCaller =
      content.utf8.count > 1 && (content.hasPrefix("T") || content.hasPrefix("C"))
      && content.utf8.dropFirst().allSatisfy(\.isDigit)
    return isTime || isDate || isCaller ? text[text.utf8.index(after: end)...] : nil
  }

  /// `Nov 23 10:00:00 host kernel: ` of syslog and journalctl, `kern  :warn  : ` of dmesg -x.
  private static func logger(_ text: Substring) -> Substring? {
    let head = text.prefix(160)
    if let mark = head.firstRange(of: "kernel: ") {
      let before = text[..<mark.lowerBound]
      // Only what a logger writes may stand in front: a date and a host, no colon and value.
      guard before.isEmpty || before.hasSuffix(" ") else { return nil }
      return text[mark.upperBound...]
    }
    guard head.hasPrefix("kern"), let first = head.firstRange(of: ":"),
      let second = head[first.upperBound...].firstRange(of: ":")
    else { return nil }
    let facility = trimmed(text[..<first.lowerBound])
    return facility == "kern" ? text[second.upperBound...] : nil
  }
}
