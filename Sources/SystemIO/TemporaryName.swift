internal import Glibc

/// The name of a file that must not outlive the process.
struct TemporaryName {
  private let name: String
  private let slot: Int?

  init(_ name: String) {
    self.name = name
    slot = SignalCleanup.register(name)
  }

  func remove() {
    unsafe unlink(name)
    SignalCleanup.forget(slot)
  }

  /// Gives the file its final name; false with errno where that fails.
  func rename(to path: String) -> Bool {
    guard unsafe Glibc.rename(name, path) == 0 else { return false }
    SignalCleanup.forget(slot)
    return true
  }
}
