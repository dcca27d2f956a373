internal import HostModel

/// Obstacles that only the whole zone or host shows: which block they hit can't be seen.
extension OfflineSurvey {
  func zoneWide(_ frames: FrameRange, zone: ZoneExtent) -> [OfflineObstacle] {
    contiguousAreas(zone) + pins(zone) + optimisedHugePages(zone) + poison()
  }

  /// Pageblocks of CMA areas refuse to be isolated.
  private func contiguousAreas(_ zone: ZoneExtent) -> [OfflineObstacle] {
    let pages: PageCount
    let evidence: String
    if let known = zone.zone.cma.value {
      pages = known
      evidence = "/proc/zoneinfo \(zone.name): cma \(known)"
    } else {
      // Kernels before about 5.12 count areas for the whole host only.
      let total = snapshot.meminfo.cmaTotal.value ?? .zero
      pages = total.pages(of: pageSize)
      evidence = "/proc/meminfo CmaTotal \(total.count >> 10) kB"
    }
    guard pages > 0 else { return [] }
    return [OfflineObstacle(.cma, pages * 2 >= zone.present ? .unlikely : .unknown, evidence)]
  }

  /// Where it is not known that pins leave ZONE_MOVABLE, they may be anywhere.
  private func pins(_ zone: ZoneExtent) -> [OfflineObstacle] {
    guard !(kernel.has(.pinsLeaveMovable).value == true && zone.isMovable) else { return [] }
    switch snapshot.pins.system {
    case .known(let pages, _) where pages == .zero:
      return []
    case .known(let pages, _):
      return [
        OfflineObstacle(.pinned, .unknown, "/proc/vmstat: \(pages) pins outstanding")
      ]
    case .unknown(let reason):
      if let totals = snapshot.processes.value, totals.isComplete,
        totals.pinned == .zero, totals.locked == .zero
      {
        return []
      }
      return [OfflineObstacle(.pinned, .unknown, "\(reason)")]
    }
  }

  /// An optimised huge page gets its memmap back before it is dissolved: from kernel zones.
  private func optimisedHugePages(_ zone: ZoneExtent) -> [OfflineObstacle] {
    guard snapshot.hugePages.optimizesVmemmap.value == true else { return [] }
    let pools = snapshot.nodes.value?.first { $0.id == zone.zone.node }?.hugePagePools ?? []
    let held = pools.map { $0.bytes.value ?? .zero }.total()
    guard held > 0 else { return [] }
    // The page of descriptors that stays with each huge page is left out.
    let inBlock = Swift.min(held, table.blockSize)
    let needed = PageDescriptor(pageSize, of: snapshot).bytes(for: inBlock)
    let spare = zones.filter { $0.zone.kind.servesKernel }.total { zone in
      zone.zone.free.subtractingOrZero(zone.zone.minWatermark)
    }.bytes(of: pageSize)
    let evidence =
      "\(SettingPath.optimizesVmemmap) 1, \(held.count >> 20) MiB of huge pages on node \(zone.zone.node)"
    switch spare {
    case .known(let spare, _) where spare >= needed * 2: return []
    case .known: return [OfflineObstacle(.hvoDissolve, .unlikely, evidence)]
    case .unknown(let reason): return [OfflineObstacle(.hvoDissolve, .unknown, "\(reason)")]
    }
  }

  /// Poisoned pages let a block go, and keep it from coming back.
  private func poison() -> [OfflineObstacle] {
    let corrupted = snapshot.meminfo.hardwareCorrupted.value
    guard let corrupted, corrupted > 0, table.pageTallies.value == nil else { return [] }
    return [
      OfflineObstacle(
        .hwpoison,
        .yes,
        "/proc/meminfo HardwareCorrupted \(corrupted.count >> 10) kB, in some block"
      )
    ]
  }
}
