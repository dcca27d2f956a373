package import HostModel
package import KernelBehavior
internal import Profiles

/// What the kernel zones of a host would keep free under another layout of its zones.
///
/// The kernel works its watermarks out anew at every boot, and whenever memory is added
/// (`setup_per_zone_wmarks` and `setup_per_zone_lowmem_reserve`, mm/page_alloc.c;
/// `set_recommended_min_free_kbytes`, mm/khugepaged.c).
package struct ReserveOutlook: Hashable, Sendable {
  private struct Zone: Hashable {
    var managed: ByteCount
    /// What it keeps for requests that can't go higher.
    var kept: ByteCount
    /// Kernel zones above it on the node, which that is a share of.
    var above: ByteCount
    /// Divisor of what it keeps from requests that can go higher; zero where it keeps nothing.
    var ratio: UInt64
  }

  private struct Node: Hashable {
    var id: NodeID
    /// The kernel zones, lowest first.
    var zones: [Zone]
    /// RAM in them that no allocator owns.
    var reserved: ByteCount
    /// The part of it that lies in ZONE_MOVABLE where there is some.
    var memmap: ByteCount
    /// All RAM of the node.
    var total: ByteCount
  }

  private var nodes: [Node] = []
  /// All of the host's zones together.
  private let managed: ByteCount
  private let pageblockSize: ByteCount
  private let pageSize: PageSize
  package let origin: MinimumFree.Origin
  private let isSharedByMovable: Bool
  /// `vm.watermark_scale_factor`: what lies between two watermarks of a zone, in 1/10,000 of it.
  private let watermarkScale: UInt64

  /// Nil where the zones' sizes are not known, or HighMem is among them: no argument changes lowmem.
  package init?(_ facts: HostFacts) {
    guard facts.highMemory == .zero else { return nil }
    var shared = ByteCount.zero
    let is64Bit = facts.snapshot.architecture.value?.is64Bit ?? true
    for zones in facts.zoneinfo.nodes {
      var above = ByteCount.zero
      var found: [Zone] = []
      for zone in zones.kernelZones.reversed() {
        guard let managed = zone.managed.value, let least = zone.minWatermark.value else {
          return nil
        }
        let size = managed.bytes(of: facts.pageSize)
        found.append(
          Zone(
            managed: size,
            kept: PageCount(NodeAccount.Builder.protection(of: zone, among: zones)).bytes(
              of: facts.pageSize
            ),
            above: above,
            ratio: zone.lowmemRatio(among: zones, facts.snapshot.virtualMemory.lowmemReserve.value)
          )
        )
        above += size
        shared += least.bytes(of: facts.pageSize)
      }
      let account = facts.nodes.first { $0.node == zones.node }
      nodes.append(
        Node(
          id: zones.node,
          zones: found.reversed(),
          reserved: account?.kernelReserved ?? .zero,
          memmap: account.map { facts.memmapBelowMovable($0) } ?? .zero,
          total: account?.total ?? .zero
        )
      )
    }
    let all = facts.zoneinfo.zones.map { $0.managed.value ?? .zero }.total()
    managed = all.bytes(of: facts.pageSize)
    isSharedByMovable = MinimumFree.isShared(by: .movable, under: facts.kernel, is64Bit: is64Bit)
    pageblockSize = facts.pageblockSize
    pageSize = facts.pageSize
    watermarkScale = facts.snapshot.virtualMemory.watermarkScale.value ?? 10
    let kernel = nodes.flatMap(\.zones).map(\.managed)
    // Where the setting was not read, what the zones keep tells it.
    let whole =
      isSharedByMovable
      ? shared.scaled(by: managed.count, over: max(1, kernel.total().count)) : shared
    origin = MinimumFree.origin(
      of: facts.snapshot.virtualMemory.minFree.value ?? whole,
      managed: kernel.total(),
      kernelZones: UInt64(kernel.count),
      pageblockSize: pageblockSize,
      machine: managed
    )
  }

  /// What ordinary kernel allocations must leave on each node.
  ///
  /// - Parameters:
  ///   - sizes: RAM of each node's kernel zones under the layout; the lowest zones have it first.
  ///   - added: Memory that was added to any zone.
  /// - Returns: Min watermarks and lowmem reserves, node by node.
  package func reserves(
    _ sizes: [NodeID: ByteCount],
    added: ByteCount = .zero
  ) -> [NodeID: ByteCount] {
    let layout = nodes.map { ($0, Self.fill($0, (sizes[$0.id] ?? .zero))) }
    let minimum = minimum(layout.flatMap(\.1), added: added)
    var result: [NodeID: ByteCount] = [:]
    for (node, sizes) in layout {
      var sum = ByteCount.zero
      for (index, size) in sizes.enumerated() where size > .zero {
        let above = sizes[(index + 1)...].total()
        let zone = node.zones[index]
        // A zone that had none above it keeps the kernel's usual share.
        let kept =
          zone.above > .zero
          ? zone.kept.scaled(by: above.count, over: zone.above.count)
          : above.scaled(by: 1, over: 256)
        sum += min(minimum(size) + kept, size)
      }
      result[node.id] = sum
    }
    return result
  }

  /// What of a node's kernel zones is for whom, once user pages fill them.
  package struct Room {
    /// For user pages.
    package var open = ByteCount.zero
    /// For the kernel, before it wakes kswapd for these zones.
    package var slack = ReclaimSlack()
  }

  /// What user pages may have of each node's kernel zones, and what is left to the kernel then.
  ///
  /// - Parameters:
  ///   - sizes: RAM of each node's kernel zones under the layout.
  ///   - movable: ZONE_MOVABLE of each node, which lowmem protection is a share of.
  ///   - held: What the kernel itself holds of them.
  /// - Returns: Room node by node.
  package func rooms(
    _ sizes: [NodeID: ByteCount],
    beside movable: [NodeID: ByteCount],
    held: [NodeID: ByteCount]
  ) -> [NodeID: Room] {
    let layout = nodes.map { ($0, Self.fill($0, (sizes[$0.id] ?? .zero))) }
    let minimum = minimum(layout.flatMap(\.1), added: .zero)
    return layout.reduce(into: [:]) { rooms, entry in
      let (node, sizes) = entry
      var room = Room()
      let memory = sizes.total() + (movable[node.id] ?? .zero)
      // The kernel's own pages, and the trees of the page cache that comes: in the highest zones first.
      var below = (held[node.id] ?? .zero) + PageCacheTree.traces(of: memory, pageSize)
      var above = ByteCount.zero
      for (index, size) in sizes.enumerated().reversed() where size > .zero {
        let ratio = node.zones[index].ratio
        func kept(_ above: ByteCount) -> ByteCount {
          ratio > 0 ? above.scaled(by: 1, over: ratio) : .zero
        }
        let least = minimum(size)
        let closed = least + kept(above + (movable[node.id] ?? .zero))
        room.open += size.subtractingOrZero(closed)
        let gap = max(
          least.scaled(by: 1, over: 4),
          size.scaled(by: watermarkScale, over: 10_000)
        )
        room.slack.add(
          free: size.subtractingOrZero(below.take(upTo: size)),
          closed: closed,
          low: least + gap + kept(above),
          high: least + gap * 2
        )
        above += size
      }
      room.open = room.open.subtractingOrZero(held[node.id] ?? .zero)
      rooms[node.id] = room
    }
  }

  /// The min watermark of a zone of a size, where the kernel zones have those sizes.
  private func minimum(
    _ zones: [ByteCount],
    added: ByteCount
  ) -> (ByteCount) -> ByteCount {
    let kernel = zones.filter { $0 > .zero }
    let total = kernel.total()
    let minimum: ByteCount =
      switch origin {
      case .written(let value): value
      case .computed(true):
        MinimumFree.bytes(
          managed: total,
          kernelZones: UInt64(kernel.count),
          pageblockSize: pageblockSize,
          machine: managed + added
        )
      case .computed(false): MinimumFree.plain(managed: total)
      }
    let sharing = max(1, (isSharedByMovable ? max(managed + added, total) : total).count)
    return { minimum.scaled(by: $0.count, over: sharing) }
  }

  /// What each kernel zone of a node would own; the highest takes what no other holds.
  private static func fill(_ node: Node, _ size: ByteCount) -> [ByteCount] {
    // What boot took from the node's top is Movable's then.
    let moved = node.total > size + node.memmap ? node.memmap : .zero
    var left = size.subtractingOrZero(node.reserved.subtractingOrZero(moved))
    return node.zones.enumerated().map { index, zone in
      left.take(upTo: index == node.zones.count - 1 ? left : zone.managed)
    }
  }
}

extension Sizing {
  /// Sizes a host with the watermarks that it would have under that size: smaller kernel zones keep
  /// less free.
  static func settled(
    _ facts: HostFacts,
    demand: Demand,
    profile: Profile,
    growth: PlannedGrowth
  ) -> Sizing {
    var sizing = size(facts, demand: demand, profile: profile, growth: growth)
    guard let outlook = ReserveOutlook(facts) else { return sizing }
    // What is kept changes by a few percent of what the size does: it settles at once.
    for _ in 0..<8 {
      var sizes = sizing.kernelFloor
      for account in facts.nodes where sizes[account.node] != nil {
        sizes[account.node, default: .zero] += account.cma
      }
      let then = demand.keeping(outlook.reserves(sizes), facts)
      var next = size(facts, demand: then, profile: profile, growth: growth)
      // As the account of today's zones sums it up.
      next.neededKernel = demand.needed
      if next == sizing { break }
      sizing = next
    }
    return sizing
  }
}

extension Demand {
  /// The same need where the zones keep so much free on each node.
  func keeping(_ reserves: [NodeID: ByteCount], _ facts: HostFacts) -> Demand {
    var result = self
    for account in facts.nodes {
      guard let now = account.reserve.value, let then = reserves[account.node] else { continue }
      result.neededByNode[account.node, default: .zero] += then
      result.neededByNode[account.node]?.take(upTo: now)
    }
    result.reserve = reserves.values.total()
    return result
  }
}

extension ReserveOutlook {
  /// How much more the kernel zones keep free once memory was added, less where it is negative: the
  /// kernel divides anew whenever memory comes (`init_per_zone_wmark_min`).
  static func change(_ facts: HostFacts, after simulation: GrowthSimulation) -> Int64 {
    guard let outlook = ReserveOutlook(facts) else { return 0 }
    var before: [NodeID: ByteCount] = [:]
    var after: [NodeID: ByteCount] = [:]
    for account in facts.nodes { before[account.node] = account.kernelPresent }
    for node in simulation.memory.nodes {
      after[node.id] = node.kernelZones.map(\.present).total().bytes(of: facts.pageSize)
    }
    let now = outlook.reserves(before).values.total()
    let then = outlook.reserves(after, added: simulation.added).values.total()
    return Int64(clamping: then.count) - Int64(clamping: now.count)
  }
}
