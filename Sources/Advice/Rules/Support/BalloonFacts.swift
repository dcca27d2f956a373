internal import HostModel
internal import KernelBehavior

/// What can be told about balloons here: who, how large, and whether their pages migrate.
struct BalloonFacts {
  let context: RuleContext
  /// Memory that the balloon holds now.
  let size: Reading<ByteCount>
  /// The counter that told.
  let source: String

  init(_ context: RuleContext) {
    self.context = context
    if let pages = context.vmstat(\.balloon).value {
      size = .known(pages)
      source = "vmstat nr_balloon_pages"
    } else if let bytes = context.snapshot.meminfo.balloon.value {
      size = .known(bytes)
      source = "meminfo Balloon"
    } else if let xen = Self.xen(context) {
      size = .known(xen)
      source = "xen_memory target_kb and zoneinfo present"
    } else {
      // Counted by the drivers that use the kernel's balloon core only.
      size = context.vmstat(\.balloonInflated) - context.vmstat(\.balloonDeflated)
      source = "vmstat balloon_inflate − balloon_deflate"
    }
  }

  private static func xen(_ context: RuleContext) -> ByteCount? {
    let xen = context.snapshot.devices.balloons.value?.first { $0.driver == .xen }
    return xen?.current.value.map { context.facts.present.subtractingOrZero($0) }
  }

  var devices: [BalloonDevice] { context.snapshot.devices.balloons.value ?? [] }

  /// Whether the kernel was built to migrate balloon pages: proven by a counter, else its config.
  var migrates: Bool? {
    guard let vmstat = context.snapshot.vmstat.value else { return configMigrates }
    if vmstat.has(.balloonMigrated) { return true }
    // The counter is there with the option and without other balloon counters nothing is told.
    return vmstat.has(.balloonInflated) ? false : configMigrates
  }

  private var configMigrates: Bool? { context.kernel.has(.balloonPagesMigrate).value }

  /// The option under its name in this kernel: renamed after 6.19.
  var optionName: String {
    let config = context.snapshot.kernelConfig.value
    let isRenamed = config.map { $0.mentions(.balloon) || $0.mentions(.balloonMigration) } ?? false
    return (isRenamed ? KernelOption.balloonMigration : .balloonCompaction).description
  }

  // MARK: Where it is

  /// The part that can't be in ZONE_MOVABLE, by node where the kernel counts by node (6.16).
  func leastInKernelZones(of size: ByteCount) -> Reading<ByteCount> {
    let zones = context.facts.zoneinfo.nodes
    let pages = zones.compactMap { $0.counters.balloon.value }
    guard pages.contains(where: { $0 > 0 })
    else { return .known(size).subtractingOrZero(zones.total(room)) }
    return zones.total { zones in
      zones.counters.balloon.or(.known(.zero)).bytes(of: context.pageSize)
        .subtractingOrZero(room(zones))
    }
  }

  /// Pages of a node's ZONE_MOVABLE that a balloon may have: not free, not on an LRU list, and not
  /// known to be reserved.
  private func room(_ zones: NodeZones) -> Reading<ByteCount> {
    guard let movable = zones.zone(.movable), movable.isPopulated else { return .known(.zero) }
    let reserved = movable.reserved.map { Swift.min(reservedPages(zones, movable), $0) }
    let used = movable.free + .known(movable.perCPUFree) + movable.allLRU + reserved
    return movable.present.subtractingOrZero(used).bytes(of: context.pageSize)
  }

  /// Boot memory in ZONE_MOVABLE holds its node's page descriptors, and sometimes the kernel.
  private func reservedPages(_ zones: NodeZones, _ movable: ZoneSnapshot) -> PageCount {
    guard context.isDividedAtBoot else { return .zero }
    let memmap = context.facts.descriptor.bytes(for: zones.present.bytes(of: context.pageSize))
    return memmap.pages(of: context.pageSize) + imagePages(movable)
  }

  private func imagePages(_ zone: ZoneSnapshot) -> PageCount {
    guard let frames = zone.frames.value else { return .zero }
    let own = frames.addresses(pageSize: context.pageSize)
    // Code, rodata, data and bss; what lies between them is freed after boot.
    let parts = (context.snapshot.iomem.value ?? []).filter {
      $0.name.hasPrefix("Kernel ") && own.contains($0.addresses)
    }
    return parts.map { $0.addresses.size.pages(of: context.pageSize) }.total()
  }
}
