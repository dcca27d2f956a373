internal import Capacity
internal import Synchronization

/// Machines that `serve` has read: whatever is asked about one of them need not read it again.
enum ServedMachines {
  private static let current = Mutex<SourceMemory?>(nil)

  /// Nil but for `serve`: other commands read a source once and end.
  static var memory: SourceMemory? { current.withLock { $0 } }

  /// Keeps the last machines from now on.
  static func keep() { current.withLock { $0 = SourceMemory(most: 32) } }
}
