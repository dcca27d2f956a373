internal import HostModel
internal import KernelText

/// Where boot-time reservations lie in one node's ZONE_MOVABLE.
///
/// memblock takes from the top of each node, whatever zone that becomes: memmap, hash tables and
/// per-cpu areas are the node's last frames (mm/memblock.c, mm/sparse.c). Only the kernel image, put
/// anywhere by KASLR, may lie below; where the address map is readable, it tells. ppc64 also reserves
/// elsewhere: there no block of the zone is surely free of it.
struct MovableReservations: Hashable, Sendable {
  /// What memblock leaves unused between its allocations, at most.
  private static let slack = ByteCount.mebibytes(16)
  /// No kernel image is smaller.
  private static let smallestImage = ByteCount.mebibytes(12)

  private(set) var top: [FrameRange] = []
  /// The same without what may be left unused between them.
  private var core: [FrameRange] = []
  /// What to say of blocks in the top part, and of all others.
  private var inTop: OfflineObstacle?
  private var elsewhere: OfflineObstacle?
  /// Boot-time gigantic pages.
  private var gigantic: [FrameRange] = []
  private var giganticAnywhere: OfflineObstacle?
  private var giganticEvidence = ""

  init(
    _ zone: ZoneExtent,
    snapshot: HostSnapshot,
    table: MemoryBlockTable,
    map: AddressMap?,
    pageSize: PageSize
  ) {
    let host = HostMemory(snapshot, table: table, map: map, pageSize: pageSize)
    guard let all = zone.reserved.value else {
      let reason = zone.reserved.reason.map { "\($0)" } ?? ""
      elsewhere = OfflineObstacle(.reservedPages, .unknown, reason)
      return
    }
    let image = map?.kernelImage.map { zone.frames.overlap($0) } ?? .zero
    // Parts of the image are freed after boot, so that it may be more than is reserved.
    let reserved = all.subtractingOrZero(image).subtractingOrZero(host.memmapOnMemory(of: zone))
    let tops = host.bootEnds(of: zone, reserved: all)
    if reserved > 0 { place(reserved, zone: zone, tops: tops, host: host) }
    placeGigantic(zone, tops: tops, reserved: reserved, host: host)
  }

  private mutating func place(
    _ reserved: PageCount,
    zone: ZoneExtent,
    tops: [PageFrameNumber]?,
    host: HostMemory
  ) {
    let evidence = "/proc/zoneinfo \(zone.name): \(reserved) of \(zone.present) pages reserved"
    let notOwned = host.takenFromManaged.value
    guard let tops else {
      elsewhere = OfflineObstacle(
        .reservedPages,
        .unknown,
        "\(evidence); what was hot-added can't be told from boot memory"
      )
      return
    }
    let depth = reserved + Self.slack.pages(of: host.pageSize)
    top = tops.map { FrameRange(end: $0, pages: depth) }
    core = tops.map { FrameRange(end: $0, pages: reserved) }
    inTop = OfflineObstacle(
      .reservedPages,
      notOwned ?? .max >= reserved || tops.count > 1 ? .unknown : .unlikely,
      "\(evidence), at the top of the node"
        + (host.reservesAtTop ? "" : ", below 1 GiB and below 4 GiB")
    )
    guard host.reservesAtTop else {
      // Memory that the boot cpu must reach ends at 1 GiB, that of 32-bit devices at 4 GiB.
      let limits = [ByteCount.gibibytes(1), .gibibytes(4)].map {
        PageFrameNumber($0.pages(of: host.pageSize).count)
      }
      top += limits.filter { zone.frames.start < $0 && $0 < zone.frames.end }.map {
        FrameRange(end: $0, pages: Self.slack.pages(of: host.pageSize))
      }
      elsewhere = OfflineObstacle(
        .reservedPages,
        .unknown,
        "\(evidence), on this architecture not only at the top (root reads where)"
      )
      return
    }
    let extra = reserved.subtractingOrZero(host.bootMemmap(of: zone.zone.node))
    if host.reservesAnywhere, extra >= Self.smallestImage.pages(of: host.pageSize) {
      let rest = host.knowsImage ? "what the decompressor placed" : "the kernel image"
      elsewhere = OfflineObstacle(
        .reservedPages,
        .unknown,
        "\(evidence), more than memmap takes; \(rest) may be among them (root reads where)"
      )
    }
  }

  /// Takes the highest aligned places that nothing else holds, as memblock does.
  private mutating func placeGigantic(
    _ zone: ZoneExtent,
    tops: [PageFrameNumber]?,
    reserved: PageCount,
    host: HostMemory
  ) {
    for pool in host.giganticPools(of: zone.zone.node) {
      guard let total = pool.total.value, total > 0 else { continue }
      let pages = pool.size.pages(of: host.pageSize)
      if let held = zone.zone.hardUse.value, held < pages { continue }
      giganticEvidence = "node \(zone.zone.node): \(total) × \(pool.size.count >> 20) MiB"
      guard host.giganticIsBootTime, host.knowsImage, let tops, tops.count == 1 else {
        giganticAnywhere = OfflineObstacle(.giganticDestination, .unknown, giganticEvidence)
        continue
      }
      let held = zone.zone.hardUse.value.map { $0.count / pages.count } ?? total
      var left = Swift.min(total, held)
      var end = FrameRange(end: tops[0], pages: reserved).start.roundedDown(to: pages)
      while left > 0, FrameRange(start: zone.frames.start, end: end).pages >= pages {
        let place = FrameRange(end: end, pages: pages)
        if host.map?.kernelImage?.overlaps(place) != true {
          gigantic.append(place)
          left -= 1
        }
        end = place.start
      }
    }
  }

  /// Where reserved pages lie most likely; nothing where that can't be told.
  var likely: [FrameRange] {
    guard let inTop, inTop.verdict >= .unlikely else { return [] }
    return core
  }

  /// What these reservations mean for a block.
  func obstacles(_ block: FrameRange) -> [OfflineObstacle] {
    var found: [OfflineObstacle] = []
    if top.contains(where: { $0.overlaps(block) }), let inTop {
      found.append(inTop)
    } else if let elsewhere {
      found.append(elsewhere)
    }
    if gigantic.contains(where: { $0.overlaps(block) }) {
      found.append(OfflineObstacle(.giganticDestination, .unlikely, giganticEvidence))
    } else if let giganticAnywhere {
      found.append(giganticAnywhere)
    }
    return found
  }
}
