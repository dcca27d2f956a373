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

  package init(
    size: ByteCount,
    node: NodeID,
    asked: UInt64,
    had: UInt64,
    isAtBoot: Bool,
    needsKernelZones: Bool
  ) {
    self.size = size
    self.node = node
    self.asked = asked
    self.had = had
    self.isAtBoot = isAtBoot
    self.needsKernelZones = needsKernelZones
  }
}
