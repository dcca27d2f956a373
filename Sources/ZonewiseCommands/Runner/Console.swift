internal import Glibc

/// Results to standard output, everything else to standard error.
enum Console {
  /// Writes all bytes; a reader that went away ends the process quietly.
  static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        // `start` is below the count, so the base address is there and the range is inside.
        unsafe Glibc.write(
          descriptor,
          buffer.baseAddress.map { unsafe $0 + start },
          buffer.count - start
        )
      }
      if count > 0 {
        start += count
      } else if errno != EINTR {
        Glibc.exit(errno == EPIPE ? ExitStatus.done.rawValue : ExitStatus.notJudged.rawValue)
      }
    }
  }

  static func write(_ text: String) { write(Array(text.utf8)) }

  static func report(_ message: String) {
    write(Array(("zonewise: " + message + "\n").utf8), to: STDERR_FILENO)
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// COLUMNS where it is set, else columns of the terminal; nil where standard output is none.
  static var width: Int? {
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
    var size = winsize()
    // TIOCGWINSZ fills exactly one winsize.
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
