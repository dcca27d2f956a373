internal import HostModel
internal import KernelText

extension BootReserver {
  // MARK: Devices

  /// `dma_contiguous_reserve`.
  mutating func reserveForDevices() {
    for (argument, sizes) in perNodeAreas() {
      for node in map.nodes {
        guard let size = sizes(node) else { continue }
        declare(.devices, argument, pages(size), node: node)
      }
    }
    guard let argument = last("cma") else { return }
    let area = CMAArgument(argument.value ?? "")
    guard area.size > .zero else { return }
    guard !kernel.lacks(.areasForDevices) else {
      refuse(.devices, argument, pages(area.size), .notBuilt(.dmaCMA))
      return
    }
    guard let limit = deviceLimit else {
      refuse(.devices, argument, pages(area.size), .notOnThisArchitecture)
      return
    }
    switch area.place {
    case .anywhere:
      declare(.devices, argument, pages(area.size), limit: limit)
    case .between(let start, let end):
      declare(
        .devices,
        argument,
        pages(area.size),
        from: frame(start),
        limit: end > .zero ? min(limit, frame(end)) : limit
      )
    case .at(let start):
      declare(.devices, argument, pages(area.size), at: frame(start))
    }
  }

  /// `cma_pernuma=` and `numa_cma=`.
  private func perNodeAreas() -> [(KernelArgument, (NodeID) -> ByteCount?)] {
    var areas: [(KernelArgument, (NodeID) -> ByteCount?)] = []
    if let argument = last("cma_pernuma") {
      let size = KernelFormat<ByteCount>.memparse.parse(argument.value ?? "") ?? .zero
      if size > .zero { areas.append((argument, { _ in size })) }
    }
    if let argument = last("numa_cma") {
      let sizes = NodeSizes(argument.value ?? "")
      areas.append((argument, { sizes.byNode[$0]?.bytes(of: .zero) }))
    }
    return areas
  }

  /// Where an area for devices must end (`setup_arch` and `bootmem_init` of each architecture); nil
  /// where the architecture makes none.
  private var deviceLimit: PageFrameNumber? {
    switch map.architecture {
    case .x86_64, .x86_32, .s390x, .loongarch64, .arm32: end
    // arm64_dma_phys_limit, dma32_phys_limit
    case .arm64, .riscv64: map.zones.first { !$0.frames.isEmpty }?.frames.end ?? end
    // Their setup was not read.
    case .ppc64, .ppc32, .mips64, .mips32, .sparc64, .sparc32, .parisc64, .parisc32, .ia64, .m68k:
      nil
    }
  }

  // MARK: Gigantic pages

  /// `hugetlb_cma_reserve`: one size is divided by the nodes, rounded up to whole pages on each.
  mutating func reserveGiganticAreas() {
    guard let argument = last("hugetlb_cma") else { return }
    let sizes = NodeSizes(
      argument.value ?? "",
      knowsNodes: kernel.hasOrAssumed(.giganticAreasByNode),
      knowsPercent: kernel.hasOrAssumed(.giganticAreaPercentages)
    )
    guard !kernel.lacks(.areas) else {
      refuse(.hugePages, argument, .zero, .notBuilt(.cma))
      return
    }
    guard kernel.hasOrAssumed(.giganticAreas) else {
      refuse(.hugePages, argument, .zero, .notInThisKernel)
      return
    }
    guard let unit = giganticPage else {
      refuse(.hugePages, argument, .zero, .notOnThisArchitecture)
      return
    }
    guard sizes.byNode.isEmpty else {
      for (node, amount) in sizes.byNode.sorted(by: { $0.key < $1.key }) {
        let memory = map.ranges.lazy.filter { $0.node == node }.map(\.pages).total()
        guard let size = whole(amount, of: memory, argument, unit, node) else { continue }
        declare(.hugePages, argument, pages(size), node: node, alignment: pages(unit))
      }
      return
    }
    guard let amount = sizes.whole,
      let size = whole(amount, of: map.totalPages, argument, unit, nil)
    else { return }
    let nodes = UInt64(map.nodes.count)
    // DIV_ROUND_UP
    let share = ByteCount(size.count / nodes + (size.count % nodes == 0 ? 0 : 1))
    var left = size
    for node in map.nodes where left > .zero {
      let part = min(share, left).roundedUp(to: unit)
      if declare(.hugePages, argument, pages(part), node: node, alignment: pages(unit)) {
        left.take(upTo: part)
      }
    }
  }

  /// What the kernel makes of an amount; nil, with the reason noted, where it refuses it.
  private mutating func whole(
    _ amount: NodeSizes.Amount,
    of memory: PageCount,
    _ argument: KernelArgument,
    _ unit: ByteCount,
    _ node: NodeID?
  ) -> ByteCount? {
    var size = amount.bytes(of: memory.bytes(of: map.pageSize))
    guard size > .zero else { return nil }
    if case .percent = amount { size = size.roundedDown(to: unit) }
    let refusal: BootReservation.Refusal? =
      if let node, !map.nodes.contains(node) {
        .noSuchNode
      } else if size < unit {
        .belowHugePage(unit)
      } else if size.roundedDown(to: unit) != size, kernel.hasOrAssumed(.wholeGiganticAreas) {
        .notWholeHugePages(unit)
      } else {
        nil
      }
    guard let refusal else { return size.roundedUp(to: unit) }
    refuse(.hugePages, argument, pages(size), refusal, node: node)
    return nil
  }

  /// The page that the architecture asks areas for (`arch_hugetlb_cma_order`, before 7.0 the argument
  /// of `hugetlb_cma_reserve`).
  private var giganticPage: ByteCount? {
    switch (map.architecture, map.pageSize) {
    case (.x86_64, _), (.riscv64, _), (.arm64, .kib4), (.arm64, .kib16): .gibibytes(1)
    case (.arm64, _): .gibibytes(16)
    case (.s390x, _): .gibibytes(2)
    // With the radix MMU; the hash MMU's page has 16 GiB.
    case (.ppc64, _): .gibibytes(1)
    default: nil
    }
  }

  // MARK: CMA

  var end: PageFrameNumber { map.ranges.last?.frames.end ?? 0 }

  func frame(_ address: ByteCount) -> PageFrameNumber {
    PageFrameNumber(pages(address).count)
  }

  mutating func refuse(
    _ purpose: BootReservation.Purpose,
    _ argument: KernelArgument,
    _ pages: PageCount,
    _ refusal: BootReservation.Refusal,
    node: NodeID? = nil
  ) {
    add(
      BootReservation(purpose, argument, node: node, pages: pages, outcome: .refused(refusal))
    )
  }

  /// `CMA_MIN_ALIGNMENT_BYTES`; before 5.19 a block of the largest order where that is larger.
  private var leastAlignment: PageCount {
    let block = pages(PageBlock.size(map))
    return kernel.hasOrAssumed(.areasArePageblocks) ? block : max(block, map.startAlignment)
  }

  /// `cma_declare_contiguous_nid` (mm/cma.c); tells whether there is an area, given up or not.
  @discardableResult
  mutating func declare(
    _ purpose: BootReservation.Purpose,
    _ argument: KernelArgument,
    _ size: PageCount,
    node: NodeID? = nil,
    from start: PageFrameNumber = 0,
    limit: PageFrameNumber? = nil,
    at fixed: PageFrameNumber? = nil,
    alignment: PageCount = .zero
  ) -> Bool {
    let alignment = max(alignment, leastAlignment)
    let pages = size.roundedUp(to: alignment)
    guard !kernel.lacks(.areas) else {
      refuse(purpose, argument, pages, .notBuilt(.cma), node: node)
      return false
    }
    if let fixed {
      guard fixed.isMultiple(of: alignment) else {
        refuse(purpose, argument, pages, .misplaced(alignment.bytes(of: map.pageSize)))
        return false
      }
      let frames = FrameRange(start: fixed, pages: pages)
      guard memory.isFree(frames), let node = memory.node(of: fixed) else {
        refuse(purpose, argument, pages, .noRoom)
        return false
      }
      memory.take(frames)
      add(area(purpose, argument, frames, node: nil, on: node))
      return true
    }
    let first = start.roundedUp(to: alignment)
    let limit = min(limit?.roundedDown(to: alignment) ?? end, end)
    guard first + pages <= limit else {
      refuse(
        purpose,
        argument,
        pages,
        limit < end ? .beyondLimit(limit.address(pageSize: map.pageSize)) : .noRoom,
        node: node
      )
      return false
    }
    guard
      let frames = search(pages, alignment, FrameRange(start: first, end: limit), node),
      let place = map.ranges.first(where: { $0.frames.overlaps(frames) })
    else {
      refuse(purpose, argument, pages, .noRoom, node: node)
      return false
    }
    add(area(purpose, argument, frames, node: node, on: place.node))
    return true
  }

  /// `cma_alloc_mem`: upwards from 4 GiB first, then HighMem, then downwards from the limit.
  private mutating func search(
    _ pages: PageCount,
    _ alignment: PageCount,
    _ limits: FrameRange,
    _ node: NodeID?
  ) -> FrameRange? {
    let fourGiB = frame(.gibibytes(4))
    if map.architecture.is64Bit, kernel.hasOrAssumed(.areasGrowUpwards), fourGiB + pages <= end,
      let found = memory.allocate(
        pages,
        alignment: alignment,
        within: FrameRange(start: fourGiB, end: limits.end),
        node: node,
        direction: .up
      )
    {
      return found
    }
    var limits = limits
    if let high = map.highStart,
      limits.start < high, high < limits.end
    {
      if let found = memory.allocate(
        pages,
        alignment: alignment,
        within: FrameRange(start: high, end: limits.end),
        node: node,
        direction: .down
      ) {
        return found
      }
      limits.end = high
    }
    return memory.allocate(
      pages,
      alignment: alignment,
      within: limits,
      node: node,
      direction: .down
    )
  }

  /// `cma_activate_area`: all of an area must lie in one zone.
  private func area(
    _ purpose: BootReservation.Purpose,
    _ argument: KernelArgument,
    _ frames: FrameRange,
    node asked: NodeID?,
    on node: NodeID
  ) -> BootReservation {
    let zones = (layout.node(node)?.zones ?? []).filter {
      $0.frames.overlaps(frames)
    }
    var outcome = BootReservation.Outcome.placed(frames, node)
    if zones.count > 1, let upper = zones.max(by: { $0.frames.start < $1.frames.start }) {
      let behind = FrameRange(start: upper.frames.start, end: frames.end).pages
      outcome = .acrossZones(
        BootReservation.Crossing(
          frames: frames,
          node: node,
          zone: upper.kind,
          boundary: upper.frames.start,
          lost: kernel.hasOrAssumed(.failedAreasAreFreed) ? .zero : behind
        )
      )
    }
    return BootReservation(
      purpose,
      argument,
      node: asked,
      pages: frames.pages,
      outcome: outcome
    )
  }
}
