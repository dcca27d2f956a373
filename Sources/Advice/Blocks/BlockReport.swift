package import HostModel
package import KernelBehavior

/// Which memory of a host could go offline, block by block and in sums.
package struct BlockReport: Sendable {
  package var snapshot: HostSnapshot
  package var pageSize: PageSize
  /// Zero where the kernel has no memory blocks.
  package var blockSize: ByteCount
  /// Why there are none, and nothing can go; nil where there are some.
  package var hasNoBlocks: OfflineObstacle?
  /// In ascending order of the blocks' numbers.
  package var blocks: [BlockOfflinability]
  package var groups: [BlockGroup]
  package var nodes: [BlockSums]
  package var total: BlockSums
  /// What could move elsewhere now: more than that can't go offline in one go.
  package var room: Reading<ByteCount>
  /// By the worst reason of each block that is not a yes, largest first.
  package var byReason: [(kind: OfflineObstacle.Kind, bytes: ByteCount)]
  package var unknown: [UnreadInput]
  /// What was stated or taken for granted, one sentence each.
  package var assumptions: [String] = []

  /// What can be unplugged at most: the blocks that may go, as far as there is room for what they
  /// hold.
  package var offlinable: ByteCount {
    guard blockSize > .zero, let room = room.value else { return total[.yes] }
    return Swift.min(total[.yes], room.roundedDown(to: blockSize))
  }

  /// The part of the blocks that may go which lies in kernel zones: only as long as nothing comes.
  package var offlinableInKernelZones: ByteCount {
    let blocks = blocks.count { $0.offlinable == .yes && $0.reasons.contains(.kernelZone) }
    return blockSize * UInt64(blocks)
  }
}

/// Sizes by answer, of a node or of the host.
package struct BlockSums: Hashable, Sendable {
  /// Nil for the host, and for blocks whose node is not known.
  package var node: NodeID?
  package var sizes: [Offlinable: ByteCount] = [:]
  /// Blocks that are offline already: they count as no.
  package var offline = ByteCount.zero

  package init(node: NodeID? = nil) { self.node = node }

  package subscript(answer: Offlinable) -> ByteCount { sizes[answer] ?? .zero }

  mutating func add(_ offlinability: BlockOfflinability, size: ByteCount) {
    sizes[offlinability.offlinable, default: .zero] += size
    if offlinability.reasons.contains(.alreadyOffline) { offline += size }
  }
}

/// Neighbouring blocks of which the same is to be said.
package struct BlockGroup: Hashable, Sendable {
  package var first: BlockOfflinability
  package var last: UInt64
  package var count: UInt64

  package var nodes: [NodeID] { first.block.nodes }

  func continues(with next: BlockOfflinability) -> Bool {
    last < UInt64.max && next.block.number == last + 1 && next.block.nodes == first.block.nodes
      && next.zone == first.zone && next.block.state == first.block.state
      && next.offlinable == first.offlinable && next.reasons == first.reasons
  }
}
