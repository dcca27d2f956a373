/// Strings of JSON that hold a log: a list of lines, records of the journal or of a container's log, a
/// whole log in one string. Byte by byte, for such a document is often one line of the file.
struct JSONLogText: Sendable {
  enum Event {
    case nothing
    /// A byte of the string, its escapes read.
    case byte(UInt8)
    /// The string that ended is a key.
    case key
    /// A line of a value has ended.
    case line
    /// The line of the file has ended; whether the string had.
    case endOfFileLine(isWhole: Bool)
  }

  private enum State {
    case outside
    case string
    case escape
    /// Digits of `\u001b` that are still to come.
    case unicode(left: Int, value: UInt32)
    /// Behind a string that may turn out to be a key.
    case behind
    /// One of the bytes that the journal makes of a message that is no UTF-8.
    case number(UInt32)
    case behindNumbers
  }

  /// What is known of the key in front of a value.
  private enum Key {
    case none
    case message
    case other
    case unknown
  }

  private var state = State.outside
  private var key = Key.none
  private var hasMessages = false
  private(set) var isFresh = false

  /// Begins a line of the file, at its first quotation mark or behind its brackets.
  mutating func begin(hasBracket: Bool) {
    state = hasBracket ? .outside : .string
    key = .none
    isFresh = true
  }

  mutating func take(_ byte: UInt8) -> Event {
    isFresh = false
    if byte == .newline { return endOfFileLine() }
    switch state {
    case .outside: return takeOutside(byte)
    case .string:
      switch byte {
      case UInt8(ascii: "\\"): state = .escape
      case UInt8(ascii: "\""): state = .behind
      default: return .byte(byte)
      }
    case .escape:
      state = .string
      switch byte {
      case UInt8(ascii: "n"): return .line
      case UInt8(ascii: "t"): return .byte(.space)
      case UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"): return .nothing
      case UInt8(ascii: "u"): state = .unicode(left: 4, value: 0)
      default: return .byte(byte)
      }
    case .unicode(let left, let value):
      guard let digit = byte.hexValue else {
        state = .string
        return .byte(byte)
      }
      let next = value << 4 | UInt32(digit)
      state = left > 1 ? .unicode(left: left - 1, value: next) : .string
      if left == 1 {
        if next == 0x0A { return .line }
        // No word of the kernel's has a letter that ASCII lacks.
        return .byte(next < 0x80 ? UInt8(next) : next == 0xA0 ? .space : UInt8(ascii: "?"))
      }
    case .behind: return takeBehind(byte)
    case .number(let value):
      if byte.isDigit {
        state = .number(value &* 10 &+ UInt32(byte &- 0x30))
        return .nothing
      }
      state = byte == UInt8(ascii: "]") ? .behindNumbers : .outside
      return value == 0x0A ? .line : .byte(UInt8(truncatingIfNeeded: value))
    case .behindNumbers:
      state = .outside
      return .line
    }
    return .nothing
  }

  /// Takes the key that has just ended.
  mutating func take(key name: [UInt8]) {
    if name.span.isMessageKey(name.indices) {
      key = .message
      hasMessages = true
    } else {
      key = name.span.isRecordKey(name.indices) || hasMessages ? .other : .unknown
    }
  }

  /// Whether the line of a value may be one of the kernel's.
  func isWanted(_ line: [UInt8]) -> Bool {
    switch key {
    case .none, .message: !line.isEmpty
    case .other: false
    case .unknown: line.span.hasWords
    }
  }

  private mutating func takeOutside(_ byte: UInt8) -> Event {
    if byte == UInt8(ascii: "\"") {
      state = .string
    } else if byte.isDigit, key == .message {
      state = .number(UInt32(byte &- 0x30))
    }
    return .nothing
  }

  private mutating func takeBehind(_ byte: UInt8) -> Event {
    if byte.isBlank { return .nothing }
    state = .outside
    return byte == UInt8(ascii: ":") ? .key : .line
  }

  private mutating func endOfFileLine() -> Event {
    switch state {
    case .string, .escape, .unicode: .endOfFileLine(isWhole: false)
    case .outside, .behind, .number, .behindNumbers: .endOfFileLine(isWhole: true)
    }
  }
}

extension Span<UInt8> {
  /// Names under which loggers keep a message.
  fileprivate func isMessageKey(_ range: Range<Int>) -> Bool {
    equals(range, "MESSAGE") || equals(range, "message") || equals(range, "msg")
      || equals(range, "log") || equals(range, "line") || equals(range, "text")
      || equals(range, "textPayload") || equals(range, "dmesg") || equals(range, "_raw")
      || equals(range, "body") || equals(range, "content") || equals(range, "output")
      || equals(range, "kernel") || equals(range, "lines") || equals(range, "Message")
  }

  /// Names of what else such a record has.
  fileprivate func isRecordKey(_ range: Range<Int>) -> Bool {
    hasPrefix(range, "_") || hasPrefix(range, "SYSLOG_") || hasPrefix(range, "PRIORITY")
  }

  /// Whether there is a blank, and a letter that a date has not.
  fileprivate var hasWords: Bool {
    var hasBlank = false
    var hasLetter = false
    for index in 0..<count {
      if self[index] == .space { hasBlank = true }
      let lower = self[index] | 0x20
      if lower >= 0x61, lower <= 0x7A, lower != 0x74, lower != 0x7A { hasLetter = true }
    }
    return hasBlank && hasLetter
  }
}
