internal import HostModel
internal import KernelText

/// Facts about a host's memory that placing boot-time reservations needs.
struct HostMemory {
  let snapshot: HostSnapshot
  let table: MemoryBlockTable
  let map: AddressMap?
  let pageSize: PageSize
  private let arguments: [KernelArgument]

  init(
    _ snapshot: HostSnapshot,
    table: MemoryBlockTable,
    map: AddressMap?,
    pageSize: PageSize
  ) {
    self.snapshot = snapshot
    self.table = table
    self.map = map
    self.pageSize = pageSize
    arguments = snapshot.commandLine.value.map { KernelCommandLineText.arguments($0) } ?? []
  }

  /// Whether boot-time reservations lie at the top of each node and nowhere else.
  var reservesAtTop: Bool { Kernel(snapshot).hasOrAssumed(.reservesAtTop) }

  /// Whether reserved pages that no known use explains may lie anywhere.
  var reservesAnywhere: Bool {
    !knowsImage || Kernel(snapshot).hasOrAssumed(.decompressorReserves)
  }

  private func has(_ name: String) -> Bool {
    arguments.contains { $0.normalizedName == name }
  }

  /// Whether it is known that no kernel image hides among a zone's reserved pages.
  var knowsImage: Bool { map?.kernelImage != nil || has("nokaslr") }

  /// Gigantic pages were asked for at boot, and nothing puts others into ZONE_MOVABLE.
  var giganticIsBootTime: Bool {
    has("hugepages") && !has("hugetlb_cma")
      && snapshot.hugePages.movableGigantic.value != true
  }

  func giganticPools(of node: NodeID) -> [HugePagePool] {
    let pools = snapshot.nodes.value?.first { $0.id == node }?.hugePagePools ?? []
    let order = snapshot.maxOrder.value ?? 10
    return pools.filter { $0.isGigantic(pageSize: pageSize, maxOrder: order) }
  }

  /// Pages that a balloon holds: not managed, and not reserved either. Memory that the guest did not
  /// accept yet is managed and counts as free (`__free_unaccepted`, mm/page_alloc.c).
  ///
  /// Unknown where the counters contradict one another; one that the kernel lacks counts nothing.
  var takenFromManaged: Reading<PageCount> {
    let vmstat = snapshot.vmstat
    func counted(_ reading: Reading<PageCount>) -> Reading<PageCount> {
      .known(reading.value ?? .zero)
    }
    return vmstat.balloon.or(
      counted(vmstat.balloonInflated) - counted(vmstat.balloonDeflated)
    )
  }

  // MARK: memmap

  /// Pages of memmap for that many pages of memory.
  private func memmap(_ pages: PageCount) -> PageCount {
    PageDescriptor(pageSize, of: snapshot).pages(for: pages)
  }

  /// Pages that hot-added blocks gave up for their own memmap (memmap_on_memory): they lie at the
  /// start of each block and are skipped when it goes offline.
  func memmapOnMemory(of zone: ZoneExtent) -> PageCount {
    guard snapshot.onlining.memmapOnMemory.value?.isOn == true,
      let reserved = zone.reserved.value
    else { return .zero }
    let share = memmap(table.blockSize.pages(of: pageSize))
    let blocks = table.blocks.count {
      $0.zone == .movable && $0.nodes == [zone.zone.node]
    }
    // All of it is explained so, or this can't be told from boot-time reservations.
    guard share > 0, reserved.count % share.count == 0, reserved <= share * UInt64(blocks) else {
      return .zero
    }
    return reserved
  }

  private func present(on node: NodeID) -> PageCount {
    snapshot.zoneinfo.value?.node(node)?.present ?? .zero
  }

  /// Boot memory of a node, where the kernel counts by node, or where all of the host's is.
  private func bootPages(on node: NodeID) -> PageCount? {
    if let own = BootMemory.described(in: snapshot, on: node, pageSize: pageSize) { return own }
    let isOnly = snapshot.zoneinfo.value?.nodes.count { $0.present > 0 } == 1
    if isOnly { return BootMemory.described(in: snapshot, pageSize: pageSize) }
    return BootMemory.isEverything(in: snapshot, pageSize: pageSize) ? present(on: node) : nil
  }

  /// Memmap that a node's boot memory took.
  func bootMemmap(of node: NodeID) -> PageCount {
    memmap(Swift.min(bootPages(on: node) ?? .max, present(on: node)))
  }

  // MARK: Boot memory

  /// Where boot memory may end in a zone; nil where that can't be told.
  func bootEnds(of zone: ZoneExtent, reserved: PageCount) -> [PageFrameNumber]? {
    let node = zone.zone.node
    let blockPages = table.blockSize.pages(of: pageSize)
    if let boot = bootPages(on: node) {
      if present(on: node) <= boot + blockPages { return [zone.frames.end] }
      var left = boot
      for block in table.blocks where block.nodes.contains(node) {
        // Boot memory may end inside of a block.
        left = left.subtractingOrZero(blockPages)
        guard left == .zero else { continue }
        return [PageFrameNumber((blockPages * block.number + blockPages).count)]
      }
      return [zone.frames.end]
    }
    if let map {
      return map.pieces.filter { $0.overlaps(zone.frames) }
        .map { Swift.min($0.end, zone.frames.end) }
    }
    // Without hot-added memory the top of the node holds the memmap of all of it.
    let expected = memmap(present(on: node))
    return reserved >= expected.scaled(by: 9, over: 10) ? [zone.frames.end] : nil
  }
}
