package import HostModel
internal import KernelText

/// Finds what is worth knowing about a layout.
package struct LayoutFacts {
  /// Zones below this size serve little more than their own watermarks.
  private static let sliver = ByteCount.mebibytes(64)
  /// Kernels with a small initial RAM disk come up in about this much.
  private static let leastToBoot = ByteCount.mebibytes(128)

  private let arguments: ZoneArguments
  private let before: BootLayout
  private let layout: BootLayout
  private let map: MemoryMap
  private let memoryOnlyNodes: Set<NodeID>
  private let block: ByteCount?
  private let tellsHotPluggable: Bool
  private let reservations: BootReservations

  private init(
    _ arguments: ZoneArguments,
    before: BootLayout,
    after layout: BootLayout,
    inputs: BootLayoutInputs,
    reservations: BootReservations,
    blockSize: ByteCount?
  ) {
    self.arguments = arguments
    self.before = before
    self.layout = layout
    map = inputs.map
    block = inputs.kernel.hasOrAssumed(.memoryHotplug) ? blockSize : nil
    tellsHotPluggable = inputs.tellsHotPluggable
    self.reservations = reservations
    memoryOnlyNodes = inputs.memoryOnlyNodes
  }

  /// Everything that is worth knowing, the gravest first.
  ///
  /// - Parameters:
  ///   - arguments: What was read from the command line.
  ///   - before: The layout without them, or under the present command line.
  ///   - layout: The layout that they give.
  ///   - inputs: The machine.
  ///   - reservations: What the command line sets apart under that layout.
  ///   - blockSize: Bytes of a memory block, where they are known.
  /// - Returns: One entry per fact.
  package static func find(
    _ arguments: ZoneArguments,
    before: BootLayout,
    after layout: BootLayout,
    inputs: BootLayoutInputs,
    reservations: BootReservations = .none,
    blockSize: ByteCount? = nil
  ) -> [LayoutFact] {
    guard !arguments.crashes else { return [] }
    let finder = LayoutFacts(
      arguments,
      before: before,
      after: layout,
      inputs: inputs,
      reservations: reservations,
      blockSize: blockSize
    )
    return finder.sizes() + finder.areas() + finder.nodes() + finder.boundaries()
  }

  private func bytes(_ pages: PageCount) -> ByteCount { pages.bytes(of: map.pageSize) }

  private func pages(_ size: ZoneArguments.Size) -> PageCount {
    size.percent > 0 ? map.totalPages.scaled(by: size.percent, over: 100) : size.pages
  }

  private func sizes() -> [LayoutFact] {
    var found: [LayoutFact] = []
    let isMirrored = map.ranges.contains(where: \.isMirrored)
    if arguments.decider == .mirror, !isMirrored, layout.path == .mirror {
      return [.mirrorTakesUnmirrored(movable: bytes(layout.movablePages))]
    }
    if arguments.decider == .mirror, isMirrored { return [] }
    if layout.movablePages == .zero,
      let lost = NoMovable(
        arguments,
        memory: bytes(map.totalPages),
        pageSize: map.pageSize,
        tellsHotPluggable: tellsHotPluggable
      )
    {
      found.append(.noMovable(lost))
    }
    if arguments.movableNode || arguments.mirror { return found }
    if !arguments.kernelcore.isZero, !arguments.movablecore.isZero {
      let asked = pages(arguments.kernelcore).count
      let share = ZoneArguments.kernelShare(
        kernelcore: asked,
        leftByMovablecore: map.totalPages.subtractingOrZero(pages(arguments.movablecore)).count
      )
      found.append(.bothSizes(counts: share == asked ? .kernelcore : .movablecore))
    }
    return found
  }

  private func areas() -> [LayoutFact] {
    reservations.failures.map { .areaFails($0) }
  }

  private func nodes() -> [LayoutFact] {
    guard layout.movablePages > .zero else { return [] }
    var found: [LayoutFact] = []
    let kernel = layout.kernelPages
    if bytes(kernel) < Self.leastToBoot { found.append(.tooLittleKernelMemory(bytes(kernel))) }
    for node in layout.nodes
    where node.kernelPages == .zero && !memoryOnlyNodes.contains(node.id) {
      found.append(.nodeWithoutKernelMemory(node.id, movable: bytes(node.movablePages)))
    }
    guard layout.path == .sizes else { return found }
    guard layout.nodes.count > 1 else { return found + lowMemory() }
    let share = PageCount(kernel.count / UInt64(layout.nodes.count))
    for node in layout.nodes {
      let low = lowPages(node.id)
      let size = node.pages
      if low > share {
        found.append(
          .lowMemoryCountsFirst(
            node.id,
            low: bytes(low),
            share: bytes(share),
            limit: map.usableStart.address(pageSize: map.pageSize)
          )
        )
      }
      if node.movablePages == .zero, size < share {
        found.append(
          .nodeSmallerThanShare(node.id, size: bytes(size), share: bytes(share))
        )
      } else if node.kernelPages > .zero, node.kernelPages.count < share.count / 2,
        !memoryOnlyNodes.contains(node.id)
      {
        found.append(
          .starvedNode(node.id, kernel: bytes(node.kernelPages), share: bytes(share))
        )
      }
    }
    return found
  }

  /// The only node's memory that no size moves, where it is more than what was asked for.
  private func lowMemory() -> [LayoutFact] {
    guard let node = layout.nodes.first else { return [] }
    let low = lowPages(node.id)
    let asked = ZoneArguments.kernelShare(
      kernelcore: pages(arguments.kernelcore).count,
      leftByMovablecore: arguments.movablecore.isZero
        ? 0 : map.totalPages.subtractingOrZero(pages(arguments.movablecore)).count
    )
    guard low.count > asked else { return [] }
    return [
      .lowMemoryStays(
        low: bytes(low),
        asked: bytes(PageCount(asked)),
        limit: map.usableStart.address(pageSize: map.pageSize)
      )
    ]
  }

  private func boundaries() -> [LayoutFact] {
    var found: [LayoutFact] = []
    for node in layout.nodes {
      guard let start = node.movableStart else { continue }
      for zone in node.zones {
        let size = bytes(zone.present)
        // DMA is small by nature; a zone that was as small before is not the arguments' doing.
        if zone.kind.servesKernel, memoryOnlyNodes.contains(node.id) { continue }
        guard size < Self.sliver, zone.kind != .dma,
          before.node(node.id)?.zone(zone.kind)?.present != zone.present
        else { continue }
        found.append(.sliver(node.id, zone.kind, size))
      }
      guard let block, block > .zero else { continue }
      let address = start.address(pageSize: map.pageSize)
      if address.count % block.count != 0, start > node.frames.start {
        let movable = node.zone(.movable)?.present ?? .zero
        found.append(
          .boundaryInsideBlock(
            node.id,
            start: address,
            block: block,
            lost: min(
              AddressRange(start: address, end: address.roundedUp(to: block)).size,
              bytes(movable)
            )
          )
        )
      }
    }
    return found
  }

  /// Pages of a node that no size argument can make Movable.
  private func lowPages(_ node: NodeID) -> PageCount {
    map.ranges.lazy.filter { $0.node == node }
      .map { $0.frames.pages(below: map.usableStart) }.total()
  }
}
