internal import Glibc
internal import SystemIO

/// Results to standard output, everything else to standard error.
enum Console {
  /// Writes all bytes. A reader that went away ends the process quietly; an output that takes no more
  /// ends it with what is wrong. What standard error does not take is lost.
  static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
    guard !CapturedOutput.take(bytes, isError: descriptor == STDERR_FILENO) else { return }
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
      guard count < 0 else {
        start += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Some parents give a pipe that does not block.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        unsafe poll(&waiting, 1, -1)
      case _ where descriptor == STDERR_FILENO: return
      case EPIPE: Glibc.exit(ExitStatus.done.rawValue)
      case let code:
        report("standard output: \(StandardDescriptors.failure(code)); nothing more was printed")
        Glibc.exit(ExitStatus.notJudged.rawValue)
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

  /// Columns and lines of the terminal; nil where standard output is none.
  static var size: (width: Int, height: Int)? {
    var size = winsize()
    // TIOCGWINSZ fills exactly one winsize.
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0,
      size.ws_row > 0
    else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
