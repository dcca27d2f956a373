internal import HostModel
internal import KernelBehavior
internal import KernelText

/// The HugeTLB pools of a machine class, and the zones that pay for them.
struct ClassHugePages {
  private struct Pool {
    var size: ByteCount
    var node: NodeID
    var count: UInt64
    /// What was asked for; `count` is what can be had.
    var asked: UInt64
    var isGigantic: Bool
    var isAtBoot: Bool
    /// Whether a gigantic page that is asked for later could be had at boot, with all others of them.
    var fitsAtBoot = false
  }

  private var pools: [Pool] = []
  private let nodes: [NodeID]
  private let pageSize: PageSize

  private let reservations: BootReservations
  /// Whether gigantic pages that are asked for at run time may lie in ZONE_MOVABLE.
  private let movableGigantic: Bool
  /// Whether the command line keeps gigantic pages from being made at boot.
  private let leavesGigantic: Bool

  init(
    _ machineClass: MachineClass,
    inputs: BootLayoutInputs,
    reservations: BootReservations,
    movableGigantic: Bool
  ) {
    self.reservations = reservations
    self.movableGigantic = movableGigantic
    pageSize = inputs.map.pageSize
    nodes = inputs.map.nodes
    let words = KernelCommandLineText.arguments(machineClass.commandLine.text)
    let arguments = HugeTLBArguments(
      words,
      defaultSize: HugePageSize.standard(inputs.map.architecture, pageSize),
      sizes: HugePageSize.all(inputs.map.architecture, pageSize)
    )
    let largest = pageSize.bytes * (1 << UInt64(inputs.map.maxOrder))
    leavesGigantic = HugeTLBArguments.leavesGiganticPages(words, kernel: inputs.kernel)
    for pool in arguments.pools where !(leavesGigantic && pool.size > largest) {
      add(pool.size, pool.count, on: pool.node, gigantic: pool.size > largest, atBoot: true)
    }
    for request in machineClass.hugePages {
      add(
        request.size,
        request.count,
        on: request.node,
        gigantic: request.size > largest,
        atBoot: request.isAtBoot
      )
    }
  }

  private mutating func add(
    _ size: ByteCount,
    _ count: UInt64,
    on node: NodeID?,
    gigantic: Bool,
    atBoot: Bool
  ) {
    let places = node.map { [$0] } ?? nodes
    guard !places.isEmpty else { return }
    let share = count / UInt64(places.count)
    let extra = count % UInt64(places.count)
    for (index, place) in places.enumerated() {
      let own = share + (UInt64(index) < extra ? 1 : 0)
      guard own > 0 else { continue }
      pools.append(
        Pool(
          size: size,
          node: place,
          count: own,
          asked: own,
          isGigantic: gigantic,
          isAtBoot: atBoot
        )
      )
    }
  }

  /// What a request comes to once there is no more memory to take.
  private mutating func grant(_ index: Int, _ pages: PageCount) {
    let unit = pools[index].size.pages(of: pageSize)
    pools[index].count = unit > 0 ? pages.count / unit.count : 0
  }

  /// Gigantic pages of the command line come from memblock, top of the node first: Movable where
  /// there is some. They stay with the page allocator's accounts as used.
  mutating func reserveAtBoot(in zones: inout ClassZones) {
    for index in pools.indices where pools[index].isGigantic && pools[index].isAtBoot {
      take(index, from: &zones) { _ in true }
    }
    // Boot arguments leave gigantic pages unmade where an area is to give them.
    guard !leavesGigantic else { return }
    var trial = zones
    for index in pools.indices where pools[index].isGigantic && !pools[index].isAtBoot {
      let pool = pools[index]
      guard let node = trial.nodes.firstIndex(where: { $0.id == pool.node }) else { continue }
      let unit = pool.size.pages(of: pageSize)
      let granted = takeElsewhere(unit * pool.asked, unit, node: node, from: &trial) { _ in true }
      pools[index].fitsAtBoot = granted == unit * pool.asked
    }
  }

  /// Other pages come from the buddy allocator: Movable first, then the kernel's zones; gigantic
  /// ones that are asked for later from the kernel's zones only, unless a sysctl lets them.
  mutating func takeAfterBoot(from zones: inout ClassZones) {
    for index in pools.indices where !(pools[index].isGigantic && pools[index].isAtBoot) {
      let (isGigantic, movableGigantic) = (pools[index].isGigantic, movableGigantic)
      take(index, from: &zones) { !isGigantic || movableGigantic || $0.servesKernel }
    }
  }

  private mutating func take(
    _ index: Int,
    from zones: inout ClassZones,
    where fits: (ZoneKind) -> Bool
  ) {
    let pool = pools[index]
    guard let node = zones.nodes.firstIndex(where: { $0.id == pool.node }) else {
      pools[index].count = 0
      return
    }
    let unit = pool.size.pages(of: pageSize)
    let wanted = unit * pool.count
    if pool.isGigantic, !pool.isAtBoot || reservations.takesGiganticPagesFromAreas {
      let fromAreas = zones.takeFromAreas(wanted, unit: unit, node: node)
      if fromAreas == wanted || reservations.takesGiganticPagesFromAreas {
        grant(index, fromAreas)
        return
      }
      // What the areas don't hold is looked for elsewhere (`alloc_gigantic_folio`).
      let others = takeElsewhere(
        wanted.subtractingOrZero(fromAreas),
        unit,
        node: node,
        from: &zones,
        where: fits
      )
      grant(index, fromAreas + others)
      return
    }
    grant(index, takeElsewhere(wanted, unit, node: node, from: &zones, where: fits))
  }

  private func takeElsewhere(
    _ wanted: PageCount,
    _ unit: PageCount,
    node: Int,
    from zones: inout ClassZones,
    where fits: (ZoneKind) -> Bool
  ) -> PageCount {
    let room = zones.nodes[node].zones.filter { fits($0.kind) }.map {
      $0.freeForKernel.roundedDown(to: unit)
    }.total()
    let granted = min(wanted, room).roundedDown(to: unit)
    zones.take(granted, node: node, where: fits)
    return granted
  }

  /// Requests of which not all pages can be had.
  var shortfalls: [HugePageShortfall] {
    pools.filter { $0.count < $0.asked }.map { pool in
      HugePageShortfall(
        size: pool.size,
        node: pool.node,
        asked: pool.asked,
        had: pool.count,
        isAtBoot: pool.isAtBoot,
        needsKernelZones: pool.isGigantic && !pool.isAtBoot && !movableGigantic,
        fitsAtBoot: pool.fitsAtBoot
      )
    }
  }

  // MARK: As sysfs shows them

  /// Pages that are gigantic, in bytes.
  var total: ByteCount { pools.map { $0.size * $0.count }.total() }

  func pools(of node: NodeID) -> [HugePagePool] {
    merged(pools.filter { $0.node == node }, node: node)
  }

  var hostPools: [HugePagePool] { merged(pools, node: nil) }

  private func merged(_ pools: [Pool], node: NodeID?) -> [HugePagePool] {
    var counts: [ByteCount: UInt64] = [:]
    for pool in pools { counts[pool.size, default: 0] += pool.count }
    return counts.sorted { $0.key < $1.key }.map { size, count in
      HugePagePool(
        size: size,
        node: node,
        total: .known(count),
        free: .known(count),
        surplus: .known(0)
      )
    }
  }
}
