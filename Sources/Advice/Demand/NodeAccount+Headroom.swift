internal import HostModel
internal import KernelBehavior

extension NodeAccount.Builder {
  /// What an ordinary kernel allocation must leave in a zone: its min watermark, and the pages it
  /// keeps for requests that can't go higher (`protection`, at the index of the highest zone that
  /// kernel allocations may use; mm/page_alloc.c, `__zone_watermark_ok`).
  func reserve(of zone: ZoneSnapshot, among zones: NodeZones) -> Reading<PageCount> {
    zone.minWatermark.and(zone.managed).map { min, managed in
      Swift.min(min + PageCount(Self.protection(of: zone, among: zones)), managed)
    }
  }

  /// What user pages may have of a zone: they leave the min watermark, and the pages that are kept
  /// from requests which may use ZONE_MOVABLE.
  func openToUsers(_ zone: ZoneSnapshot) -> Reading<PageCount> {
    let closed = zone.minWatermark + .known(PageCount(zone.protection.max() ?? 0))
    return zone.managed.subtractingOrZero(zone.hardUse).subtractingOrZero(closed)
  }

  /// What kernel allocations find in the kernel zones once user pages filled them, down to the low
  /// watermarks at which they wake kswapd (`get_page_from_freelist`, mm/page_alloc.c).
  ///
  /// The trees of the page cache that comes are taken from the highest zone first, before it is full.
  func slack(zones: NodeZones, kernel: [ZoneSnapshot]) -> Reading<ReclaimSlack> {
    let memory = zones.zones.map { $0.managed.value ?? .zero }.total().bytes(of: pageSize)
    var trees = PageCacheTree.traces(of: memory, pageSize).pagesRoundedUp(of: pageSize)
      .subtractingOrZero(zones.pages(.slabReclaimable).value ?? .zero)
    var slack = ReclaimSlack()
    for zone in kernel.reversed() {
      let room = zone.managed.subtractingOrZero(zone.hardUse)
      let marks = zone.minWatermark.and(zone.lowWatermark).and(zone.highWatermark)
      switch room.and(marks) {
      case .unknown(let reason): return .unknown(reason)
      case .known((let room, let ((min, low), high)), _):
        slack.add(
          free: room.subtractingOrZero(trees.take(upTo: room)).bytes(of: pageSize),
          closed: (min + PageCount(zone.protection.max() ?? 0)).bytes(of: pageSize),
          low: (low + PageCount(Self.protection(of: zone, among: zones))).bytes(of: pageSize),
          high: high.bytes(of: pageSize)
        )
      }
    }
    return .known(slack)
  }

  /// The entry of `protection` that a GFP_KERNEL request meets.
  static func protection(of zone: ZoneSnapshot, among zones: NodeZones) -> UInt64 {
    guard let index = kernelClassIndex(zones), index < zone.protection.count else { return 0 }
    return zone.protection[index]
  }

  /// Index of ZONE_NORMAL among the kernel's zones: the class of GFP_KERNEL requests.
  ///
  /// Kernels that print every zone give it by position; on older ones it is the place at which
  /// Normal's own protection is still zero and those of lower zones stop growing before Movable.
  private static func kernelClassIndex(_ zones: NodeZones) -> Int? {
    guard let first = zones.zones.first else { return nil }
    if zones.zones.count == first.protection.count {
      return zones.zones.firstIndex { $0.kind == .normal }
    }
    // Populated zones only: DMA, DMA32, Normal, [HighMem,] Movable, [Device] were compiled in.
    let above = zones.zones.contains { $0.kind == .highMem } ? 2 : 1
    let normal = first.protection.count - 1 - above
    return normal >= 0 ? normal : nil
  }

  /// Free and reclaimable memory in the kernel zones, down to what stops an ordinary allocation.
  ///
  /// Free pages that cpus keep for themselves are left out: an allocation of one cpu can't have those
  /// of the others while nothing is reclaimed (`__alloc_pages_direct_reclaim` drains them only then).
  /// Of page cache everything goes before the OOM killer comes (`should_reclaim_retry`), and of
  /// anonymous memory what swap takes. Reclaimable slab goes too (150 MiB of dentries came back in full:
  /// Documentation/load.md), but for the nodes of page cache's trees that hold traces alone, and for
  /// what is in use: half of the rest, as the kernel counts on for MemAvailable (mm/show_mem.c,
  /// `si_mem_available`), and at most what the file systems of a booted kernel itself hold.
  func headroom(zones: NodeZones, kernel: [ZoneSnapshot]) -> Reading<ByteCount> {
    let free = kernel.total { zone in
      let file = zone.lru(.activeFile) + zone.lru(.inactiveFile)
      let free = zone.freeForKernel.subtractingOrZero(.known(zone.perCPUFree))
      return (free + file).and(reserve(of: zone, among: zones)).map {
        HeadroomFormula.open($0, above: $1)
      }
    }
    let waiting = kernel.map { self.waiting($0) }.total()
    return (free + .known(waiting)).bytes(of: pageSize) + reclaimableSlab(zones)
      + evictable(Self.anonymousPages(kernel), on: zones.node)
  }

  /// What of a node's slab comes back before an allocation fails.
  func reclaimableSlab(_ zones: NodeZones) -> Reading<ByteCount> {
    let slab = zones.pages(.slabReclaimable).or(.known(.zero))
    let traces = PageCacheTree.bytes(nodes: zones.pages(.workingsetNodes).value?.count ?? 0)
    return slab.subtractingOrZero(.known(traces.pagesRoundedUp(of: pageSize))).map {
      HeadroomFormula.reclaimable(slab: $0, of: pageSize)
    }.bytes(of: pageSize)
  }
}
