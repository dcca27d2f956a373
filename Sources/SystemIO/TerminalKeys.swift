internal import Glibc

/// A terminal that hands over each key as it is pressed, and shows none of them; as before once it is
/// given back.
package final class TerminalKeys {
  package enum Key: Equatable {
    case character(UInt8)
    case up
    case down
    /// Nobody is there any more.
    case end
  }

  private let old: termios

  /// Nil where standard input or output is no terminal.
  package init?() {
    var state = termios()
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
      unsafe tcgetattr(STDIN_FILENO, &state) == 0
    else { return nil }
    old = state
    // ^C and ^\ stay signals; ^Z would leave the screen as it is.
    state.c_lflag &= ~tcflag_t(ICANON | ECHO)
    // VSUSP is the eleventh (asm-generic/termbits-common.h), and zero turns a character off.
    state.c_cc.10 = 0
    unsafe tcsetattr(STDIN_FILENO, TCSANOW, &state)
  }

  package func restore() {
    var state = old
    unsafe tcsetattr(STDIN_FILENO, TCSANOW, &state)
  }

  /// The next key; nil where none comes in time.
  package func next(seconds: Double) -> Key? {
    guard let byte = byte(seconds: seconds) else { return nil }
    guard byte == 0x1B else { return byte == 0 ? .end : .character(byte) }
    // An arrow's bytes come together, a lone escape has nothing behind it.
    guard let second = self.byte(seconds: 0.05) else { return .character(byte) }
    guard second == UInt8(ascii: "[") || second == UInt8(ascii: "O") else {
      return .character(byte)
    }
    switch self.byte(seconds: 0.05) {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    default: return nil
    }
  }

  /// Zero at the end of input.
  private func byte(seconds: Double) -> UInt8? {
    var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, Int32(max(0, seconds) * 1000)) > 0 else { return nil }
    var bytes: [UInt8] = []
    let count = try? FileSystem.readChunk(STDIN_FILENO, room: 1, appendingTo: &bytes)
    return count == 1 ? bytes[0] : 0
  }
}
