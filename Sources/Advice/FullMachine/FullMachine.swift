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
  /// Whether that was not read, and stands at none.
  package let isSwapUnknown: Bool
  private let cpus: UInt64
  private let pageSize: PageSize
  package private(set) var nodes: [Node]
  private var places: [FallbackOrder.Node]
  private var order: FallbackOrder
  /// Nil where the zones' sizes don't tell what others would keep.
  let outlook: ReserveOutlook?

  package struct Node: Hashable, Sendable {
    package var id: NodeID
    package var hasCPUs: Bool
    package var now: ByteCount
    package var userNow: ByteCount
    /// RAM in its kernel zones, and what of it the kernel itself holds.
    var kernel: ByteCount
    var held: ByteCount
    package var room: UserMemoryFill.Node
  }

  /// Fails with the reason where the zones don't tell.
  package init(_ facts: HostFacts) throws(Unknown) {
    (reclaim, isReclaimAssumed) = PageReclaim.of(facts.snapshot, facts.kernel)
    swap = facts.snapshot.usableSwap
    isSwapUnknown = facts.snapshot.meminfo.swapFree.value == nil
    cpus = facts.nodes.reduce(0) { $0 + UInt64($1.cpuCount.value ?? 0) }
    pageSize = facts.pageSize
    var nodes: [Node] = []
    for account in facts.nodes where account.total > .zero {
      let cpus = account.cpuCount.value.map { $0 > 0 } ?? true
      let parts = [
        account.headroom, account.userPages, account.openToUsers, account.movableForUsers,
        account.slack.map(\.first),
      ]
      if let reason = parts.lazy.compactMap(\.reason).first { throw Unknown(reason: reason) }
      nodes.append(
        Node(
          id: account.node,
          hasCPUs: cpus,
          now: account.headroom.value ?? .zero,
          userNow: account.userPages.value ?? .zero,
          kernel: account.kernelPresent,
          held: account.heldForGood,
          room: UserMemoryFill.Node(
            id: account.node,
            hasCPUs: cpus,
            movable: account.movableForUsers.value ?? .zero,
            open: account.openToUsers.value ?? .zero,
            slack: account.slack.value ?? ReclaimSlack(),
            slower: facts.snapshot.slowerNodes(than: account.node)
          )
        )
      )
    }
    self.nodes = nodes
    outlook = ReserveOutlook(facts)
    places = Self.places(facts)
    order = FallbackOrder(places)
  }

  /// Why it can't be told.
  package struct Unknown: Error, Hashable, Sendable { package var reason: UnknownReason }

  /// User memory in today's zones.
  package var fill: UserMemoryFill {
    UserMemoryFill(
      nodes.map(\.room),
      order: order,
      reclaim: reclaim,
      cpus: cpus,
      pageSize: pageSize
    )
  }

  /// The host as a whole: a kernel allocation falls back to other nodes.
  package var headroom: FullHeadroom {
    let taken = fill.taken
    return headroom(
      now: nodes.map(\.now).total(),
      userNow: nodes.map(\.userNow).total(),
      taken.worst.values.total(),
      likely: taken.likely.values.total(),
      traces: traces,
      open: fill.nodes.map(\.open).total(),
      swap: swap
    )
  }

  /// The same host with other room for user memory, right after it was booted or filled so.
  func with(
    movable: [NodeID: ByteCount],
    kernel: [NodeID: ReserveOutlook.Room]
  ) -> FullMachine {
    var result = self
    for id in Set(movable.keys).union(kernel.keys).subtracting(nodes.map(\.id)) {
      // Memory that devices bring to a node of its own: no cpus are there.
      result.add(id)
    }
    for index in result.nodes.indices {
      let id = result.nodes[index].id
      result.nodes[index].userNow = .zero
      result.nodes[index].room.movable = movable[id] ?? .zero
      result.nodes[index].room.open = kernel[id]?.open ?? .zero
      result.nodes[index].room.slack = kernel[id]?.slack ?? ReclaimSlack()
    }
    return result
  }

  /// What the kernel zones lose to user memory at worst, beyond what swap can give back, and to traces
  /// of page cache.
  ///
  /// Boots of one layout differ a little, and so does what lies where: none is to be short for that.
  /// But no more can be lost than user memory may enter.
  var lostAtWorst: ByteCount {
    var full = headroom
    full.now = full.open
    let lost = full.now.subtractingOrZero(full.least)
    let beside = lost.subtractingOrZero(full.traces)
    guard beside > .zero else { return lost }
    let spare = ByteCount.mebibytes(4) + beside.scaled(by: 1, over: 64)
    return max(lost, min(lost + spare, full.open))
  }

  /// What the traces of the page cache take whose place user memory took.
  var traces: ByteCount { traces(fill.nodes) }

  private func traces(_ nodes: [UserMemoryFill.Node]) -> ByteCount {
    // Without Movable there is nothing to compare: the zones are what they are.
    guard fill.amount > .zero else { return .zero }
    return nodes.map { PageCacheTree.traces(of: $0.movable + $0.open, pageSize) }.total()
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
    result.renewSlack(since: self)
    return result
  }

  /// The same host with so much Movable in all: blocks of each node's Movable become kernel memory, or
  /// kernel memory that is free becomes Movable, on each node its part.
  package func with(movable size: ByteCount) -> FullMachine {
    var result = self
    let now = nodes.map(\.room.movable).total()
    let free = nodes.map(\.now).total()
    for index in result.nodes.indices {
      let node = nodes[index]
      let own = node.room.movable.scaled(by: min(size, now).count, over: max(1, now.count))
      let given = node.room.movable.subtractingOrZero(own)
      let taken = min(
        node.now,
        size.subtractingOrZero(now).scaled(by: node.now.count, over: max(1, free.count))
      )
      result.nodes[index].room.movable = own + taken
      result.nodes[index].room.open = (node.room.open + given).subtractingOrZero(taken)
      result.nodes[index].now = (node.now + given).subtractingOrZero(taken)
    }
    result.renewSlack(since: self)
    return result
  }

  /// The same with what kernel requests find in the zones as they are then: they have other watermarks,
  /// and keep other parts of what lies above them.
  private mutating func renewSlack(since before: FullMachine) {
    guard let outlook else { return }
    let rooms = outlook.rooms(
      nodes.reduce(into: [:]) { sizes, node in
        let old = before.nodes.first { $0.id == node.id }?.room.open ?? .zero
        sizes[node.id] = (node.kernel + node.room.open).subtractingOrZero(old)
      },
      beside: nodes.reduce(into: [:]) { $0[$1.id] = $1.room.movable },
      held: nodes.reduce(into: [:]) { $0[$1.id] = $1.held }
    )
    for index in nodes.indices {
      guard let room = rooms[nodes[index].id] else { continue }
      nodes[index].room.slack = room.slack
    }
  }

  private mutating func add(_ id: NodeID) {
    let room = UserMemoryFill.Node(
      id: id,
      hasCPUs: false,
      movable: .zero,
      open: .zero,
      slack: ReclaimSlack()
    )
    nodes.append(
      Node(
        id: id,
        hasCPUs: false,
        now: .zero,
        userNow: .zero,
        kernel: .zero,
        held: .zero,
        room: room
      )
    )
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
      traces: traces([node.room]),
      open: node.room.open,
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
    traces: ByteCount,
    open: ByteCount,
    swap: ByteCount
  ) -> FullHeadroom {
    FullHeadroom(
      now: now,
      userNow: userNow,
      userWhenFull: worst,
      userLikely: likely,
      user: fill.amount,
      traces: traces,
      open: open,
      reclaim: reclaim,
      isReclaimAssumed: isReclaimAssumed,
      swap: swap,
      isSwapUnknown: isSwapUnknown
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
    let ids = online.map(\.id)
    let filled = Set(facts.nodes.filter { $0.total > .zero }.map(\.node))
    return online.map { node in
      let distances = node.distances.value ?? []
      return FallbackOrder.Node(
        id: node.id,
        hasCPUs: node.cpuCount.value != 0,
        hasMemory: filled.contains(node.id),
        distances: Dictionary(zip(ids, distances)) { first, _ in first }
      )
    }
  }
}
