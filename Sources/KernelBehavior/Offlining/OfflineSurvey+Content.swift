internal import HostModel

/// Obstacles that follow from what a block, or its zone, holds.
extension OfflineSurvey {
  /// What the block's own pages say.
  func pages(_ tally: PageTally, zone: ZoneExtent) -> [OfflineObstacle] {
    let file = "/proc/kpageflags"
    var found: [OfflineObstacle] = []
    if tally.absent > 0 {
      found.append(OfflineObstacle(.holes, .no, "\(file): \(tally.absent) frames without a page"))
    }
    if tally.reserved > 0 {
      found.append(
        OfflineObstacle(.reservedPages, .no, "\(file): \(tally.reserved) reserved pages")
      )
    }
    if tally.kernel > 0 {
      found.append(
        OfflineObstacle(
          .unmovablePages,
          .unlikely,
          "\(file): \(tally.kernel) pages of slab and page tables"
        )
      )
    }
    if tally.huge > 0, hasGiganticPages(on: zone.zone.node) {
      found.append(
        OfflineObstacle(.giganticDestination, .unlikely, "\(file): \(tally.huge) HugeTLB pages")
      )
    }
    if tally.poisoned > 0 {
      found.append(OfflineObstacle(.hwpoison, .yes, "\(file): \(tally.poisoned) poisoned pages"))
    }
    guard !zone.isMovable else { return found }
    // In a kernel zone, used pages that carry no flag are kernel memory.
    if tally.unclear > 0, tally.kernel == 0 {
      found.append(
        OfflineObstacle(
          .unmovablePages,
          .unlikely,
          "\(file): \(tally.unclear) used pages without a flag that tells by whom"
        )
      )
    }
    found.append(
      OfflineObstacle(.kernelZone, .yes, "\(zone.name): free now; the kernel may use it any time")
    )
    return found
  }

  private func hasGiganticPages(on node: NodeID) -> Bool {
    let pools = snapshot.nodes.value?.first { $0.id == node }?.hugePagePools ?? []
    let order = snapshot.maxOrder.value ?? 10
    return pools.contains {
      $0.isGigantic(pageSize: pageSize, maxOrder: order) && $0.total.value != 0
    }
  }

  /// ZONE_MOVABLE holds what was reserved at boot, and else only what can move.
  func movable(_ frames: FrameRange, zone: ZoneExtent) -> [OfflineObstacle] {
    reservations[zone.zone.node]?.obstacles(frames) ?? []
  }

  // MARK: Kernel zones

  /// Kernel memory may be anywhere in a kernel zone; how much there is tells how likely.
  func kernelZone(_ zone: ZoneExtent) -> [OfflineObstacle] {
    guard let share = unmovableShare(zone) else {
      return [
        OfflineObstacle(.kernelZone, .unlikely, "\(zone.name): how much can't move is unknown")
      ]
    }
    guard share.isLarge else {
      return [
        OfflineObstacle(.kernelZone, .unknown, "\(share.evidence); root reads in which blocks")
      ]
    }
    let blockless = share.all.subtractingOrZero(share.unmovable) < blockPages
    return [
      OfflineObstacle(.kernelZone, .unlikely, "\(zone.name) serves the kernel"),
      OfflineObstacle(.unmovablePages, blockless ? .no : .unlikely, share.evidence),
    ]
  }

  private func unmovableShare(_ zone: ZoneExtent) -> UnmovableShare? {
    if let info = snapshot.pagetypeinfo.value,
      let row = info.blockRows.first(where: {
        $0.node == zone.zone.node && $0.kind == zone.zone.kind
      })
    {
      let pairs = Array(zip(info.types, row.blocks))
      let fixed = pairs.filter { ["Unmovable", "Reclaimable", "HighAtomic"].contains($0.0) }
      let count = PageCount(fixed.reduce(0) { $0 + $1.1 })
      let all = PageCount(pairs.reduce(0) { $0 + $1.1 })
      return UnmovableShare(
        unmovable: info.pagesPerBlock * count.count,
        all: info.pagesPerBlock * all.count,
        evidence: "/proc/pagetypeinfo \(zone.name): \(count) of \(all) pageblocks hold kernel "
          + "memory"
      )
    }
    // Reserved pages are left out: they lie together, and say nothing of the other blocks.
    guard let hard = zone.zone.hardUse.value, let managed = zone.zone.managed.value else {
      return nil
    }
    return UnmovableShare(
      unmovable: hard,
      all: managed,
      evidence: "/proc/zoneinfo \(zone.name): \(hard) of \(managed) pages hold kernel memory"
    )
  }

  // MARK: Room

  /// What is in the block must go somewhere else.
  func room(for tally: PageTally?) -> [OfflineObstacle] {
    let meminfo = snapshot.meminfo
    let told = meminfo.memAvailable.or(meminfo.memFree)
    guard let available = told.value else {
      let reason = told.reason.map { "\($0)" } ?? ""
      return [OfflineObstacle(.noRoomElsewhere, .unknown, reason)]
    }
    var needed = table.blockSize
    if let tally {
      needed =
        PageCount(tally.user + tally.huge).bytes(of: pageSize)
        + PageCount(tally.free).bytes(of: pageSize)
      if tally.user + tally.huge == 0 { return [] }
    }
    guard available < needed else { return [] }
    let swap = meminfo.swapFree.value ?? .zero
    return [
      OfflineObstacle(
        .noRoomElsewhere,
        available + swap < needed ? .unlikely : .unknown,
        "/proc/meminfo MemAvailable \(available.count >> 20) MiB"
      )
    ]
  }
}
