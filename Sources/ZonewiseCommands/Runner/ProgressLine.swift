internal import Glibc
internal import Synchronization

/// One line on standard error that says how far a long run is: only on a terminal, only after two
/// seconds, and gone when there is something to read.
final class ProgressLine: Sendable {
  private struct State {
    var isShown = false
    /// When it was written last.
    var written: UInt64 = 0
    var calls = 0
  }

  private static let patience: UInt64 = 2_000
  private static let pause: UInt64 = 200
  /// Looking at the clock costs more than most files do.
  private static let callsPerLook = 32

  private let state = Mutex(State())
  private let start: UInt64

  /// Nil where nobody looks: standard error is no terminal.
  init?(isQuiet: Bool) {
    guard !isQuiet, isatty(STDERR_FILENO) == 1, Console.environment("TERM") != "dumb" else {
      return nil
    }
    start = Self.now
  }

  /// Says it where it is time to.
  func say(_ text: @autoclosure () -> String) {
    state.withLock { state in
      state.calls += 1
      guard state.calls % Self.callsPerLook == 1 else { return }
      let now = Self.now
      guard now - start >= Self.patience, now - state.written >= Self.pause else { return }
      state.written = now
      state.isShown = true
      Console.write(Array("\r\(text())\u{1B}[K".utf8), to: STDERR_FILENO)
    }
  }

  /// Takes the line away.
  func clear() {
    state.withLock { state in
      guard state.isShown else { return }
      state.isShown = false
      Console.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO)
    }
  }

  /// Milliseconds that only ever grow.
  private static var now: UInt64 {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return 0 }
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }
}
