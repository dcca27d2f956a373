internal import HostModel
internal import KernelBehavior
internal import KernelText

/// A report's zones, seen from the request that failed.
struct OOMMemory {
  let report: OOMReport
  let request: OOMReport.RequestZone
  let pageSize: PageSize
  /// Nodes that the request was bound to; nil where it was to none.
  let allowed: Set<NodeID>?

  init?(_ report: OOMReport) {
    guard let request = report.requestZone else { return nil }
    // A page fault that failed is for a user page, whatever of its request was not passed on.
    self.init(report, for: report.gfpMask == 0 ? .movable : request)
  }

  init(_ report: OOMReport, for request: OOMReport.RequestZone) {
    self.report = report
    self.request = request
    pageSize = report.pageSize ?? .kib4
    allowed = Self.allowed(report)
  }

  // MARK: Nodes

  /// The nodes of the memory policy, within the cpuset's. One with all nodes binds to none.
  private static func allowed(_ report: OOMReport) -> Set<NodeID>? {
    // The kernel's own word, where it has one: a cpuset does not bind requests of the kernel's.
    if report.constraint == OOMReport.Constraint.none { return nil }
    let all = nodesWithMemory(report)
    let mems = report.memsAllowed.map { Set($0) }
    guard let mask = report.nodeMask.map({ Set($0) }) else {
      return mems.flatMap { isBinding($0, all, report.constraint == .cpuset) ? $0 : nil }
    }
    let both = mems.map { mask.intersection($0) } ?? mask
    let nodes = both.isEmpty ? mask : both
    // Kernels 4.9 and 4.10 name the cpuset's nodes where there is no policy.
    let isPolicy =
      report.constraint == .memoryPolicy || report.constraint == .cpuset
      || mems.map { nodes.isStrictSubset(of: $0) } ?? false
    return isBinding(nodes, all, isPolicy) ? nodes : nil
  }

  /// Nodes of which a zone was printed, or a line that counts something: one without memory has a
  /// line of zeros.
  private static func nodesWithMemory(_ report: OOMReport) -> Set<NodeID> {
    let counters = [
      OOMCounter.activeAnon, .inactiveAnon, .activeFile, .inactiveFile, .unevictable,
    ]
    let counting = report.nodes.filter { node in
      counters.contains { (node.bytes($0) ?? 0) > 0 }
    }
    return Set(counting.map(\.node)).union(report.zones.map(\.node))
  }

  /// Every machine has memory on its first node, but for a few where none can be left out.
  private static func isBinding(_ nodes: Set<NodeID>, _ all: Set<NodeID>, _ isSaid: Bool) -> Bool {
    isSaid || !all.subtracting(nodes).isEmpty || !nodes.contains(0)
  }

  private func isAllowed(_ node: NodeID) -> Bool { allowed?.contains(node) ?? true }

  /// Zones on nodes that the request may use.
  var allowedZones: [OOMReport.Zone] { report.zones.filter { isAllowed($0.node) } }

  /// Zones that it could come from.
  var eligible: [OOMReport.Zone] {
    allowedZones.filter { request.allows($0.kind) && ($0.bytes(.managed) ?? 1) > 0 }
  }

  // MARK: One zone

  /// Free memory that this request may have: CMA areas are for movable pages, and reserved
  /// blocks for requests that can't wait.
  func usableFree(_ zone: OOMReport.Zone) -> ByteCount {
    let free = notForMovable(zone)
    return report.mayUseReserve ? free : free.subtractingOrZero(urgentReserve(zone))
  }

  private func notForMovable(_ zone: OOMReport.Zone) -> ByteCount {
    let free = zone.bytes(.free) ?? 0
    return mayUseCMA ? free : free.subtractingOrZero(zone.bytes(.freeCMA) ?? 0)
  }

  /// Movable pages may come from CMA areas (`ALLOC_CMA`, mm/page_alloc.c).
  var mayUseCMA: Bool { request == .movable || report.isMovable }

  /// What the kernel takes off for reserved blocks. Since 6.13 that is what is free of them
  /// (`__zone_watermark_unusable_free`, mm/page_alloc.c), before it was all of them.
  func urgentReserve(_ zone: OOMReport.Zone) -> ByteCount {
    zone.bytes(.freeHighatomic) ?? zone.bytes(.reservedHighatomic) ?? 0
  }

  /// Whether only that reserve keeps the zone below its watermark, and is most of what is free: a
  /// small one that tips the scales is not what the machine lacks.
  func isKeptForUrgent(_ zone: OOMReport.Zone) -> Bool {
    guard !report.mayUseReserve else { return false }
    let free = notForMovable(zone)
    return standing(of: zone) == .exhausted && free > limit(zone)
      && urgentReserve(zone) > free.scaled(by: 1, over: 2)
  }

  /// What must stay free: the watermark, and what is kept for requests that can use less.
  func floor(_ zone: OOMReport.Zone, watermark: OOMCounter = .min) -> ByteCount {
    (zone.bytes(watermark) ?? 0) + reserve(zone)
  }

  private func reserve(_ zone: OOMReport.Zone) -> ByteCount {
    guard let index = classIndex(of: zone.lowmemReserve.count),
      zone.lowmemReserve.indices.contains(index)
    else { return 0 }
    return PageCount(zone.lowmemReserve[index]).bytes(of: pageSize)
  }

  /// The place of the request's zone among those that the kernel was built with. Their number is
  /// that of the entries of lowmem_reserve; 64-bit kernels have no HighMem.
  private func classIndex(of count: Int) -> Int? {
    let has32Bit = hasHighMem
    let hasDMA = report.zones.contains { $0.kind == .dma }
    let names: [OOMReport.RequestZone] =
      switch (has32Bit, count) {
      case (true, 3): [.normal, .highMem, .movable]
      case (true, _): [.dma, .normal, .highMem, .movable]
      case (false, 2): [.normal, .movable]
      case (false, 3): hasDMA ? [.dma, .normal, .movable] : [.dma32, .normal, .movable]
      default: [.dma, .dma32, .normal, .movable]
      }
    if let index = names.firstIndex(of: request) { return index }
    return request == .highMem ? names.firstIndex(of: .normal) : 0
  }

  /// Whether it is a 32-bit kernel that can't map all memory.
  var hasHighMem: Bool {
    report.zones.contains { $0.kind == .highMem }
      || (report.pagesOfHighMem ?? 0) > 0 && !report.zones.contains { $0.kind == .movable }
  }

  /// The OOM killer looks once more before it kills, and leaves it where a zone has more than its
  /// high watermark (`__alloc_pages_may_oom`, mm/page_alloc.c). Other requests fail below min; between
  /// the failure and the report some memory comes free, so there the low watermark counts.
  func limit(_ zone: OOMReport.Zone) -> ByteCount {
    floor(zone, watermark: report.kind == .oomKiller ? .high : .low)
  }

  /// The order that is asked for: that of the length, where the kernel tells one.
  var order: UInt8 {
    if let order = report.order { return order }
    guard report.kind == .withoutMMU, let length = report.length else { return 0 }
    var order: UInt8 = 0
    while order < 30, PageCount(1 << UInt64(order)).bytes(of: pageSize) < length { order += 1 }
    return order
  }

  /// The bytes of the block that was asked for.
  var requested: ByteCount {
    PageCount(1 << UInt64(min(order, 30))).bytes(of: pageSize)
  }
}

// MARK: - Watermarks and blocks

extension OOMMemory {
  /// What a zone had for the request.
  enum Standing: Hashable {
    /// It had what was asked for when the report was printed.
    case open
    /// Too little was free.
    case exhausted
    /// Enough was free, and no block that would do.
    case inPieces
  }

  /// As `__zone_watermark_ok` decides (mm/page_alloc.c).
  func standing(of zone: OOMReport.Zone) -> Standing {
    let free = usableFree(zone)
    guard order > 0 else { return free <= limit(zone) ? .exhausted : .open }
    if free <= floor(zone) + besideOnePage { return .exhausted }
    if !zone.freeBlocks.isEmpty, blocks(zone).usable == 0 || failsByOrder(zone) {
      return .inPieces
    }
    return report.kind == .oomKiller && free <= limit(zone) ? .exhausted : .open
  }

  /// What the kernel takes off what is free, before it looks at the watermark: the request but for
  /// one page.
  private var besideOnePage: ByteCount { requested.subtractingOrZero(pageSize.bytes) }

  /// Free blocks of the size asked for, or larger: those that the request may have, and others.
  func blocks(_ zone: OOMReport.Zone) -> (usable: UInt64, kept: UInt64) {
    var count: (usable: UInt64, kept: UInt64) = (0, 0)
    for (index, blocks) in zone.freeBlocks.enumerated() where index >= Int(order) {
      // The list tells which types have such blocks, not how many each has.
      let isUsable = blocks.types.isEmpty || blocks.types.contains(where: mayTake)
      if isUsable { count.usable += blocks.count } else { count.kept += blocks.count }
    }
    return count
  }

  /// H blocks are for requests that can't wait, C blocks for movable pages, I blocks for none.
  private func mayTake(_ type: Character) -> Bool {
    switch type {
    case "H": report.mayUseReserve
    case "C": mayUseCMA
    case "I": false
    default: true
    }
  }

  /// Before 4.4 the smaller orders' blocks counted for nothing, and half the watermark for each.
  /// Without a release in the report, lists without migrate types are those of kernels before 3.10.
  private func failsByOrder(_ zone: OOMReport.Zone) -> Bool {
    guard hasOrderWatermarks else { return false }
    var free = usableFree(zone).subtractingOrZero(besideOnePage)
    var watermark = zone.bytes(.min) ?? 0
    for blocks in zone.freeBlocks.prefix(Int(order)) {
      free = free.subtractingOrZero(blocks.blockSize * blocks.count)
      watermark = watermark.scaled(by: 1, over: 2)
      if free <= watermark { return true }
    }
    return false
  }

  private var hasOrderWatermarks: Bool {
    let kernel = Kernel(version: report.kernel)
    if let known = kernel.has(.oneBlockIsEnough).value { return !known }
    let lists = report.zones.flatMap(\.freeBlocks)
    return lists.contains { $0.count > 0 } && lists.allSatisfy { $0.types.isEmpty }
  }

  /// Whether all of these zones had too little, or had it together: a killer that finds one zone just
  /// above its watermark while nothing is left to reclaim has come a moment late, and blocks of a few
  /// pages are not what is missing then.
  func areExhausted(_ zones: [OOMReport.Zone]) -> Bool {
    if zones.allSatisfy({ standing(of: $0) == .exhausted }) { return true }
    guard report.kind == .oomKiller, order <= 3, let left = reclaimable(zones) else { return false }
    let sum = memory(zones)
    return sum.free <= zones.map(limit).total()
      && left.total <= sum.managed.scaled(by: 1, over: 20)
  }
}
