/// What loggers put in front of a kernel message.
extension Span<UInt8> {
  /// Offset of the message behind time stamps, priorities, host names and callers.
  var kernelMessageStart: Int {
    if let stamp = endOfPrintkStamp {
      return skippingHost(from: skippingCaller(from: stamp))
    }
    var position = 0
    while position < count {
      guard let next = endOfPrefix(from: position) else { break }
      position = next
    }
    return position
  }

  /// Behind `[   12.345678]`, wherever it stands near the beginning of the line: what precedes it
  /// is a logger's prefix or the rest of another line.
  private var endOfPrintkStamp: Int? {
    let limit = Swift.min(count, 256)
    var index = 0
    while index < limit {
      if self[index] == 0x5B, let end = endOfStamp(from: index &+ 1) { return end }
      index &+= 1
    }
    return nil
  }

  /// Behind blanks, digits, a point, six digits and the bracket.
  private func endOfStamp(from start: Int) -> Int? {
    var index = start
    while index < count, self[index] == .space { index &+= 1 }
    let seconds = index
    while index < count, self[index].isDigit { index &+= 1 }
    guard index > seconds, index &+ 7 < count, self[index] == 0x2E else { return nil }
    for digit in index &+ 1...index &+ 6 where !self[digit].isDigit { return nil }
    return self[index &+ 7] == 0x5D ? index &+ 8 : nil
  }

  /// Behind `[    T0]` or `[  C1]`, which CONFIG_PRINTK_CALLER adds.
  private func skippingCaller(from start: Int) -> Int {
    var index = start
    guard index < count, self[index] == 0x5B else { return start }
    index &+= 1
    while index < count, self[index] == .space { index &+= 1 }
    guard index < count, self[index] == 0x54 || self[index] == 0x43 else { return start }
    let end = Swift.min(count, start &+ 48)
    while index < end {
      if self[index] == 0x5D { return index &+ 1 }
      index &+= 1
    }
    return start
  }

  /// Behind `host kernel: `, which the journal writes between a monotonic stamp and the message.
  private func skippingHost(from start: Int) -> Int {
    let host = word(from: start, in: start..<count)
    return hasPrefix(host.upperBound..<count, " kernel: ") ? host.upperBound &+ 9 : start
  }

  /// Behind one prefix of a line without a printk time stamp, nil where the message begins.
  private func endOfPrefix(from start: Int) -> Int? {
    let rest = start..<count
    switch self[start] {
    case .space:
      return start &+ 1
    case 0x3C:  // <6>
      var index = start &+ 1
      while index < count, self[index].isDigit { index &+= 1 }
      return index > start &+ 1 && index < count && self[index] == 0x3E ? index &+ 1 : nil
    case 0x5B:  // [Mon Nov 23 10:00:00 2026] and [2026-11-23 10:00:00]
      return endOfDate(from: start)
    default:
      if hasPrefix(rest, "kernel: ") { return start &+ 8 }
      if hasPrefix(rest, "kern ") || hasPrefix(rest, "kern:") { return endOfFacility(from: start) }
      if let end = endOfHost(from: start) { return end }
      return endOfISOTime(from: start)
    }
  }

  private func endOfDate(from start: Int) -> Int? {
    guard !hasPrefix(start..<count, "[mem") else { return nil }
    var colons = 0
    var index = start &+ 1
    let end = Swift.min(count, start &+ 48)
    while index < end, self[index] != 0x5D {
      if self[index] == 0x3A { colons &+= 1 }
      index &+= 1
    }
    return index < end && colons >= 2 ? index &+ 1 : nil
  }

  /// Behind `kern  :info  :`, from dmesg's option to decode priorities.
  private func endOfFacility(from start: Int) -> Int? {
    var colons = 0
    let end = Swift.min(count, start &+ 24)
    for index in start..<end where self[index] == 0x3A {
      colons &+= 1
      if colons == 2 { return index &+ 1 }
    }
    return nil
  }

  /// Behind ` kernel: ` near the beginning, as syslog and the journal write it.
  private func endOfHost(from start: Int) -> Int? {
    let end = Swift.min(count, start &+ 160)
    var index = start
    while index < end {
      if self[index] == .space, hasPrefix(index..<count, " kernel: ") { return index &+ 9 }
      index &+= 1
    }
    return nil
  }

  /// Behind `2026-11-23T10:00:00,123456+00:00`.
  private func endOfISOTime(from start: Int) -> Int? {
    guard self[start].isDigit, start &+ 19 < count, self[start &+ 4] == 0x2D,
      self[start &+ 10] == 0x54, self[start &+ 13] == 0x3A
    else { return nil }
    return word(from: start, in: start..<count).upperBound
  }
}
