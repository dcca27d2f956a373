/// Sees the kernel hand out kernel pages, step by step.
///
/// The one loop serves both who wants the result, hundreds of times a host, and who wants to see how it
/// comes about: what does nothing is compiled away.
protocol SpreadWatcher {
  /// A pass over all nodes begins.
  mutating func beginPass(wanted: UInt64, divisor: UInt64)
  /// A node's turn: what is still wanted, and up to how much of it this node gives.
  mutating func beginNode(_ node: Int, wanted: UInt64, portion: UInt64)
  /// Frames become kernel memory; those below the end of the kernel's image are that in any case.
  mutating func take(_ frame: UInt64, pages: UInt64, isKernelOnly: Bool)
  /// The loop has ended: a node's start is rounded, to 0 where that leaves nothing.
  mutating func round(_ node: Int, from start: UInt64, to rounded: UInt64)
}

/// Nobody looks.
struct UnwatchedSpread: SpreadWatcher {
  @inline(__always)
  mutating func beginPass(wanted: UInt64, divisor: UInt64) {}
  @inline(__always)
  mutating func beginNode(_ node: Int, wanted: UInt64, portion: UInt64) {}
  @inline(__always)
  mutating func take(_ frame: UInt64, pages: UInt64, isKernelOnly: Bool) {}
  @inline(__always)
  mutating func round(_ node: Int, from start: UInt64, to rounded: UInt64) {}
}
