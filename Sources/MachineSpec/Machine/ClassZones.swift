internal import HostModel
internal import KernelBehavior

/// The zones of a machine class right after boot, with what the kernel has taken by then.
///
/// Where memory is comes from the layout that was predicted; how much of it is gone from boots that
/// were measured (`BootBaseline`).
struct ClassZones {
  /// One zone while it is filled in.
  struct Zone {
    var kind: ZoneKind
    var frames: FrameRange
    var present: PageCount
    var managed: PageCount
    /// Taken out of `managed` for good.
    var used: PageCount = 0
    var cma: PageCount = 0
    /// Pages of CMA areas that are in use.
    var usedCMA: PageCount = 0
    /// What is left of the areas for gigantic pages, which are among `cma`.
    var giganticArea: PageCount = 0
    var min: PageCount = 0

    var free: PageCount { managed.subtractingOrZero(used) }
    var freeCMA: PageCount { Swift.min(cma.subtractingOrZero(usedCMA), free) }
    /// What the kernel itself could take.
    var freeForKernel: PageCount { free.subtractingOrZero(freeCMA) }
  }

  struct Node {
    var id: NodeID
    var zones: [Zone]
  }

  let descriptor: PageDescriptor
  let baseline: BootBaseline
  private(set) var nodes: [Node]
  /// Memory that the kernel took out of the page allocator's hands after boot, node by node.
  private(set) var used: [NodeID: PageCount] = [:]

  init(_ layout: BootLayout, baseline: BootBaseline, descriptor: PageDescriptor) {
    self.descriptor = descriptor
    self.baseline = baseline
    nodes = layout.nodes.map { node in
      Node(
        id: node.id,
        zones: node.zones.map { zone in
          Zone(
            kind: zone.kind,
            frames: zone.frames,
            present: zone.present,
            managed: zone.present
          )
        }
      )
    }
    reserveAtBoot(layout)
  }

  var pageSize: PageSize { descriptor.pageSize }
  var present: PageCount { nodes.flatMap(\.zones).map(\.present).total() }
  var managed: PageCount { nodes.flatMap(\.zones).map(\.managed).total() }

  // MARK: Reservations

  /// Descriptors come from the top of each node's memory, which is ZONE_MOVABLE where there is one;
  /// the image and the boot tables from the lowest node with kernel memory.
  private mutating func reserveAtBoot(_ layout: BootLayout) {
    for index in nodes.indices {
      let own = nodes[index].zones.map(\.present).total()
      let descriptors = descriptor.bytes(for: own.bytes(of: pageSize))
      reserve(descriptors.pagesRoundedUp(of: pageSize), node: index, fromTop: true)
    }
    let all = present.bytes(of: pageSize)
    let descriptors = descriptor.bytes(for: all)
    let end = nodes.flatMap(\.zones).map(\.frames.end).max() ?? 0
    let reserved = baseline.reserved(
      of: all,
      describedBy: descriptor,
      hasBounceBuffers: end.address(pageSize: pageSize) > .gibibytes(4)
    )
    let rest = reserved.subtractingOrZero(descriptors)
    var left = rest.pagesRoundedUp(of: pageSize)
    for index in nodes.indices where left > 0 {
      left.take(upTo: reserve(left, node: index, fromTop: false))
    }
  }

  /// What the command line sets apart: CMA areas stay with the page allocator, the rest never gets to
  /// it.
  mutating func setApart(_ apart: BootReservations, _ layout: BootLayout) {
    for (index, node) in layout.nodes.enumerated() {
      for (number, zone) in node.zones.enumerated() {
        let withheld = apart.withheld(from: zone, of: node.id)
        nodes[index].zones[number].managed.take(upTo: withheld)
        let managed = nodes[index].zones[number].managed
        nodes[index].zones[number].cma = min(apart.cma(in: zone, of: node.id), managed)
        nodes[index].zones[number].giganticArea = min(
          apart.giganticArea(in: zone, of: node.id),
          managed
        )
      }
    }
  }

  /// Pages of CMA areas in all zones.
  var cma: PageCount { nodes.flatMap(\.zones).map(\.cma).total() }

  /// Takes pages from the areas that are there for gigantic ones; tells how many it could take.
  mutating func takeFromAreas(_ pages: PageCount, unit: PageCount, node index: Int) -> PageCount {
    var left = pages
    for zone in nodes[index].zones.indices.reversed() where left > 0 {
      let room = min(nodes[index].zones[zone].giganticArea, nodes[index].zones[zone].free)
      let part = left.take(upTo: room.roundedDown(to: unit))
      nodes[index].zones[zone].giganticArea.take(upTo: part)
      nodes[index].zones[zone].usedCMA += part
      nodes[index].zones[zone].used += part
    }
    return pages.subtractingOrZero(left)
  }

  /// Takes pages out of a node's zones; tells how many it could take.
  @discardableResult
  mutating func reserve(_ pages: PageCount, node index: Int, fromTop: Bool) -> PageCount {
    var left = pages
    let zones = nodes[index].zones
    let order =
      fromTop
      ? Array(zones.indices.reversed())
      : zones.indices.filter { zones[$0].kind.servesKernel }.reversed()
    for zone in order where left > 0 {
      left.take(upTo: nodes[index].zones[zone].managed.take(upTo: left))
    }
    return pages.subtractingOrZero(left)
  }

  /// Takes pages for good from the page allocator, from the zones of those kinds, highest first.
  @discardableResult
  mutating func take(
    _ pages: PageCount,
    node index: Int,
    where fits: (ZoneKind) -> Bool
  ) -> PageCount {
    var left = pages
    for zone in nodes[index].zones.indices.reversed()
    where left > 0 && fits(nodes[index].zones[zone].kind) {
      nodes[index].zones[zone].used += left.take(upTo: nodes[index].zones[zone].freeForKernel)
    }
    return pages.subtractingOrZero(left)
  }

  /// What the kernel itself holds once it is up, spread over the nodes by their kernel memory.
  mutating func takeBaseline(_ total: PageCount) {
    let kernel = nodes.map { node in
      node.zones.filter { $0.kind.servesKernel }.map(\.managed).total()
    }
    let sum = kernel.total()
    for index in nodes.indices where kernel[index] > 0 {
      let part = total.scaled(by: kernel[index].count, over: sum.count)
      let taken = take(part, node: index) { $0.servesKernel }
      used[nodes[index].id, default: 0] += taken
    }
  }

  /// What a balloon keeps from the guest from the start: pages out of the kernel zones, highest node
  /// first, that no longer count as managed (`adjust_managed_page_count`).
  mutating func balloon(_ pages: PageCount) {
    var left = pages
    for index in nodes.indices.reversed() where left > 0 {
      left.take(upTo: reserve(left, node: index, fromTop: false))
    }
  }

  // MARK: Watermarks

  /// `min_free_kbytes` as the kernel works it out, or as a setting says, split by size.
  mutating func setWatermarks(
    minimum: ByteCount?,
    pageblockSize: ByteCount,
    kernel release: Kernel,
    is64Bit: Bool
  ) {
    let zones = nodes.flatMap(\.zones)
    let kernel = zones.filter { $0.kind.servesKernel }
    let total =
      minimum
      ?? MinimumFree.bytes(
        managed: kernel.map(\.managed).total().bytes(of: pageSize),
        kernelZones: UInt64(kernel.count),
        pageblockSize: pageblockSize,
        machine: managed.bytes(of: pageSize)
      )
    func isShared(_ zone: Zone) -> Bool {
      MinimumFree.isShared(by: zone.kind, under: release, is64Bit: is64Bit)
    }
    let sharing = max(1, zones.filter(isShared).map(\.managed).total().count)
    for node in nodes.indices {
      for index in nodes[node].zones.indices {
        let zone = nodes[node].zones[index]
        nodes[node].zones[index].min =
          isShared(zone)
          ? total.pages(of: pageSize).scaled(by: zone.managed.count, over: sharing)
          : MinimumFree.token(of: zone.managed)
      }
    }
  }

  /// What each zone keeps for requests that can't go higher (`setup_per_zone_lowmem_reserve`),
  /// by the index of the request's zone among `kinds`.
  func protection(of zone: Zone, in node: Node, kinds: [ZoneKind]) -> [UInt64] {
    guard let own = kinds.firstIndex(of: zone.kind) else { return [] }
    let divisor: UInt64 = zone.kind == .normal ? 32 : 256
    var above: UInt64 = 0
    return kinds.indices.map { index in
      guard index > own else { return 0 }
      above += node.zones.first { $0.kind == kinds[index] }?.managed.count ?? 0
      return above / divisor
    }
  }
}
