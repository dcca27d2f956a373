package import HostModel

/// Everything that decides about the zone of hot-added memory, and where each value comes from.
package struct OnliningSettings: Hashable, Sendable {
  package var defaultState = Setting(OnlineType.offline, from: "the kernel's default")
  package var policy = Setting(OnlinePolicy.contigZones, from: "the kernel's default")
  /// Largest MOVABLE:KERNEL in percent under auto-movable; 301 lets 24 GiB on 8 GiB, since a few of
  /// the 8 GiB's pages are never present.
  package var autoMovableRatio = Setting(UInt64(301), from: "the kernel's default")
  package var numaAware = Setting(true, from: "the kernel's default")
  package var memmapOnMemory = Setting(MemmapOnMemory.no, from: "the kernel's default")
  package var movableNode = Setting(false, from: "the kernel's default")

  /// Whether nothing says what becomes of added memory, so that `defaultState` is what distributions
  /// do.
  package var isAssumed = false

  /// Where the running kernel and its command line differ: somebody changed it after boot.
  package var conflicts: [String] = []

  package init() {}

  /// A value and the place that set it.
  package struct Setting<Value: Hashable & Sendable>: Hashable, Sendable {
    package var value: Value
    /// For the reader: `the command line`, `--online-policy`.
    package var origin: String

    package init(_ value: Value, from origin: String) {
      self.value = value
      self.origin = origin
    }
  }
}
