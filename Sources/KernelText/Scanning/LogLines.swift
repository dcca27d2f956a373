/// Cuts a log, which comes in pieces, into lines freed of what terminals and consoles put into them:
/// escape sequences, carriage returns and other control characters. A tab becomes a blank.
struct LogLines: Sendable {
  /// The line being read, and where `add` said that it has ended, the whole line.
  private(set) var text: [UInt8] = []
  /// Number of the line that ended last, from 1.
  private(set) var number = 0
  /// Bytes so far.
  private(set) var byteCount = 0
  private(set) var hasNUL = false
  private var escape = Escape.none
  private var hasEnded = false
  /// What of a line is longer goes by.
  private let longest: Int

  /// Where in a terminal's escape sequence the text stands.
  private enum Escape {
    case none
    case introduced
    case inside
  }

  init(longest: Int) { self.longest = longest }

  /// Takes one byte; true where it ends a line.
  @inline(__always)
  mutating func add(_ byte: UInt8) -> Bool {
    byteCount &+= 1
    if hasEnded {
      text.removeAll(keepingCapacity: true)
      hasEnded = false
    }
    if byte == .newline {
      end()
      return true
    }
    if byte >= 0x20, escape == .none {
      if text.count < longest { text.append(byte) }
    } else {
      control(byte)
    }
    return false
  }

  /// Ends the log; true where there is a last line without a line break.
  mutating func finish() -> Bool {
    guard !hasEnded, !text.isEmpty else { return false }
    end()
    return true
  }

  private mutating func end() {
    escape = .none
    number += 1
    hasEnded = true
  }

  private mutating func control(_ byte: UInt8) {
    switch (escape, byte) {
    case (_, 0x1B): escape = .introduced
    case (.introduced, 0x5B): escape = .inside
    case (.introduced, _): escape = .none
    case (.inside, 0x40...0x7E): escape = .none
    case (.inside, _): break
    case (.none, 0x09): if text.count < longest { text.append(.space) }
    case (.none, 0): hasNUL = true
    case (.none, _): break
    }
  }
}
