package import HostModel

/// A size that the kernel zones pay, and what they are.
package struct KernelShare: Hashable, Sendable {
  package var size: ByteCount
  /// What the kernel zones have to give; of all nodes where a node has none of its own.
  package var kernelZones: ByteCount
  /// Whether there is ZONE_MOVABLE, which can't help out.
  package var isBesideMovable: Bool

  package init(_ size: ByteCount, of kernelZones: ByteCount, isBesideMovable: Bool) {
    self.size = size
    self.kernelZones = kernelZones
    self.isBesideMovable = isBesideMovable
  }

  /// How much it weighs: `RuleSeverity.byShare`; nil below 1 %, where it is not worth a word.
  package var severity: Finding.Severity? {
    guard size > 0, isAtLeast(1, outOf: 100) else { return nil }
    guard isBesideMovable else { return .note }
    if isAtLeast(1, outOf: 2) { return .error }
    return isAtLeast(1, outOf: 10) ? .warning : .note
  }

  /// Whether it is that part of the kernel zones or more.
  package func isAtLeast(_ part: UInt64, outOf whole: UInt64) -> Bool {
    size * whole >= kernelZones * part
  }

  /// `13 %`.
  package var percent: String {
    guard kernelZones > 0 else { return "more than all" }
    let percent = size.scaled(by: 100, over: kernelZones.count).count
    return percent == 0 ? "under 1 %" : "\(percent) %"
  }

  /// `13 % of the kernel zones`.
  package var text: String { "\(percent) of the kernel zones" }

  /// The size and what it is a share of, as every rule names them.
  package var amounts: FindingAmounts {
    ["size": .bytes(size), "kernelZones": .bytes(kernelZones)]
  }
}

extension RuleContext {
  /// A size against the kernel zones of the host, or of a node where it has some.
  func share(of size: ByteCount, on node: NodeAccount? = nil) -> KernelShare {
    let own = node.map(\.kernelUsable) ?? .zero
    return KernelShare(
      size,
      of: own > 0 ? own : kernelManaged,
      isBesideMovable: facts.hasMovable
    )
  }
}
