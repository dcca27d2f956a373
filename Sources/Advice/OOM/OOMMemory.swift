internal import HostModel
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
    self.report = report
    self.request = request
    pageSize = report.pageSize ?? .kib4
    allowed = Self.allowed(report)
  }

  /// The nodes of the memory policy, within the cpuset's. One with all nodes binds to none.
  private static func allowed(_ report: OOMReport) -> Set<NodeID>? {
    // The kernel's own word, where it has one: a cpuset does not bind requests of the kernel's.
    if report.constraint == OOMReport.Constraint.none { return nil }
    let all = Set(report.nodes.map(\.node)).union(report.zones.map(\.node))
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
    notForMovable(zone).subtractingOrZero(urgentReserve(zone))
  }

  private func notForMovable(_ zone: OOMReport.Zone) -> ByteCount {
    let free = zone.bytes(.free) ?? 0
    return request == .movable ? free : free.subtractingOrZero(zone.bytes(.freeCMA) ?? 0)
  }

  /// What the kernel takes off for reserved blocks. Since 6.13 that is what is free of them
  /// (`__zone_watermark_unusable_free`, mm/page_alloc.c), before it was all of them.
  func urgentReserve(_ zone: OOMReport.Zone) -> ByteCount {
    zone.bytes(.freeHighatomic) ?? zone.bytes(.reservedHighatomic) ?? 0
  }

  /// Whether only that reserve keeps the zone below its watermark, and is most of what is free: a
  /// small one that tips the scales is not what the machine lacks.
  func isKeptForUrgent(_ zone: OOMReport.Zone) -> Bool {
    let free = notForMovable(zone)
    return isExhausted(zone) && free > limit(zone)
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
    let has32Bit = report.zones.contains { $0.kind == .highMem }
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

  /// Whether the zone had nothing to give.
  func isExhausted(_ zone: OOMReport.Zone) -> Bool {
    usableFree(zone) <= limit(zone) || usableFree(zone) < requested
  }

  /// The OOM killer looks once more before it kills, and leaves it where a zone has more than its
  /// high watermark (`__alloc_pages_may_oom`, mm/page_alloc.c). Other requests fail below min; between
  /// the failure and the report some memory comes free, so there the low watermark counts.
  private func limit(_ zone: OOMReport.Zone) -> ByteCount {
    floor(zone, watermark: report.kind == .oomKiller ? .high : .low)
  }

  /// The bytes of the block that was asked for.
  var requested: ByteCount {
    PageCount(1 << UInt64(min(report.order ?? 0, 30))).bytes(of: pageSize)
  }

  /// Whether the zone's buddy list has a block for this request.
  func hasBlock(_ zone: OOMReport.Zone, order: UInt8) -> Bool {
    zone.freeBlocks.enumerated().contains { index, blocks in
      guard index >= Int(order), blocks.count > 0 else { return false }
      // H blocks are for requests that can't wait, C blocks for movable pages.
      let types = blocks.types.filter { $0 != "H" && (request == .movable || $0 != "C") }
      return blocks.types.isEmpty || !types.isEmpty
    }
  }

  // MARK: Sums

  func memory(_ zones: [OOMReport.Zone]) -> OOMDiagnosis.Memory {
    var sum = OOMDiagnosis.Memory()
    for zone in zones {
      sum.free += usableFree(zone)
      sum.watermark += floor(zone)
      sum.managed += zone.bytes(.managed) ?? zone.bytes(.present) ?? 0
    }
    return sum
  }

  /// Movable zones that the request may not use, with free memory above their own watermarks.
  var freeMovableZones: [OOMReport.Zone] {
    guard request != .movable else { return [] }
    return report.zones.filter { zone in
      zone.kind == .movable && (zone.bytes(.free) ?? 0) > (zone.bytes(.high) ?? 0) * 2
    }
  }

  /// Page cache of the zones, or of the machine where the zones don't tell: what waiting would have
  /// freed.
  func pageCache(_ zones: [OOMReport.Zone]) -> ByteCount {
    let lists = [OOMCounter.activeFile, .inactiveFile]
    let counted = zones.flatMap { zone in lists.compactMap { zone.bytes($0) } }
    if !counted.isEmpty { return counted.total() }
    return lists.map { (report.pages($0) ?? 0).bytes(of: pageSize) }.total()
  }

  /// Anonymous memory in zones that the kernel can use; nil where zones have no such counter.
  var anonymousInKernelZones: ByteCount? {
    let counted = report.zones.filter { RequestZone.highMem.allows($0.kind) }
      .flatMap { zone in [OOMCounter.activeAnon, .inactiveAnon].compactMap { zone.bytes($0) } }
    return counted.isEmpty ? nil : counted.total()
  }

  private typealias RequestZone = OOMReport.RequestZone

  /// Whether all lines of zones are here: what follows them in a report is.
  var isWhole: Bool {
    report.pagesOfRAM != nil || report.zones.contains { !$0.freeBlocks.isEmpty }
  }

  /// Memory of zones that are in the machine's totals and have no line of their own. Since 6.0 the
  /// kernel prints only zones that the request could use (`__show_mem`, mm/show_mem.c).
  /// Nil where the report was cut, so that more zones may have been printed, or where its totals
  /// contradict one another.
  var unprinted: OOMDiagnosis.Memory? {
    guard let free = report.pages(.free), isWhole else { return nil }
    let printed = report.zones.map { $0.bytes(.free) ?? 0 }.total()
    var managed = ByteCount.zero
    if let pages = report.pagesOfRAM {
      let reserved = PageCount(report.pagesReserved ?? 0)
      guard let owned = PageCount(pages).subtracting(reserved) else { return nil }
      let printedManaged = report.zones.map { $0.bytes(.managed) ?? 0 }.total()
      managed = owned.bytes(of: pageSize).subtractingOrZero(printedManaged)
    }
    return OOMDiagnosis.Memory(
      // The total is printed before the zones, which may have got free pages meanwhile.
      free: free.bytes(of: pageSize).subtractingOrZero(printed),
      watermark: 0,
      managed: managed
    )
  }

  /// Whether so much of it was free that it can't have been short itself: a tenth, and more than
  /// the largest watermarks that small machines have.
  static func isPlentiful(_ memory: OOMDiagnosis.Memory) -> Bool {
    memory.free > .mebibytes(16) && memory.free > memory.managed.scaled(by: 1, over: 10)
  }
}
