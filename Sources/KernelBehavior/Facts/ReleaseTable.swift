package import HostModel

/// Values that were measured on some releases and hold for what came after each.
package struct ReleaseTable<Value> {
  /// Oldest first; never empty.
  private let oldest: Value
  private let later: [(since: KernelRelease, value: Value)]

  /// The value of the oldest release counts for everything before it too.
  package init(oldest: Value, later: [(since: KernelRelease, value: Value)]) {
    self.oldest = oldest
    self.later = later.sorted { $0.since < $1.since }
  }

  /// All of them, oldest first.
  package var values: [Value] { [oldest] + later.map(\.value) }

  /// The value of the newest release that is not newer than this kernel; of the newest of all where
  /// its version is not known.
  package func value(for kernel: Kernel) -> Value {
    let numbers = kernel.version.value?.releaseNumber
    let fitting = later.last { entry in numbers.map { $0 >= entry.since } ?? true }
    return fitting?.value ?? oldest
  }
}

extension ReleaseTable: Sendable where Value: Sendable {}
