package import HostModel

/// Everything that offlining depends on, worked out once for a host; then each block is judged by
/// what speaks against it, in the order in which offline_pages (mm/memory_hotplug.c) checks.
package struct OfflineSurvey: Sendable {
  package let snapshot: HostSnapshot
  package let table: MemoryBlockTable
  package let pageSize: PageSize
  let blockPages: PageCount
  let zones: [ZoneExtent]
  /// Frames of System RAM, where the address map was readable.
  let systemRAM: [FrameRange]?
  /// Memory that a driver brought after boot: `System RAM (kmem)`, `System RAM (virtio_mem)`.
  let driverManaged: [FrameRange]
  let kernelImage: FrameRange?
  let crashKernel: [FrameRange]
  /// The part of each Movable zone in which boot-time reservations lie.
  let reservations: [NodeID: MovableReservations]
  let kernel: Kernel

  package init(
    _ snapshot: HostSnapshot,
    table: MemoryBlockTable,
    zoneinfo: ZoneInfo,
    pageSize: PageSize
  ) {
    self.snapshot = snapshot
    self.table = table
    self.pageSize = pageSize
    blockPages = table.blockSize.pages(of: pageSize)
    let zones = ZoneExtent.all(of: zoneinfo, table: table, blockPages: blockPages)
    self.zones = zones
    kernel = Kernel(snapshot)
    let map = AddressMap(snapshot.iomem.value, pageSize: pageSize)
    systemRAM = map?.systemRAM
    driverManaged = map?.driverManaged ?? []
    kernelImage = map?.kernelImage
    crashKernel = map?.crashKernel ?? []
    var reservations: [NodeID: MovableReservations] = [:]
    for zone in zones where zone.isMovable {
      reservations[zone.zone.node] = MovableReservations(
        zone,
        snapshot: snapshot,
        table: table,
        map: map,
        pageSize: pageSize
      )
    }
    self.reservations = reservations
  }

  /// All blocks in ascending order.
  package func everyBlock() -> [BlockOfflinability] { table.blocks.map(offlinability) }

  /// Numbers of online Movable blocks that hold reserved pages: seen page by page, else those at the
  /// place where the kernel reserves.
  package func blocksWithReservedPages(on nodes: [NodeID]) -> [UInt64] {
    let places = nodes.flatMap { reservations[$0]?.likely ?? [] }
    return table.blocks.filter { block in
      guard block.zone == .movable, block.state.value == .online,
        let node = block.nodes.first, nodes.contains(node)
      else { return false }
      if let tally = table.pageTallies.value?[block.number] { return tally.reserved > 0 }
      let frames = FrameRange(
        start: PageFrameNumber((blockPages * block.number).count),
        pages: blockPages
      )
      return places.contains { $0.overlaps(frames) }
    }.map(\.number)
  }

  func offlinability(_ block: MemoryBlock) -> BlockOfflinability {
    let (start, overflow) = block.number.multipliedReportingOverflow(by: blockPages.count)
    let frames = FrameRange(
      start: PageFrameNumber(overflow ? .max : start),
      pages: overflow ? .zero : blockPages
    )
    let extents = zones.filter { $0.frames.overlaps(frames) }
    let zone = self.zone(of: block, frames: frames)
    return BlockOfflinability(
      block: block,
      frames: frames,
      zone: block.state.value == .offline ? nil : zone?.zone.kind ?? block.zone,
      obstacles: obstacles(block, frames: frames, zone: zone, extents: extents)
    )
  }

  /// The zone that a block is in: by valid_zones, else where only one zone is possible.
  private func zone(of block: MemoryBlock, frames: FrameRange) -> ZoneExtent? {
    if block.validZones.value?.isEmpty == true { return nil }
    let here = zones.filter {
      $0.frames.overlaps(frames) && (block.nodes.isEmpty || block.nodes.contains($0.zone.node))
    }
    if let kind = block.zone { return here.first { $0.zone.kind == kind } }
    return here.count == 1 ? here.first : nil
  }

  private func obstacles(
    _ block: MemoryBlock,
    frames: FrameRange,
    zone: ZoneExtent?,
    extents: [ZoneExtent]
  ) -> [OfflineObstacle] {
    let file = "/sys/devices/system/memory/memory\(block.number)"
    switch block.state {
    case .known(.offline, _):
      return [OfflineObstacle(.alreadyOffline, .no, "\(file)/state offline")]
    case .known(.goingOffline, _), .known(.other, _):
      return [
        OfflineObstacle(.stateUnknown, .unknown, "\(file)/state is neither online nor offline")
      ]
    case .unknown(let reason):
      return [OfflineObstacle(.stateUnknown, .unknown, "\(reason)")]
    case .known(.online, _):
      break
    }
    let hotRemove = kernel.has(.memoryHotRemove).value
    if hotRemove == false {
      return [OfflineObstacle(.noHotRemove, .no, "CONFIG_MEMORY_HOTREMOVE is not set")]
    }
    var found = holes(frames, extents: extents)
    if hotRemove == nil {
      let evidence = "neither the kernel's config nor valid_zones is there"
      found.append(OfflineObstacle(.noHotRemove, .unknown, evidence))
    }
    found += mixture(block, frames: frames, extents: extents, file: file)
    found += architecture(frames)
    found += fixedMemory(frames)
    guard let zone else {
      if found.isEmpty || snapshot.zoneinfo.value == nil {
        found.append(OfflineObstacle(.stateUnknown, .unknown, unknownZone(block, file: file)))
      }
      return found
    }
    if let tally = table.pageTallies.value?[block.number] {
      found += pages(tally, zone: zone)
      found += room(for: tally)
    } else {
      found += zone.isMovable ? movable(frames, zone: zone) : kernelZone(zone)
      found += room(for: nil)
    }
    return found + zoneWide(frames, zone: zone)
  }

  private func unknownZone(_ block: MemoryBlock, file: String) -> String {
    if snapshot.zoneinfo.value == nil, let zone = block.zone {
      return "it lies in \(zone.name); what it holds shows on the host (zonewise blocks as root)"
    }
    return block.validZones.reason.map { "\($0)" }
      ?? "\(file)/valid_zones names a zone that /proc/zoneinfo does not have there"
  }
}
