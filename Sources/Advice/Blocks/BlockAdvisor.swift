package import HostModel
internal import KernelBehavior

/// Judges every memory block of a host: same snapshot in, same report out.
package enum BlockAdvisor {
  package static func report(_ snapshot: HostSnapshot) throws(AssessmentError) -> BlockReport {
    // A list of blocks tells the zone of each itself, and its answers need no page size.
    let zoneinfo = snapshot.zoneinfo.value ?? ZoneInfo()
    if let obstacle = noBlocks(snapshot) {
      return report(without: obstacle, snapshot, try HostFacts(snapshot))
    }
    let pageSize =
      snapshot.zoneinfo.value == nil
      ? snapshot.pageSize.value ?? .kib4 : try known(snapshot.pageSize, "the page size")
    let table = try known(snapshot.memoryBlocks, "/sys/devices/system/memory")
    guard table.blockSize >= pageSize.bytes, !table.blocks.isEmpty else {
      throw AssessmentError(
        input: "/sys/devices/system/memory",
        reason: .undetermined("it lists no memory blocks: this kernel can't take memory offline")
      )
    }
    let blocks = OfflineSurvey(
      snapshot,
      table: table,
      zoneinfo: zoneinfo,
      pageSize: pageSize
    ).everyBlock()
    return BlockReport(
      snapshot: snapshot,
      pageSize: pageSize,
      blockSize: table.blockSize,
      blocks: blocks,
      groups: groups(blocks),
      nodes: nodes(blocks, blockSize: table.blockSize),
      total: sums(of: blocks, node: nil, blockSize: table.blockSize),
      room: room(snapshot),
      byReason: byReason(blocks, blockSize: table.blockSize),
      unknown: unknown(snapshot, table: table, blocks: blocks),
      assumptions: Kernel(snapshot).unreadNotes
    )
  }

  // MARK: Kernels without blocks

  /// What says that this kernel can't take memory offline at all; nil where it may.
  private static func noBlocks(_ snapshot: HostSnapshot) -> OfflineObstacle? {
    guard snapshot.memoryBlocks.value == nil else { return nil }
    let kernel = Kernel(snapshot)
    if kernel.lacks(.memoryHotplug) {
      let option = KernelOption.memoryHotplug
      let isOff = snapshot.kernelConfig.value.map { $0[option] != .yes } ?? false
      let name = snapshot.architecture.value?.rawValue ?? "this architecture"
      return OfflineObstacle(
        .noHotRemove,
        .no,
        isOff ? "\(option) is not set" : "this kernel has no memory hot-plug on \(name)"
      )
    }
    // Where sysfs was there to be read, the directory would be.
    guard case .missing = snapshot.memoryBlocks.reason, snapshot.nodes.value != nil else {
      return nil
    }
    return OfflineObstacle(
      .noHotRemove,
      .no,
      "/sys/devices/system has node, and no memory: the kernel is built without memory hot-plug"
    )
  }

  private static func report(
    without obstacle: OfflineObstacle,
    _ snapshot: HostSnapshot,
    _ facts: HostFacts
  ) -> BlockReport {
    func sums(_ size: ByteCount, node: NodeID?) -> BlockSums {
      var sums = BlockSums(node: node)
      sums.sizes[.no] = size
      return sums
    }
    return BlockReport(
      snapshot: snapshot,
      pageSize: facts.pageSize,
      blockSize: .zero,
      hasNoBlocks: obstacle,
      blocks: [],
      groups: [],
      nodes: facts.nodes.filter { $0.total > 0 }.map { sums($0.total, node: $0.node) },
      total: sums(facts.present, node: nil),
      room: room(snapshot),
      byReason: [(kind: obstacle.kind, bytes: facts.present)],
      unknown: [],
      assumptions: facts.kernel.unreadNotes
    )
  }

  private static func known<Value>(
    _ reading: Reading<Value>,
    _ input: String
  ) throws(AssessmentError) -> Value {
    switch reading {
    case .known(let value, _): return value
    case .unknown(let reason): throw AssessmentError(input: input, reason: reason)
    }
  }

  // MARK: Sums

  private static func groups(_ blocks: [BlockOfflinability]) -> [BlockGroup] {
    var groups: [BlockGroup] = []
    for offlinability in blocks {
      if let last = groups.indices.last, groups[last].continues(with: offlinability) {
        groups[last].last = offlinability.block.number
        groups[last].count += 1
      } else {
        groups.append(BlockGroup(first: offlinability, last: offlinability.block.number, count: 1))
      }
    }
    return groups
  }

  private static func sums(
    of blocks: [BlockOfflinability],
    node: NodeID?,
    blockSize: ByteCount
  ) -> BlockSums {
    var sums = BlockSums(node: node)
    for offlinability in blocks { sums.add(offlinability, size: blockSize) }
    return sums
  }

  /// A block on several nodes belongs to none.
  private static func nodes(_ blocks: [BlockOfflinability], blockSize: ByteCount) -> [BlockSums] {
    var byNode: [NodeID?: BlockSums] = [:]
    for offlinability in blocks {
      let node = offlinability.block.nodes.count == 1 ? offlinability.block.nodes.first : nil
      byNode[node, default: BlockSums(node: node)].add(offlinability, size: blockSize)
    }
    return byNode.values.sorted { left, right in
      guard let first = left.node, let second = right.node else { return left.node != nil }
      return first < second
    }
  }

  private static func byReason(
    _ blocks: [BlockOfflinability],
    blockSize: ByteCount
  ) -> [(kind: OfflineObstacle.Kind, bytes: ByteCount)] {
    var sizes: [OfflineObstacle.Kind: ByteCount] = [:]
    for offlinability in blocks where offlinability.offlinable != .yes {
      if let worst = offlinability.reasons.first { sizes[worst, default: .zero] += blockSize }
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
    blocks: [BlockOfflinability]
  ) -> [UnreadInput] {
    let wanted = ["/proc/iomem", "/proc/pagetypeinfo", "/proc/vmstat", "/proc/meminfo"]
    var unknown = snapshot.unread.filter { wanted.contains($0.input) }
    if let reason = table.pageTallies.reason,
      blocks.contains(where: { $0.offlinable == .unknown })
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
