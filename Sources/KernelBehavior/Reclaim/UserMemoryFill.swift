package import HostModel

/// Where user memory goes on a machine that is full of it, as far as it can't be evicted: anonymous
/// and shared memory without swap.
///
/// Page cache fills what is left everywhere, and gives way to the kernel; it is not in here. A cpuset
/// or a memory policy only takes nodes out of a process's reach: a kernel allocation that is not bound
/// to its node falls back beyond them (`__GFP_HARDWALL` is for user memory, kernel/cgroup/cpuset.c).
package struct UserMemoryFill: Hashable, Sendable {
  /// A node's room for user pages.
  package struct Node: Hashable, Sendable {
    package var id: NodeID
    package var hasCPUs: Bool
    /// In ZONE_MOVABLE.
    package var movable: ByteCount
    /// In its kernel zones: what the kernel doesn't hold, watermarks and lowmem protection left out.
    package var open: ByteCount
    /// What the kernel finds there, once user memory has that, before kswapd is woken.
    package var slack: ReclaimSlack
    /// Nodes of slower memory to which reclaim moves its user pages.
    package var slower: [NodeID]

    package init(
      id: NodeID,
      hasCPUs: Bool,
      movable: ByteCount,
      open: ByteCount,
      slack: ReclaimSlack,
      slower: [NodeID] = []
    ) {
      self.id = id
      self.hasCPUs = hasCPUs
      self.movable = movable
      self.open = open
      self.slack = slack
      self.slower = slower
    }
  }

  package let nodes: [Node]
  package let order: FallbackOrder
  package let reclaim: PageReclaim
  private let cpus: UInt64
  private let pageSize: PageSize

  package init(
    _ nodes: [Node],
    order: FallbackOrder,
    reclaim: PageReclaim,
    cpus: UInt64,
    pageSize: PageSize
  ) {
    self.cpus = cpus
    self.nodes = nodes
    self.order = order
    self.reclaim = reclaim
    self.pageSize = pageSize
  }

  /// As much as all of ZONE_MOVABLE holds: more than that fills kernel zones whatever their size, and
  /// the machine is short as a whole.
  package var amount: ByteCount { nodes.map(\.movable).total() }

  /// What user memory takes of each node's kernel zones.
  package struct Taken: Hashable, Sendable {
    package var worst: [NodeID: ByteCount]
    /// Where processes are spread as the machine is.
    package var likely: [NodeID: ByteCount]
  }

  package var taken: Taken {
    let worst = worst
    return Taken(worst: worst, likely: likely(worst))
  }

  /// What it takes at worst.
  package var worst: [NodeID: ByteCount] {
    // All of it belongs to processes on one node, or to processes where most of it misses Movable.
    var ways = places.map { filled([($0, amount)]) } + [filled(scarcestFirst())]
    switch reclaim {
    case .lists: ways.append(oldest)
    case .generations: ways.append(woken)
    }
    return ways.max { total($0) < total($1) } ?? [:]
  }

  /// What it takes where processes are spread as the machine is.
  package var likely: [NodeID: ByteCount] { likely(worst) }

  private func likely(_ worst: [NodeID: ByteCount]) -> [NodeID: ByteCount] {
    var ways = [filled(spread())]
    switch reclaim {
    case .lists: ways.append(mixed(amount))
    case .generations: ways.append(mixed(settled))
    }
    let most = ways.max { total($0) < total($1) } ?? [:]
    return total(most) < total(worst) ? most : worst
  }

  private var places: [Node] {
    let own = nodes.filter(\.hasCPUs)
    return own.isEmpty ? nodes : own
  }

  private func total(_ taken: [NodeID: ByteCount]) -> ByteCount { taken.values.total() }

  /// As much on each node as it holds, the node with least Movable for its kernel zones first.
  private func scarcestFirst() -> [(Node, ByteCount)] {
    var left = amount
    let sorted = places.sorted {
      MovableRatio($0.movable, to: $0.open) < MovableRatio($1.movable, to: $1.open)
    }
    return sorted.map { ($0, left.take(upTo: $0.movable + $0.open)) }
  }

  /// Each node's part of the memory of nodes with cpus.
  private func spread() -> [(Node, ByteCount)] {
    let whole = places.map { $0.movable + $0.open }.total()
    // What Movable of their own holds stays there; the rest is anybody's.
    let rest = amount.subtractingOrZero(places.map(\.movable).total())
    return places.map { node in
      let part = rest.scaled(by: (node.movable + node.open).count, over: max(1, whole.count))
      return (node, node.movable + part)
    }
  }

  /// Fills zone by zone, node by node, as requests of each node find room.
  private func filled(_ requests: [(Node, ByteCount)]) -> [NodeID: ByteCount] {
    var room = Dictionary(nodes.map { ($0.id, $0) }) { first, _ in first }
    var taken: [NodeID: ByteCount] = [:]
    var left = requests
    // What is at home first, so that no node's memory is taken before its own processes had it.
    for index in left.indices {
      left[index].1.take(upTo: room[left[index].0.id]?.movable.take(upTo: left[index].1) ?? .zero)
    }
    for (node, amount) in left {
      var amount = amount
      // What comes to lie in its kernel zones gives way to requests for them, as far as there is room.
      for id in node.slower where amount > .zero {
        amount.take(upTo: room[id]?.movable.take(upTo: amount) ?? .zero)
      }
      for id in order.nodes(from: node.id) where amount > .zero {
        amount.take(upTo: room[id]?.movable.take(upTo: amount) ?? .zero)
        let own = room[id]?.open.take(upTo: amount) ?? .zero
        amount.take(upTo: own)
        taken[id, default: .zero] += own
      }
    }
    return taken
  }

  /// The lists are in the order of reading, whatever the zone: where what was read first lies in the
  /// kernel zones, it is evicted first, and user memory takes its place before any in ZONE_MOVABLE. What
  /// 5.10 had left was 1178, 692, 106 and 1020 MiB where files of 1.0, 1.2, 1.5 and 1.8 times the memory
  /// had been read before programs grew (Documentation/load.md).
  private var oldest: [NodeID: ByteCount] {
    divided(min(open, amount))
  }

  /// Generations are evicted from the highest zone down, and so user memory takes the place of page
  /// cache in ZONE_MOVABLE. But kswapd evicts from no zone above those that a request may use
  /// (`kswapd_highest_zoneidx`, mm/vmscan.c): once a kernel request finds no kernel zone above its low
  /// watermark, page cache there makes room, and user memory that still grows takes it.
  ///
  /// With `kernelcore=2944M` 802 MiB of 878 settled in kernel zones of 4 GiB, up to 1286 of 1800 of
  /// 5 GiB, 113 to 912 of 2727 of 6 GiB, 78 of 3655 of 7 GiB (Documentation/load.md).
  private var woken: [NodeID: ByteCount] { divided(min(open, settled)) }

  /// What comes to lie in kernel zones so, if they have room for it.
  ///
  /// Where a second node has kernel zones a request falls back there: 14 boots lost nothing so.
  private var settled: ByteCount {
    let withKernelZones = nodes.filter { $0.open > .zero }
    guard withKernelZones.count == 1, let node = withKernelZones.first, node.slower.isEmpty else {
      return .zero
    }
    return node.slack.settled(
      of: node.movable,
      read: (node.movable + node.open).scaled(by: 1, over: Self.memoryToReading),
      cpus: cpus,
      pageSize: pageSize
    )
  }

  /// How much more memory there is than is read from files while user memory grows, as in the boots
  /// that lost most.
  private static let memoryToReading: UInt64 = 4

  private var open: ByteCount { nodes.map(\.open).total() }

  /// The kernel zones' part by size: what was read lies anywhere in the lists.
  private func mixed(_ amount: ByteCount) -> [NodeID: ByteCount] {
    divided(amount.scaled(by: open.count, over: max(1, (open + amount).count)))
  }

  private func divided(_ taken: ByteCount) -> [NodeID: ByteCount] {
    let open = open
    return nodes.reduce(into: [:]) { all, node in
      all[node.id] = taken.scaled(by: node.open.count, over: max(1, open.count))
    }
  }
}
