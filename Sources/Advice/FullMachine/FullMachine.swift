package import HostModel
package import KernelBehavior

/// A host as it is once user memory fills it: page cache everywhere, and as much memory that can't be
/// evicted as ZONE_MOVABLE holds.
package struct FullMachine: Hashable, Sendable {
  package let reclaim: PageReclaim
  /// Whether the way of reclaim was taken for granted.
  package let isReclaimAssumed: Bool
  /// What swap can still take: of a zram disk half, since what it holds lies in memory too.
  package let swap: ByteCount
  package private(set) var nodes: [Node]
  private var places: [FallbackOrder.Node]
  private var order: FallbackOrder

  package struct Node: Hashable, Sendable {
    package var id: NodeID
    package var hasCPUs: Bool
    package var now: ByteCount
    package var userNow: ByteCount
    package var room: UserMemoryFill.Node
  }

  /// Fails with the reason where the zones don't tell.
  package init(_ facts: HostFacts) throws(Unknown) {
    (reclaim, isReclaimAssumed) = PageReclaim.of(facts.snapshot, facts.kernel)
    swap = facts.snapshot.usableSwap
    var nodes: [Node] = []
    for account in facts.nodes where account.total > .zero {
      let cpus = account.cpuCount.value.map { $0 > 0 } ?? true
      let parts = [
        account.headroom, account.userPages, account.openToUsers, account.movableForUsers,
      ]
      if let reason = parts.lazy.compactMap(\.reason).first { throw Unknown(reason: reason) }
      nodes.append(
        Node(
          id: account.node,
          hasCPUs: cpus,
          now: account.headroom.value ?? .zero,
          userNow: account.userPages.value ?? .zero,
          room: UserMemoryFill.Node(
            id: account.node,
            hasCPUs: cpus,
            movable: account.movableForUsers.value ?? .zero,
            open: account.openToUsers.value ?? .zero
          )
        )
      )
    }
    self.nodes = nodes
    places = Self.places(facts)
    order = FallbackOrder(places)
  }

  /// Why it can't be told.
  package struct Unknown: Error, Hashable, Sendable { package var reason: UnknownReason }

  /// User memory in today's zones.
  package var fill: UserMemoryFill {
    UserMemoryFill(nodes.map(\.room), order: order, reclaim: reclaim)
  }

  /// The host as a whole: a kernel allocation falls back to other nodes.
  package var headroom: FullHeadroom {
    let taken = fill.taken
    return headroom(
      now: nodes.map(\.now).total(),
      userNow: nodes.map(\.userNow).total(),
      taken.worst.values.total(),
      likely: taken.likely.values.total(),
      swap: swap
    )
  }

  /// The same host with other room for user memory, right after it was booted or filled so.
  func with(movable: [NodeID: ByteCount], open: [NodeID: ByteCount]) -> FullMachine {
    var result = self
    for id in Set(movable.keys).union(open.keys).subtracting(nodes.map(\.id)) {
      // Memory that devices bring to a node of its own: no cpus are there.
      result.add(id)
    }
    for index in result.nodes.indices {
      let id = result.nodes[index].id
      result.nodes[index].userNow = .zero
      result.nodes[index].room.movable = movable[id] ?? .zero
      result.nodes[index].room.open = open[id] ?? .zero
    }
    return result
  }

  /// What the kernel zones lose to user memory at worst, beyond what swap can give back.
  var lostAtWorst: ByteCount {
    var full = headroom
    full.now = fill.nodes.map(\.open).total()
    return full.now.subtractingOrZero(full.least)
  }

  /// The host after devices were added to it.
  ///
  /// - Parameters:
  ///   - movable: What became Movable, by node.
  ///   - headroom: What the kernel can take then, by node.
  /// - Returns: The host with them.
  func grown(movable: [NodeID: ByteCount], headroom: [NodeID: ByteCount]) -> FullMachine {
    var result = self
    for id in Set(movable.keys).union(headroom.keys).subtracting(nodes.map(\.id)) {
      result.add(id)
    }
    for index in result.nodes.indices {
      let id = result.nodes[index].id
      let before = result.nodes[index].now
      let now = headroom[id] ?? before
      result.nodes[index].now = now
      result.nodes[index].room.movable += movable[id] ?? .zero
      let open = result.nodes[index].room.open + now
      result.nodes[index].room.open = open.subtractingOrZero(before)
    }
    return result
  }

  private mutating func add(_ id: NodeID) {
    let room = UserMemoryFill.Node(id: id, hasCPUs: false, movable: .zero, open: .zero)
    nodes.append(Node(id: id, hasCPUs: false, now: .zero, userNow: .zero, room: room))
    nodes.sort { $0.id < $1.id }
    guard !places.contains(where: { $0.id == id && $0.hasMemory }) else { return }
    if let index = places.firstIndex(where: { $0.id == id }) {
      places[index].hasMemory = true
      if places[index].hasCPUs {
        let own = nodes.firstIndex { $0.id == id }
        if let own { nodes[own].hasCPUs = true; nodes[own].room.hasCPUs = true }
      }
    } else {
      places.append(FallbackOrder.Node(id: id, hasCPUs: false))
      places.sort { $0.id < $1.id }
    }
    order = FallbackOrder(places)
  }

  /// One node by itself.
  package func headroom(on id: NodeID) -> FullHeadroom? {
    guard let node = nodes.first(where: { $0.id == id }) else { return nil }
    let all = nodes.map(\.userNow).total()
    let taken = fill.taken
    return headroom(
      now: node.now,
      userNow: node.userNow,
      taken.worst[id] ?? .zero,
      likely: taken.likely[id] ?? .zero,
      swap: all > .zero
        ? swap.scaled(by: node.userNow.count, over: all.count)
        : swap.scaled(by: 1, over: UInt64(max(1, nodes.count)))
    )
  }

  private func headroom(
    now: ByteCount,
    userNow: ByteCount,
    _ worst: ByteCount,
    likely: ByteCount,
    swap: ByteCount
  ) -> FullHeadroom {
    FullHeadroom(
      now: now,
      userNow: userNow,
      userWhenFull: worst,
      userLikely: likely,
      user: fill.amount,
      reclaim: reclaim,
      isReclaimAssumed: isReclaimAssumed,
      swap: swap
    )
  }

  // MARK: Reading

  private static func places(_ facts: HostFacts) -> [FallbackOrder.Node] {
    let online = facts.snapshot.nodes.value ?? []
    guard !online.isEmpty else {
      return facts.nodes.map {
        FallbackOrder.Node(
          id: $0.node,
          hasCPUs: $0.cpuCount.value != 0,
          hasMemory: $0.total > .zero
        )
      }
    }
    return online.map { node in
      let distances = node.distances.value ?? []
      return FallbackOrder.Node(
        id: node.id,
        hasCPUs: node.cpuCount.value != 0,
        hasMemory: facts.nodes.contains { $0.node == node.id && $0.total > .zero },
        distances: Dictionary(zip(online.map(\.id), distances)) { first, _ in first }
      )
    }
  }
}
