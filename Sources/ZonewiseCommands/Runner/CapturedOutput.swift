internal import Synchronization

/// What commands would print, kept while another program is served instead of a terminal.
enum CapturedOutput {
  private struct Kept {
    var output: [UInt8] = []
    var errors: [UInt8] = []
  }

  /// Nil where nothing is kept and all is printed.
  private static let kept = Mutex<Kept?>(nil)

  /// Runs some work, and keeps what it would have printed.
  static func during(_ work: () -> Void) -> (output: [UInt8], errors: [UInt8]) {
    kept.withLock { $0 = Kept() }
    work()
    return kept.withLock { kept in
      let found = kept ?? Kept()
      kept = nil
      return (found.output, found.errors)
    }
  }

  /// Takes bytes that were to be printed; false where nothing is kept.
  static func take(_ bytes: [UInt8], isError: Bool) -> Bool {
    kept.withLock { kept in
      guard kept != nil else { return false }
      if isError { kept?.errors += bytes } else { kept?.output += bytes }
      return true
    }
  }
}
