/// A line of a log without what loggers put in front of it.
struct OOMReportLine {
  /// What the kernel said, blanks at both ends removed.
  var text: Substring
  /// Whether there was a prefix. In a log whose lines have one, a line without is the rest of the
  /// line before, broken by a terminal or a mail program.
  var hasPrefix: Bool
  /// Whether another program said it, in a log of all programs.
  var isForeign = false

  /// A line of a log where `prefix` stands in front of all lines of one report, unless it is empty.
  init(_ line: Substring, prefix: String = "") {
    var rest = Self.trimmed(line)
    var hasPrefix = false
    while let next = Self.withoutPrefix(rest) {
      rest = Self.trimmed(next)
      hasPrefix = true
    }
    if !prefix.isEmpty, rest.hasPrefix(prefix) {
      rest = Self.trimmed(rest.dropFirst(prefix.count))
      hasPrefix = true
    }
    isForeign = !hasPrefix && Self.beginsWithDate(rest)
    if !hasPrefix, !isForeign, let mark = Self.marker(in: rest) {
      rest = rest[mark...]
      hasPrefix = true
    }
    self.text = Self.decoded(rest)
    self.hasPrefix = hasPrefix
  }

  /// The lines that a logger made one of: rsyslog writes a newline inside a message as `#012`.
  static func lines(_ line: Substring, prefix: String) -> [OOMReportLine] {
    var lines: [OOMReportLine] = []
    var rest = line
    while let mark = rest.range(of: "#012") {
      lines.append(OOMReportLine(rest[..<mark.lowerBound], prefix: prefix))
      rest = rest[mark.upperBound...]
    }
    return lines + [OOMReportLine(rest, prefix: prefix)]
  }

  /// What stands in front of `Mem-Info:` and is no logger's prefix: a test harness's, the same on
  /// all lines.
  static func harnessPrefix(_ line: Substring) -> String? {
    var rest = trimmed(line)
    while let next = withoutPrefix(rest) { rest = trimmed(next) }
    guard rest.hasSuffix("Mem-Info:"), rest.utf8.count < 60 else { return nil }
    return String(trimmed(rest.dropLast("Mem-Info:".count)))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.utf8.first, first == 0x20 || first == 0x09 { text.removeFirst() }
    while let last = text.utf8.last, last == 0x20 || last == 0x09 || last == 0x0D {
      text.removeLast()
    }
    return text
  }

  /// A raw mail's quoted-printable: `=` at a broken line's end, `=3D` for a real one.
  private static func decoded(_ text: Substring) -> Substring {
    var text = text
    if text.utf8.last == UInt8(ascii: "=") { text.removeLast() }
    guard text.range(of: "=3D") != nil else { return text }
    var plain = ""
    while let mark = text.range(of: "=3D") {
      plain += text[..<mark.lowerBound] + "="
      text = text[mark.upperBound...]
    }
    return Substring(plain + text)
  }

  // MARK: Prefixes that are known

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

  /// `[   12.345678]`, `[  +0.000004]`, `[  T123]`, `[Jul31 01:56]` or `[Mon Nov 23 10:00:00 2026]`;
  /// a process table's `[  123]` is not one.
  private static func bracket(_ text: Substring) -> Substring? {
    guard let end = text.utf8.prefix(40).firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let content = trimmed(text[text.utf8.index(after: text.startIndex)..<end])
    let number = content.utf8.first == UInt8(ascii: "+") ? content.dropFirst() : content
    let isTime = content.utf8.contains(UInt8(ascii: ".")) && number.utf8.first?.isDigit == true
    let colons = content.utf8.indices.filter { content.utf8[$0] == UInt8(ascii: ":") }
    let isMinute =
      colons.count == 1
      && content.utf8[content.utf8.index(after: colons[0])...].count == 2
      && content.utf8.last?.isDigit == true && content.utf8.contains(UInt8(ascii: " "))
    let isCaller =
      content.utf8.count > 1 && (content.hasPrefix("T") || content.hasPrefix("C"))
      && content.utf8.dropFirst().allSatisfy(\.isDigit)
    return isTime || isMinute || colons.count == 2 || isCaller
      ? text[text.utf8.index(after: end)...] : nil
  }

  /// `Nov 23 10:00:00 host kernel: ` and `… kernel[0]: ` of syslog and journalctl, `kern  :warn  : `
  /// of dmesg -x, `2026-11-23T10:00:00,123456+01:00 ` of dmesg --time-format iso.
  private static func logger(_ text: Substring) -> Substring? {
    let head = text.prefix(160)
    if let mark = head.range(of: "kernel"), let end = tagEnd(text, from: mark.upperBound) {
      let before = text[..<mark.lowerBound]
      // Only what a logger writes may stand in front: a date and a host, no colon and value.
      guard before.isEmpty || before.hasSuffix(" ") else { return nil }
      return text[end...]
    }
    if isISODate(head), let blank = head.utf8.firstIndex(of: 0x20) {
      let rest = text[blank...]
      // Behind a host comes a program's tag: not the kernel's line.
      return rest.utf8.count > 1 && !hasTag(trimmed(rest)) ? rest : nil
    }
    guard head.hasPrefix("kern"), let first = head.range(of: ":"),
      let second = head[first.upperBound...].range(of: ":")
    else { return nil }
    let facility = trimmed(text[..<first.lowerBound])
    return facility == "kern" ? text[second.upperBound...] : nil
  }

  /// Behind `: ` or `[123]: `.
  private static func tagEnd(_ text: Substring, from start: Substring.Index) -> Substring.Index? {
    var rest = text[start...]
    if rest.hasPrefix("["), let close = rest.utf8.prefix(12).firstIndex(of: UInt8(ascii: "]")) {
      rest = rest[rest.utf8.index(after: close)...]
    }
    return rest.hasPrefix(": ") ? rest.index(rest.startIndex, offsetBy: 2) : nil
  }

  // MARK: Lines that are not the kernel's

  private static let months: Set<Substring> = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A logger's date in front of a line that it did not take from the kernel.
  private static func beginsWithDate(_ text: Substring) -> Bool {
    if isISODate(text) { return true }
    guard months.contains(text.prefix(3)) else { return false }
    let words = text.prefix(24).split(separator: " ")
    guard words.count >= 3, UInt8(words[1]) != nil else { return false }
    return words[2].utf8.filter { $0 == UInt8(ascii: ":") }.count == 2
  }

  /// `2026-11-23T10:…`.
  private static func isISODate(_ text: Substring) -> Bool {
    let head = Array(text.utf8.prefix(11))
    guard head.count == 11, head[4] == UInt8(ascii: "-"), head[7] == UInt8(ascii: "-"),
      head[10] == UInt8(ascii: "T")
    else { return false }
    return [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy { head[$0].isDigit }
  }

  /// `host program[123]: ` or `host program: `.
  private static func hasTag(_ text: Substring) -> Bool {
    let words = text.prefix(120).split(separator: " ", maxSplits: 2)
    return words.count > 1 && words[1].hasSuffix(":") && words[0] != "Node"
  }

  // MARK: Prefixes that are not known

  /// Where the kernel's words begin behind the prefix of some test harness or phone.
  private static func marker(in text: Substring) -> Substring.Index? {
    let head = text.prefix(200)
    for word in ["Mem-Info:", "lowmem_reserve[]:"] {
      if let mark = head.range(of: word) {
        return mark.lowerBound == text.startIndex ? nil : mark.lowerBound
      }
    }
    // A zone's line or a node's: `Node 0 `, or the zone's name alone.
    for word in [" free:", " active_anon:"] {
      guard let mark = head.range(of: word) else { continue }
      return start(of: head[..<mark.lowerBound], in: text)
    }
    // A buddy list: behind the zone's name come a colon and how many of the smallest blocks.
    guard let mark = head.range(of: "*") else { return nil }
    var before = head[..<mark.lowerBound]
    while before.utf8.last?.isDigit == true { before.removeLast() }
    guard before.hasSuffix(": ") else { return nil }
    return start(of: before.dropLast(2), in: text)
  }

  /// Where a zone's or a node's name begins that ends here; nil at the line's own beginning.
  private static func start(of name: Substring, in text: Substring) -> Substring.Index? {
    if let node = lastRange(of: "Node ", in: name) { return node == text.startIndex ? nil : node }
    for zone in ["DMA32", "DMA", "Normal", "HighMem", "Movable"] where name.hasSuffix(zone) {
      let start = name.index(name.endIndex, offsetBy: -zone.count)
      return start == text.startIndex ? nil : start
    }
    return nil
  }

  private static func lastRange(of word: String, in text: Substring) -> Substring.Index? {
    var found: Substring.Index?
    var rest = text
    while let mark = rest.range(of: word) {
      found = mark.lowerBound
      rest = rest[mark.upperBound...]
    }
    return found
  }
}

extension Substring {
  /// Where ASCII text stands first. Compares bytes: thousands of lines are asked for many words.
  fileprivate func range(of word: String) -> Range<Index>? {
    let wanted = word.utf8
    guard let first = wanted.first else { return nil }
    var start = utf8.startIndex
    while let found = utf8[start...].firstIndex(of: first) {
      if utf8[found...].starts(with: wanted) {
        return found..<utf8.index(found, offsetBy: wanted.count)
      }
      start = utf8.index(after: found)
    }
    return nil
  }
}
