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

    package init(id: NodeID, hasCPUs: Bool, movable: ByteCount, open: ByteCount) {
      self.id = id
      self.hasCPUs = hasCPUs
      self.movable = movable
      self.open = open
    }
  }

  package let nodes: [Node]
  package let order: FallbackOrder
  package let reclaim: PageReclaim

  package init(_ nodes: [Node], order: FallbackOrder, reclaim: PageReclaim) {
    self.nodes = nodes
    self.order = order
    self.reclaim = reclaim
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
    if reclaim == .lists { ways.append(mixed(timesTenths: 14)) }
    return ways.max { total($0) < total($1) } ?? [:]
  }

  /// What it takes where processes are spread as the machine is.
  package var likely: [NodeID: ByteCount] { likely(worst) }

  private func likely(_ worst: [NodeID: ByteCount]) -> [NodeID: ByteCount] {
    var ways = [filled(spread())]
    if reclaim == .lists { ways.append(mixed(timesTenths: 11)) }
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
      for id in order.nodes(from: node.id) where amount > .zero {
        amount.take(upTo: room[id]?.movable.take(upTo: amount) ?? .zero)
        let own = room[id]?.open.take(upTo: amount) ?? .zero
        amount.take(upTo: own)
        taken[id, default: .zero] += own
      }
    }
    return taken
  }

  /// The kernel zones' part by size, and more: page cache is evicted from both alike, but the kernel
  /// zones' free pages are handed out first. In 22 boots of 5.10 to 7.2 that was 1.1 to 1.4 times the
  /// part by size, and never more than all (Documentation/full-machine.md).
  private func mixed(timesTenths factor: UInt64) -> [NodeID: ByteCount] {
    let open = nodes.map(\.open).total()
    let part = amount.scaled(by: open.count, over: max(1, (open + amount).count))
    let taken = min(part.scaled(by: factor, over: 10), open, amount)
    return nodes.reduce(into: [:]) { all, node in
      all[node.id] = taken.scaled(by: node.open.count, over: max(1, open.count))
    }
  }
}
