package import HostModel
internal import KernelBehavior

/// Judges every memory block of a host: same snapshot in, same report out.
package enum BlockAdvisor {
  package static func report(_ snapshot: HostSnapshot) throws(NotJudged) -> BlockReport {
    let zoneinfo = try known(snapshot.zoneinfo, "/proc/zoneinfo")
    let pageSize = try known(snapshot.pageSize, "the page size")
    let table = try known(snapshot.memoryBlocks, "/sys/devices/system/memory")
    guard table.blockSize >= pageSize.bytes, !table.blocks.isEmpty else {
      throw NotJudged(
        input: "/sys/devices/system/memory",
        reason: .undetermined("it lists no memory blocks: this kernel can't take memory offline")
      )
    }
    let outlooks = OfflineSurvey(
      snapshot,
      table: table,
      zoneinfo: zoneinfo,
      pageSize: pageSize
    ).outlooks()
    return BlockReport(
      snapshot: snapshot,
      pageSize: pageSize,
      blockSize: table.blockSize,
      outlooks: outlooks,
      groups: groups(outlooks),
      nodes: nodes(outlooks, blockSize: table.blockSize),
      total: sums(of: outlooks, node: nil, blockSize: table.blockSize),
      room: room(snapshot),
      byReason: byReason(outlooks, blockSize: table.blockSize),
      unknown: unknown(snapshot, table: table, outlooks: outlooks)
    )
  }

  private static func known<Value>(
    _ reading: Reading<Value>,
    _ input: String
  ) throws(NotJudged) -> Value {
    switch reading {
    case .known(let value, _): return value
    case .unknown(let reason): throw NotJudged(input: input, reason: reason)
    }
  }

  // MARK: Sums

  private static func groups(_ outlooks: [BlockOutlook]) -> [BlockGroup] {
    var groups: [BlockGroup] = []
    for outlook in outlooks {
      if let last = groups.indices.last, groups[last].continues(with: outlook) {
        groups[last].last = outlook.block.number
        groups[last].count += 1
      } else {
        groups.append(BlockGroup(first: outlook, last: outlook.block.number, count: 1))
      }
    }
    return groups
  }

  private static func sums(
    of outlooks: [BlockOutlook],
    node: NodeID?,
    blockSize: ByteCount
  ) -> BlockSums {
    var sums = BlockSums(node: node)
    for outlook in outlooks { sums.add(outlook, size: blockSize) }
    return sums
  }

  /// A block on several nodes belongs to none.
  private static func nodes(_ outlooks: [BlockOutlook], blockSize: ByteCount) -> [BlockSums] {
    var byNode: [NodeID?: BlockSums] = [:]
    for outlook in outlooks {
      let node = outlook.block.nodes.count == 1 ? outlook.block.nodes.first : nil
      byNode[node, default: BlockSums(node: node)].add(outlook, size: blockSize)
    }
    return byNode.values.sorted { left, right in
      guard let first = left.node, let second = right.node else { return left.node != nil }
      return first < second
    }
  }

  private static func byReason(
    _ outlooks: [BlockOutlook],
    blockSize: ByteCount
  ) -> [(kind: OfflineObstacle.Kind, bytes: ByteCount)] {
    var sizes: [OfflineObstacle.Kind: ByteCount] = [:]
    for outlook in outlooks where outlook.offlinable != .yes {
      if let worst = outlook.reasons.first { sizes[worst, default: .zero] += blockSize }
    }
    return OfflineObstacle.Kind.allCases.compactMap { kind in sizes[kind].map { (kind, $0) } }
      .sorted { $0.bytes > $1.bytes }
  }

  /// Free and reclaimable memory, by the kernel's own estimate.
  private static func room(_ snapshot: HostSnapshot) -> Reading<ByteCount> {
    snapshot.meminfo.memAvailable.or(snapshot.meminfo.memFree)
  }

  // MARK: Unknown

  /// Inputs that would have made the answer surer.
  private static func unknown(
    _ snapshot: HostSnapshot,
    table: MemoryBlockTable,
    outlooks: [BlockOutlook]
  ) -> [UnreadInput] {
    let wanted = ["/proc/iomem", "/proc/pagetypeinfo", "/proc/vmstat", "/proc/meminfo"]
    var unknown = snapshot.unread.filter { wanted.contains($0.input) }
    if let reason = table.pageTallies.reason,
      outlooks.contains(where: { $0.offlinable == .unknown })
    {
      unknown.append(
        UnreadInput(
          input: "/proc/kpageflags",
          reason: "\(reason)",
          effect: "which blocks hold kernel memory is unknown (root reads it)"
        )
      )
    }
    return unknown
  }
}
