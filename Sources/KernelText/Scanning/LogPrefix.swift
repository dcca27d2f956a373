/// What loggers, consoles, terminals and mail programs put in front of a kernel's message.
///
/// dmesg in all its formats, the journal, syslog files, serial consoles with the time of a console
/// server, and quotes in mails; several of them may stand one behind the other. Nothing is allocated:
/// logs of any length stream through.
struct LogPrefix {
  /// Where the message begins, blanks in front of it left out.
  private(set) var end: Int
  /// Whether nothing but blanks stands in front of the message.
  private(set) var isEmpty = true
  /// Where a date begins that is all a logger put in front: what follows may be the message or another
  /// program's line.
  private(set) var date: Int?

  /// The prefix that the text begins with.
  init(of text: Span<UInt8>) {
    end = 0
    extend(in: text, isStamped: false)
  }

  /// All up to the first printk time stamp near the beginning and what belongs to it; nil where there
  /// is no stamp. What precedes it is a prefix, known or not, or the rest of another line.
  init?(upToStampIn text: Span<UInt8>) {
    guard let stamp = text.printkStamp else { return nil }
    end = stamp.upperBound
    isEmpty = false
    extend(in: text, isStamped: true)
  }

  private mutating func extend(in text: Span<UInt8>, isStamped: Bool) {
    var isStamped = isStamped
    while end < text.count {
      if text[end].isBlank {
        end &+= 1
        continue
      }
      let start = end
      var bareDate: Int?
      if text[start] == UInt8(ascii: "["), let stamp = text.endOfStamp(from: start &+ 1) {
        isStamped = true
        end = stamp
      } else if let next = text.endOfLoggerPrefix(from: start, isStamped: isStamped) {
        end = next
      } else if let next = text.endOfISOTime(from: start) {
        bareDate = start
        end = next
      } else {
        return
      }
      date = bareDate
      isEmpty = false
    }
  }

  /// Whether a text begins with a logger's date: `2026-11-23T10:…` or `Nov 23 10:34:47 `.
  static func beginsWithDate(_ text: Span<UInt8>) -> Bool {
    if text.isISODate(from: 0) { return true }
    let line = 0..<Swift.min(text.count, 24)
    let month = text.word(from: 0, in: line)
    guard month.lowerBound == 0, text.isMonth(month) else { return false }
    let day = text.word(from: month.upperBound, in: line)
    guard let number = text.decimal(day), number < 32 else { return false }
    let time = text.word(from: day.upperBound, in: line)
    return text.colons(in: time) == 2
  }
}

extension Span<UInt8> {
  /// The first `[   12.345678]` within 256 bytes.
  var printkStamp: Range<Int>? {
    let limit = Swift.min(count, 256)
    var index = 0
    while index < limit {
      if self[index] == UInt8(ascii: "["), let end = endOfStamp(from: index &+ 1) {
        return index..<end
      }
      index &+= 1
    }
    return nil
  }

  /// Behind blanks, digits, a point, six digits and the bracket.
  fileprivate func endOfStamp(from start: Int) -> Int? {
    var index = start
    while index < count, self[index] == .space { index &+= 1 }
    let seconds = index
    while index < count, self[index].isDigit { index &+= 1 }
    guard index > seconds, index &+ 7 < count, self[index] == UInt8(ascii: ".") else { return nil }
    for digit in index &+ 1...index &+ 6 where !self[digit].isDigit { return nil }
    return self[index &+ 7] == UInt8(ascii: "]") ? index &+ 8 : nil
  }

  /// Behind one prefix that is neither the kernel's time stamp nor a bare date.
  fileprivate func endOfLoggerPrefix(from start: Int, isStamped: Bool) -> Int? {
    switch self[start] {
    case UInt8(ascii: "<"): endOfLevel(from: start)
    case UInt8(ascii: "["): endOfBracket(from: start)
    case UInt8(ascii: ">"): start &+ 1
    default: endOfKernelTag(from: start, isStamped: isStamped) ?? endOfFacility(from: start)
    }
  }

  /// Behind `<4>` of a serial console or dmesg -r.
  private func endOfLevel(from start: Int) -> Int? {
    let first = start &+ 1
    var index = first
    while index < count, index &- first < 3, self[index].isDigit { index &+= 1 }
    return index > first && index < count && self[index] == UInt8(ascii: ">") ? index &+ 1 : nil
  }

  /// Behind `[  +0.000004]`, `[Nov23 10:34]`, `[Mon Nov 23 10:00:00 2026]`, `[2026-11-23 10:00:00]` or
  /// a caller; a process table's `[  123]` is none of them.
  private func endOfBracket(from start: Int) -> Int? {
    let limit = Swift.min(count, start &+ 48)
    var close = start &+ 1
    while close < limit, self[close] != UInt8(ascii: "]") { close &+= 1 }
    guard close < limit else { return nil }
    var content = trimmed(start &+ 1..<close)
    while let last = content.last, self[last].isBlank {
      content = content.lowerBound..<content.upperBound &- 1
    }
    let isDate =
      isSeconds(content) || isMinute(content) || isCaller(content) || colons(in: content) >= 2
    return isDate ? close &+ 1 : nil
  }

  /// Whether the range is a number with a point, with or without a plus.
  private func isSeconds(_ range: Range<Int>) -> Bool {
    guard let first = range.first else { return false }
    let number = self[first] == UInt8(ascii: "+") ? first &+ 1 : first
    guard number < range.upperBound, self[number].isDigit else { return false }
    return range.contains { self[$0] == UInt8(ascii: ".") }
  }

  /// Whether the range is `Nov23 10:34`, as dmesg -e begins each minute.
  private func isMinute(_ range: Range<Int>) -> Bool {
    guard range.count > 4, colons(in: range) == 1 else { return false }
    let end = range.upperBound
    return self[end &- 3] == UInt8(ascii: ":") && self[end &- 1].isDigit
      && range.contains { self[$0] == .space }
  }

  /// Whether the range is `T123`, `C1` or `T123@C1`, which CONFIG_PRINTK_CALLER adds.
  private func isCaller(_ range: Range<Int>) -> Bool {
    guard let first = range.first,
      self[first] == UInt8(ascii: "T") || self[first] == UInt8(ascii: "C")
    else { return false }
    var end = first &+ 1
    while end < range.upperBound, self[end].isDigit { end &+= 1 }
    guard end > first &+ 1 else { return false }
    if end == range.upperBound { return true }
    return hasPrefix(end..<range.upperBound, "@C") && end &+ 2 < range.upperBound
      && (end &+ 2..<range.upperBound).allSatisfy { self[$0].isDigit }
  }

  /// Behind `Nov 23 10:00:00 host kernel: ` and `… kernel[0]: ` of syslog and the journal. Behind the
  /// kernel's stamp the journal writes nothing but the host in front of the tag.
  private func endOfKernelTag(from start: Int, isStamped: Bool) -> Int? {
    let limit = Swift.min(count, start &+ 160)
    var index = start
    var blanks = 0
    while index < limit {
      if self[index] == UInt8(ascii: "k"), index == start || self[index &- 1] == .space,
        hasPrefix(index..<count, "kernel"), let end = endOfTag(from: index &+ 6)
      {
        return end
      }
      if self[index] == .space { blanks &+= 1 }
      if isStamped, blanks > 1 { return nil }
      index &+= 1
    }
    return nil
  }

  /// Behind `: ` or `[123]: `.
  private func endOfTag(from start: Int) -> Int? {
    var index = start
    if index < count, self[index] == UInt8(ascii: "[") {
      let limit = Swift.min(count, start &+ 12)
      while index < limit, self[index] != UInt8(ascii: "]") { index &+= 1 }
      guard index < limit else { return nil }
      index &+= 1
    }
    return index < count && hasPrefix(index..<count, ": ") ? index &+ 2 : nil
  }

  /// Behind `kern  :info  :`, from dmesg's option to decode priorities.
  private func endOfFacility(from start: Int) -> Int? {
    guard hasPrefix(start..<count, "kern ") || hasPrefix(start..<count, "kern:") else { return nil }
    var colons = 0
    let end = Swift.min(count, start &+ 24)
    for index in start..<end where self[index] == UInt8(ascii: ":") {
      colons &+= 1
      if colons == 2 { return index &+ 1 }
    }
    return nil
  }

  /// Behind `2026-11-23T10:00:00,123456+00:00 `.
  fileprivate func endOfISOTime(from start: Int) -> Int? {
    guard isISODate(from: start) else { return nil }
    let end = word(from: start, in: start..<count).upperBound
    return end < count ? end &+ 1 : nil
  }

  /// Whether `2026-11-23T` stands there.
  fileprivate func isISODate(from start: Int) -> Bool {
    guard start &+ 11 <= count, self[start &+ 4] == UInt8(ascii: "-"),
      self[start &+ 7] == UInt8(ascii: "-"), self[start &+ 10] == UInt8(ascii: "T")
    else { return false }
    for index in 0..<10 where index != 4 && index != 7 && !self[start &+ index].isDigit {
      return false
    }
    return true
  }

  fileprivate func isMonth(_ range: Range<Int>) -> Bool {
    switch shortWord(range) {
    case UInt64(shortWord: "Jan"), UInt64(shortWord: "Feb"), UInt64(shortWord: "Mar"),
      UInt64(shortWord: "Apr"), UInt64(shortWord: "May"), UInt64(shortWord: "Jun"),
      UInt64(shortWord: "Jul"), UInt64(shortWord: "Aug"), UInt64(shortWord: "Sep"),
      UInt64(shortWord: "Oct"), UInt64(shortWord: "Nov"), UInt64(shortWord: "Dec"):
      true
    default: false
    }
  }

  fileprivate func colons(in range: Range<Int>) -> Int {
    var colons = 0
    for index in range where self[index] == UInt8(ascii: ":") { colons &+= 1 }
    return colons
  }
}
