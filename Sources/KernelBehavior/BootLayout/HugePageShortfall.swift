package import HostModel

/// Huge pages that a class asks for on a node and can't have.
package struct HugePageShortfall: Hashable, Sendable {
  package var size: ByteCount
  package var node: NodeID
  package var asked: UInt64
  package var had: UInt64
  package var isAtBoot: Bool
  /// Whether they have to come out of the kernel zones: gigantic pages at run time.
  package var needsKernelZones: Bool
  /// Whether all of them could be had at boot, where they are not asked for then.
  package var fitsAtBoot: Bool

  package init(
    size: ByteCount,
    node: NodeID,
    asked: UInt64,
    had: UInt64,
    isAtBoot: Bool,
    needsKernelZones: Bool,
    fitsAtBoot: Bool = false
  ) {
    self.size = size
    self.node = node
    self.asked = asked
    self.had = had
    self.isAtBoot = isAtBoot
    self.needsKernelZones = needsKernelZones
    self.fitsAtBoot = fitsAtBoot
  }
}
