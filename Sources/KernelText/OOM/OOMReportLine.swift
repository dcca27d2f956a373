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
    var (rest, hasPrefix) = Self.withoutPrefix(Self.trimmed(line))
    if !prefix.isEmpty, rest.hasPrefix(prefix) {
      rest = Self.trimmed(rest.dropFirst(prefix.count))
      hasPrefix = true
    }
    if !hasPrefix {
      if let start = Self.startBehindStamp(rest) {
        rest = start
        hasPrefix = true
      } else if LogPrefix.beginsWithDate(rest.utf8.span) {
        isForeign = true
      } else if let mark = Self.marker(in: rest) {
        rest = rest[mark...]
        hasPrefix = true
      }
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
    let rest = withoutPrefix(trimmed(line)).rest
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

  /// The line behind all known prefixes, and whether there was one.
  private static func withoutPrefix(_ text: Substring) -> (rest: Substring, hasPrefix: Bool) {
    let prefix = LogPrefix(of: text.utf8.span)
    let rest = text.dropFirstBytes(prefix.end)
    // Behind a date and a host comes a program's tag: not the kernel's line.
    guard let date = prefix.date, hasTag(rest) else {
      return (rest, !prefix.isEmpty && !prefix.isQuote)
    }
    return (text.dropFirstBytes(date), date > 0)
  }

  /// The line behind a time stamp of the kernel's that follows a date and a tag of any name, or words
  /// of another line; nil where it may follow what a report says.
  private static func startBehindStamp(_ text: Substring) -> Substring? {
    let bytes = text.utf8.span
    guard let stamp = bytes.printkStamp, let prefix = LogPrefix(upToStampIn: bytes) else {
      return nil
    }
    let isWords = !text.utf8.prefix(stamp.lowerBound).contains(where: \.isDigit)
    return isWords || LogPrefix.beginsWithDate(bytes) ? text.dropFirstBytes(prefix.end) : nil
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
  fileprivate func dropFirstBytes(_ count: Int) -> Substring {
    self[utf8.index(startIndex, offsetBy: count)...]
  }

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
