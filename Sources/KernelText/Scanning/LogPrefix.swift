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
  /// Whether the prefix is nothing but marks of quoting.
  private(set) var isQuote = false
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
        isQuote =
          (isEmpty || isQuote)
          && (text[start] == UInt8(ascii: ">") || text[start] == UInt8(ascii: "|"))
        end = next
        isEmpty = false
        date = nil
        continue
      } else if let next = text.endOfTime(from: start) {
        bareDate = start
        end = next
      } else if date != nil || isEmpty, let next = text.endOfCarrier(from: start) {
        bareDate = date
        end = next
      } else {
        return
      }
      date = bareDate
      isEmpty = false
      isQuote = false
    }
  }

  /// Whether a text begins with a logger's date, and nothing of the kernel's follows: `2026-11-23T10:…` or `Nov 23 10:34:47 `.
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
    case UInt8(ascii: "|") where start &+ 1 < count && self[start &+ 1].isBlank: start &+ 1
    case 0x30...0x39:
      endOfKernelRecord(from: start) ?? endOfAndroidTag(from: start) ?? endOfCounter(from: start)
        ?? endOfKernelTag(from: start, isStamped: isStamped)
    default: endOfKernelTag(from: start, isStamped: isStamped) ?? endOfFacility(from: start)
    }
  }

  /// Behind `07-12 10:11:12.123     0     0 W kernel  : ` of Android.
  private func endOfAndroidTag(from start: Int) -> Int? {
    guard start &+ 6 < count, self[start &+ 2] == UInt8(ascii: "-"), self[start &+ 5] == .space,
      decimal(start..<start &+ 2) != nil, decimal(start &+ 3..<start &+ 5) != nil
    else { return nil }
    let line = start..<Swift.min(count, start &+ 80)
    let time = word(from: start &+ 6, in: line)
    let process = word(from: time.upperBound, in: line)
    let thread = word(from: process.upperBound, in: line)
    let level = word(from: thread.upperBound, in: line)
    guard isTime(time), decimal(process) != nil, decimal(thread) != nil, level.count == 1 else {
      return nil
    }
    return find(": ", in: level.upperBound..<line.upperBound).map { $0 &+ 2 }
  }

  /// Behind `00177 `, which a test harness counts lines with, and `177:` of grep -n.
  private func endOfCounter(from start: Int) -> Int? {
    var index = start
    while index < count, self[index].isDigit { index &+= 1 }
    guard index &+ 1 < count else { return nil }
    if self[index] == UInt8(ascii: ":") || self[index] == UInt8(ascii: "-") {
      return self[index &+ 1] == UInt8(ascii: "[") && endOfStamp(from: index &+ 2) != nil
        ? index &+ 1 : nil
    }
    let isPadded = self[start] == UInt8(ascii: "0") && index > start &+ 3
    return isPadded && self[index] == .space ? index &+ 1 : nil
  }

  /// Behind what a log's carrier writes between its time and the line: the name and the kind of a
  /// stream (Kubernetes, GitLab), a service of docker compose, a list's dash.
  fileprivate func endOfCarrier(from start: Int) -> Int? {
    let rest = start..<count
    if hasPrefix(rest, "- ") { return start &+ 2 }
    if hasPrefix(rest, "stdout ") || hasPrefix(rest, "stderr ") {
      let isTagged =
        start &+ 9 <= count && self[start &+ 8] == .space
        && (self[start &+ 7] == UInt8(ascii: "F") || self[start &+ 7] == UInt8(ascii: "P"))
      return start &+ (isTagged ? 9 : 7)
    }
    if start &+ 4 <= count, self[start].isDigit, self[start &+ 1].isDigit,
      self[start &+ 2] == UInt8(ascii: "O") || self[start &+ 2] == UInt8(ascii: "E"),
      self[start &+ 3] == .space || self[start &+ 3] == UInt8(ascii: "+")
    {
      return start &+ 4
    }
    let name = word(from: start, in: start..<Swift.min(count, start &+ 64))
    let bar = skippingSpaces(from: name.upperBound)
    guard name.lowerBound == start, bar > name.upperBound, bar &+ 1 < count,
      self[bar] == UInt8(ascii: "|"), self[bar &+ 1] == .space
    else { return nil }
    return bar &+ 2
  }

  /// Behind the time, the date or both that a logger put in front.
  fileprivate func endOfTime(from start: Int) -> Int? {
    if let end = endOfISOTime(from: start) { return end }
    let line = start..<Swift.min(count, start &+ 48)
    let first = word(from: start, in: line)
    if isTime(first) { return first.upperBound < count ? first.upperBound &+ 1 : nil }
    guard first.count == 10, self[start &+ 4] == UInt8(ascii: "-") || self[start &+ 4] == 0x2F,
      self[start &+ 7] == self[start &+ 4], decimal(start..<start &+ 4) != nil
    else { return nil }
    let time = word(from: first.upperBound, in: line)
    return isTime(time) && time.upperBound < count ? time.upperBound &+ 1 : nil
  }

  /// Whether the range is `10:11:12`, with or without a fraction and a zone.
  fileprivate func isTime(_ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard range.count >= 8, range.count <= 24, self[start].isDigit, self[start &+ 1].isDigit,
      self[start &+ 2] == UInt8(ascii: ":"), self[start &+ 3].isDigit, self[start &+ 4].isDigit,
      self[start &+ 5] == UInt8(ascii: ":"), self[start &+ 6].isDigit, self[start &+ 7].isDigit
    else { return false }
    return (start &+ 8..<range.upperBound).allSatisfy {
      self[$0].isDigit || ".,+:Z-".utf8.contains(self[$0])
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
      || hasPrefix(content, "pod/")
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

  /// Behind `: `, `[123]: ` or, of rsyslog's newer form, ` - - - `. Anaconda leaves the blank out,
  /// behind a level in capitals.
  private func endOfTag(from start: Int) -> Int? {
    var index = start
    if hasPrefix(index..<count, " - - - ") { return index &+ 7 }
    if start &+ 1 < count, self[start] == UInt8(ascii: ":"), self[start &+ 1] != .space,
      start > 8, self[start &- 7] == .space, (0x41...0x5A).contains(self[start &- 8])
    {
      return start &+ 1
    }
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
