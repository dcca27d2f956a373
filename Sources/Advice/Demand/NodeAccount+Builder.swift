internal import HostModel
internal import KernelBehavior
internal import KernelText

extension NodeAccount {
  /// Works out a node's account from a snapshot.
  struct Builder {
    let snapshot: HostSnapshot
    let pageSize: PageSize
    let kernel: Kernel
    let hostHasMovable: Bool
    let uninitialized: MemoryInWaiting
    /// Of all nodes, for each node's part of swap.
    private let allAnonymous: ByteCount?

    init(
      snapshot: HostSnapshot,
      pageSize: PageSize,
      kernel: Kernel,
      hostHasMovable: Bool,
      uninitialized: MemoryInWaiting
    ) {
      self.snapshot = snapshot
      self.pageSize = pageSize
      self.kernel = kernel
      self.hostHasMovable = hostHasMovable
      self.uninitialized = uninitialized
      allAnonymous = snapshot.zoneinfo.value?.nodes
        .map { Self.anonymousPages($0.kernelZones).value ?? .zero }
        .total().bytes(of: pageSize)
    }

    func account(of zones: NodeZones) -> NodeAccount {
      let node = snapshot.nodes.value?.first { $0.id == zones.node }
      let kernel = zones.kernelZones
      let movable = zones.zones.filter { $0.kind == .movable && $0.isPopulated }
      let high = zones.zones.filter { $0.kind == .highMem }
      let room = movable.total(\.hardUse).bytes(of: pageSize)
      let huge = hugePages(on: zones.node, roomInMovable: room.value ?? .zero)
      var hard = kernel.total(\.hardUse).bytes(of: pageSize) - .known(huge.movable)
      // How many of them are in the kernel zones depends on how many Movable holds.
      if huge.movable > 0, case .unknown(let reason) = room { hard = .unknown(reason) }
      let anon = Self.anonymousPages(kernel)
      let locked = kernel.total { $0.gauge(.mlocked) }
      return NodeAccount(
        node: zones.node,
        cpuCount: node?.cpuCount ?? .unknown(.missing(input: "the node's cpulist")),
        kernelPresent: present(
          zones.zones.filter { $0.kind.countsAsKernel && $0.kind != .highMem }
        ),
        highPresent: present(high),
        highFree: bytes(high, \.free).value ?? .zero,
        movablePresent: present(movable),
        cma: bytes(kernel) { .known($0.cma.value ?? .zero) }.value ?? .zero,
        kernelManaged: bytes(kernel, \.managed),
        kernelWaiting: bytes(kernel) { .known(waiting($0)) }.value ?? .zero,
        movableManaged: bytes(movable, \.managed),
        kernelFree: bytes(kernel, \.freeForKernel),
        movableFree: bytes(movable) { zone in zone.free.map { $0 + zone.perCPUFree } },
        hardUse: hard,
        hugePagesInKernel: huge,
        userPages: (anon + locked).bytes(of: pageSize),
        openToUsers: bytes(kernel) { openToUsers($0) },
        slack: slack(zones: zones, kernel: kernel),
        movableForUsers: bytes(movable) { zone in
          zone.managed.subtractingOrZero(zone.hardUse)
            .subtractingOrZero(.known(zone.perCPUFree))
        },
        stuckUserPages: stuck(anon, on: zones.node, kernel: kernel),
        unevictableKernel: bytes(kernel) { zone in
          zone.lru(.unevictable).subtractingOrZero(zone.gauge(.mlocked))
        },
        pinned: pinned(zones, kernel: kernel),
        reserve: bytes(kernel) { reserve(of: $0, among: zones) },
        reclaimableSlab: reclaimableSlab(zones),
        headroom: headroom(zones: zones, kernel: kernel)
      )
    }

    func bytes(
      _ zones: [ZoneSnapshot],
      _ part: (ZoneSnapshot) -> Reading<PageCount>
    ) -> Reading<ByteCount> {
      zones.total(part).bytes(of: pageSize)
    }

    /// Pages of a zone that its allocator will own once they are initialised.
    func waiting(_ zone: ZoneSnapshot) -> PageCount {
      uninitialized.part(of: zone.reserved.value ?? .zero)
    }

    private func present(_ zones: [ZoneSnapshot]) -> ByteCount {
      zones.map(\.presentPages).total().bytes(of: pageSize)
    }

    // MARK: Use

    static func anonymousPages(_ zones: [ZoneSnapshot]) -> Reading<PageCount> {
      zones.total { $0.lru(.activeAnon) + $0.lru(.inactiveAnon) }
    }

    /// Anonymous and mlocked pages beside a Movable zone, less what can leave.
    private func stuck(
      _ anon: Reading<PageCount>,
      on node: NodeID,
      kernel: [ZoneSnapshot]
    ) -> Reading<ByteCount> {
      guard hostHasMovable else { return .known(.zero) }
      let locked = kernel.total { $0.gauge(.mlocked) }
      return anon.bytes(of: pageSize) - evictable(anon, on: node) + locked.bytes(of: pageSize)
    }

    /// What of those swap can take, as far as it goes for all nodes, and what slower nodes can.
    func evictable(_ anon: Reading<PageCount>, on node: NodeID) -> Reading<ByteCount> {
      let swap = snapshot.usableSwap
      let slower = snapshot.demotionRoom(from: node).bytes(of: pageSize)
      return anon.bytes(of: pageSize).map { own in
        let all = Swift.max(1, (allAnonymous ?? own).count)
        return Swift.min(own, (swap + slower).scaled(by: own.count, over: all))
      }
    }

    /// Outstanding pins of a node: sampled where the host was there to be sampled, else from the
    /// node's own counters; the host's sum stands for a node only where there is no other.
    private func pinned(_ zones: NodeZones, kernel: [ZoneSnapshot]) -> Reading<ByteCount> {
      let counted = zones.counters.outstandingPins
      let isOnlyNode = snapshot.zoneinfo.value?.nodes.count == 1
      let sampled = snapshot.pins.perNode[zones.node] ?? counted
      let outstanding = sampled.or(counted).or(isOnlyNode ? snapshot.pins.system : counted)
      // A pin keeps its page on the LRU list, and long-term pins live in kernel zones only.
      return outstanding.and(kernel.total(\.allLRU)).map { Swift.min($0, $1) }.bytes(of: pageSize)
    }

    // MARK: HugeTLB

    /// Splits a node's HugeTLB memory over its zones.
    ///
    /// The pools do not say where their pages are; what ZONE_MOVABLE holds beside free, LRU and
    /// zspages does: nothing but HugeTLB and balloon pages is left there.
    private func hugePages(on node: NodeID, roomInMovable: ByteCount) -> HugePagesInKernel {
      var small = ByteCount.zero
      var gigantic = ByteCount.zero
      let pools = snapshot.hugePagePools(on: node)
      let order = snapshot.maxOrder.value ?? 10
      for pool in pools {
        let size = pool.bytes.value ?? .zero
        if pool.isGigantic(pageSize: pageSize, maxOrder: order) {
          gigantic += size
        } else {
          small += size
        }
      }
      var room = roomInMovable
      // Gigantic pages of the command line were there first, from the top of the node.
      if gigantic > .zero {
        var atBoot = gigantic.take(upTo: reservedAtBoot(on: node, order: order))
        atBoot.take(upTo: room.take(upTo: atBoot))
        gigantic += atBoot
      }
      var result = HugePagesInKernel()
      if kernel.hasOrAssumed(.hugePagesMigrate) {
        small.take(upTo: room.take(upTo: small))
        result.movable = small
      } else {
        result.unmovable = small
      }
      gigantic.take(upTo: room)
      result.gigantic = gigantic
      return result
    }

    /// Gigantic pages that the command line asks for on a node.
    private func reservedAtBoot(on node: NodeID, order: UInt8) -> ByteCount {
      guard let line = snapshot.commandLine.value, let architecture = snapshot.architecture.value
      else { return .zero }
      let words = KernelCommandLineText.arguments(line)
      if HugeTLBArguments.leavesGiganticPages(words, kernel: kernel) { return .zero }
      let nodes = UInt64(max(1, snapshot.nodesWithMemory.value?.count ?? 1))
      return HugeTLBArguments(
        words,
        defaultSize: HugePageSize.standard(architecture, pageSize)
      ).pools.filter {
        $0.size > pageSize.bytes * (1 << UInt64(order)) && ($0.node ?? node) == node
      }.map { pool in
        pool.size * (pool.node == nil ? (pool.count + nodes - 1) / nodes : pool.count)
      }.total()
    }
  }
}

extension HostSnapshot {
  /// A node's HugeTLB pools; a kernel without NUMA has one node and shows none, so the host's.
  func hugePagePools(on id: NodeID) -> [HugePagePool] {
    if let nodes = nodes.value { return nodes.first { $0.id == id }?.hugePagePools ?? [] }
    return zoneinfo.value?.nodes.count == 1 ? hugePages.pools.value ?? [] : []
  }
}
