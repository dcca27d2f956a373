package import HostModel

/// The headroom below which a machine is short, and below which it is tight: the one place that says so,
/// of today and of a day to come.
package struct HeadroomLimits: Hashable, Sendable {
  /// With less the kernel zones can't take what is still to come.
  package var imbalanced: ByteCount
  /// With less they can, and the margin is not left.
  package var tight: ByteCount

  /// - Parameters:
  ///   - growth: What is still to come.
  ///   - margin: What is to be left then.
  package init(growth: ByteCount, margin: ByteCount) {
    imbalanced = growth
    tight = growth + margin
  }

  package func isImbalanced(_ headroom: ByteCount) -> Bool { imbalanced > headroom }
  package func isTight(_ headroom: ByteCount) -> Bool { tight > headroom }
}
