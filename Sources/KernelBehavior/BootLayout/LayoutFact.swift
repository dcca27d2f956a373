package import HostModel

/// Something about a boot layout that is worth knowing before it is booted.
package enum LayoutFact: Hashable, Sendable {
  /// All memory stays kernel memory, although a word asks for Movable.
  case noMovable(NoMovable)
  /// With both sizes given, the one that leaves more to the kernel counts.
  case bothSizes(counts: ZoneArgumentWord.Name)
  /// `kernelcore=mirror` without mirrored memory, on a kernel that then makes all memory from 4 GiB
  /// up Movable.
  case mirrorTakesUnmirrored(movable: ByteCount)
  /// Memory that should have been set apart, and is not.
  case areaFails(BootReservation)
  /// So little kernel memory that the kernel hardly boots.
  case tooLittleKernelMemory(ByteCount)
  case nodeWithoutKernelMemory(NodeID, movable: ByteCount)
  /// A node whose kernel zones are far below an equal share.
  case starvedNode(NodeID, kernel: ByteCount, share: ByteCount)
  /// Memory below `limit` always stays kernel memory; it uses up more than its node's share.
  case lowMemoryCountsFirst(NodeID, low: ByteCount, share: ByteCount, limit: ByteCount)
  /// The only node keeps more kernel memory than `asked`: what lies below `limit` always stays.
  case lowMemoryStays(low: ByteCount, asked: ByteCount, limit: ByteCount)
  /// A node smaller than its share is all kernel memory, and the others give more.
  case nodeSmallerThanShare(NodeID, size: ByteCount, share: ByteCount)
  /// A zone of a node that holds next to nothing.
  case sliver(NodeID, ZoneKind, ByteCount)
  /// The block that holds the boundary spans two zones and can never go offline; `lost` of
  /// ZONE_MOVABLE lies in it.
  case boundaryInsideBlock(NodeID, start: ByteCount, block: ByteCount, lost: ByteCount)
}
