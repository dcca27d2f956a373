package import HostModel
package import KernelBehavior

/// Finds the `kernelcore=` under which ZONE_MOVABLE is as large as it may be.
///
/// `kernelcore=` in bytes reaches every layout that any size argument reaches: the kernel turns
/// `movablecore=` and percentages into a number of kernel pages first
/// (`find_zone_movable_pfns_for_nodes`, mm/mm_init.c), so one form is searched.
///
/// All nodes together keep the more kernel memory the larger the number is, but for a block of the
/// largest order here and there; a single node need not: when the share that is left for later nodes
/// reaches a full share, what an earlier pass gave back to the first nodes falls away again (two
/// nodes, 3 GiB below 4 GiB: 5 GiB give 4 and 1, 6 GiB give 3 and 3). So the total is found by
/// halving and a look around, and what single nodes need by going upwards from it.
package struct LayoutSearch {
  /// What the kernel zones must keep, as present pages.
  package struct Bounds: Hashable, Sendable {
    /// Nodes that are not named need none.
    package var nodes: [NodeID: PageCount]
    /// On all nodes together.
    package var host: PageCount

    package init(nodes: [NodeID: PageCount] = [:], host: PageCount = .zero) {
      self.nodes = nodes
      self.host = host
    }
  }

  /// An argument and what it gives.
  package struct Answer: Hashable, Sendable {
    package var size: ByteCount
    package var layout: BootLayout
    /// How much memory firmware may take from the kernel's part of a node, or give back, before
    /// this argument gives another layout.
    package var holdsWithin: ByteCount
    /// By how much a node's memory differs among the machines that share the argument; nil for one
    /// machine.
    package var memberDrift: ByteCount?
    /// Whether every boundary is also one of a memory block, so that each block above it can go
    /// offline; nil where the block size is not known.
    package var isBlockAligned: Bool?
    /// Kernel memory beyond what is needed, so that the boundaries are those of blocks.
    package var roundedUp = ByteCount.zero

    /// As it is written on a command line.
    package var argument: String { LayoutSearch.argument(size) }
  }

  /// A size as it is written on a command line.
  package static func argument(_ size: ByteCount) -> String { "kernelcore=\(size.argumentText)" }

  package enum Impossible: Error, Hashable, Sendable {
    /// The node has no memory at boot.
    case nodeWithoutMemory(NodeID, need: PageCount)
    case nodeTooSmall(NodeID, pages: PageCount, need: PageCount)
    /// Every size that leaves some memory Movable takes too much from this node.
    case noSizeSuffices(NodeID, need: PageCount)
    /// The kernel zones of all nodes need so much that nothing is left.
    case nothingLeft(need: PageCount, total: PageCount)
    /// User memory that fills the host takes too much of the kernel zones under every size.
    case fullOfUserMemory(need: PageCount)
    /// What suits the machine under one kernel leaves it too little under another one.
    case noSizeSuitsAll
    /// Wherever a boundary may lie, a CMA area lies across it.
    case areasInTheWay
    /// No size argument makes so much memory Movable.
    case beyondReach(PageCount)
  }

  /// As many values as are tried over the whole machine before the search looks closer.
  private static let coarseSteps: UInt64 = 8192
  /// As many values as are tried one after the other first.
  private static let fineSteps: UInt64 = 1024

  private var planner: BootLayoutPlanner
  private let total: UInt64
  /// Distance of the values that are tried: the kernel rounds boundaries to it.
  private let step: UInt64
  private let block: PageCount?
  /// Distance of values near the answer: nodes of odd sizes round at different values.
  private var fine: UInt64 { max(1, step / 64) }

  /// - Parameters:
  ///   - map: The machine's memory.
  ///   - kernel: The kernel that will be booted.
  ///   - block: Pages of a memory block, where it is known: boundaries that are multiples of it are
  ///     preferred where that costs little.
  package init(map: MemoryMap, kernel: Kernel, block: PageCount? = nil) {
    planner = BootLayoutPlanner(map: map, kernel: kernel)
    total = map.totalPages.count
    step = map.startAlignment.count
    self.block = block
  }

  /// The argument that makes most memory Movable and leaves every node what it needs.
  ///
  /// Where a node's need is met only far above the least total, values are tried in coarse steps; a
  /// size that suffices only between two of them may be passed over.
  ///
  /// - Parameters:
  ///   - bounds: What must stay kernel memory.
  ///   - wish: More than that is not made Movable.
  /// - Returns: The argument, with the layout that it gives.
  /// - Throws: The node for which no size is enough.
  package mutating func largestMovable(
    keeping bounds: Bounds,
    atMost wish: PageCount? = nil
  ) throws(Impossible) -> Answer {
    let needs = try self.needs(bounds)
    let kernel = max(
      bounds.host.count,
      needs.reduce(0, +),
      total - min(total, wish?.count ?? total)
    )
    guard kernel < total else {
      throw .nothingLeft(need: PageCount(kernel), total: PageCount(total))
    }
    guard let least = smallest(keeping: kernel, needs) else { throw shortfall(needs) }
    let onBlocks = aligned(least, keeping: kernel, needs) ?? least
    let rounded =
      wholeMebibytes(near: onBlocks, keeping: kernel, needs, onBlocks: true)
      ?? wholeMebibytes(near: onBlocks, keeping: kernel, needs, onBlocks: false) ?? onBlocks
    guard rounded != least else { return answer(least) }
    let more = PageCount(kernelPages(rounded)).subtractingOrZero(PageCount(kernelPages(least)))
    var answer = answer(rounded)
    answer.roundedUp = more.bytes(of: planner.map.pageSize)
    return answer
  }

  /// The argument that makes least memory Movable of those that make at least so much, whatever the
  /// kernel needs.
  ///
  /// - Throws: That no argument makes so much Movable.
  package mutating func smallestMovable(atLeast wish: PageCount) throws(Impossible) -> Answer {
    let kernel = total - min(total, wish.count)
    guard kernelPages(1) <= kernel else { throw .beyondReach(wish) }
    let above = firstKeeping(kernel &+ 1)  // at most the machine's own pages, below 2^52
    var nearest = above - 1
    var most = kernelPages(nearest)
    for candidate in grid(around: above) where candidate < total {
      let pages = kernelPages(candidate)
      if pages <= kernel, pages > most { (nearest, most) = (candidate, pages) }
    }
    return answer(nearest)
  }

  /// What a size gives, as it is.
  package mutating func answer(for size: ByteCount) -> Answer {
    let pages = size.pages(of: planner.map.pageSize).count
    return answer(pages, on: plateau(of: pages))
  }

  /// All sizes in bytes that give the layout of one.
  mutating func sizes(like size: ByteCount) -> ClosedRange<ByteCount> {
    let page = planner.map.pageSize
    let plateau = plateau(of: size.pages(of: page).count)
    return PageCount(plateau.least).bytes(of: page)...PageCount(plateau.most).bytes(of: page)
  }

  // MARK: The search

  private func needs(_ bounds: Bounds) throws(Impossible) -> [UInt64] {
    for (node, pages) in bounds.nodes.sorted(by: { $0.key < $1.key }) where pages > 0 {
      guard let index = planner.nodes.firstIndex(of: node) else {
        throw .nodeWithoutMemory(node, need: pages)
      }
      let own = planner.pages(at: index)
      if pages > own { throw .nodeTooSmall(node, pages: own, need: pages) }
    }
    return planner.nodes.map { bounds.nodes[$0]?.count ?? 0 }
  }

  /// Kernel pages of all nodes under a size.
  private mutating func kernelPages(_ kernelcore: UInt64) -> UInt64 {
    planner.place(kernelcore: PageCount(kernelcore))
    return planner.kernelPages
  }

  /// The smallest size that keeps so many kernel pages in all.
  private mutating func firstKeeping(_ kernel: UInt64) -> UInt64 {
    var low: UInt64 = 0
    var high = total
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if kernelPages(middle) >= kernel { high = middle } else { low = middle }
    }
    return high
  }

  /// The values around one where the total may rise and fall by blocks of the largest order.
  private func grid(around size: UInt64) -> StrideThrough<UInt64> {
    let reach = 2 * step * UInt64(planner.nodes.count + 1)
    let low = (size - min(size, reach)) / fine * fine
    return stride(from: max(fine, low), through: size + reach, by: UInt64.Stride(fine))
  }

  private mutating func smallest(keeping kernel: UInt64, _ needs: [UInt64]) -> UInt64? {
    let first = firstKeeping(kernel)
    for candidate in grid(around: first) where candidate < first {
      if suffices(candidate, keeping: kernel, needs) { return candidate }
    }
    var candidate = first
    var distance = step
    let coarse = max(1, (total - min(total, first)) / step / Self.coarseSteps) * step
    while candidate < total {
      if suffices(candidate, keeping: kernel, needs) {
        return finest(from: candidate, back: distance, notBelow: first, keeping: kernel, needs)
      }
      if candidate - first >= Self.fineSteps * step { distance = coarse }
      candidate += distance
    }
    return nil
  }

  /// The smallest size that suffices among those that a step passed over.
  private mutating func finest(
    from found: UInt64,
    back distance: UInt64,
    notBelow first: UInt64,
    keeping kernel: UInt64,
    _ needs: [UInt64]
  ) -> UInt64 {
    var coarsest = found
    var candidate = found - min(found - first, distance - step)
    while candidate < found {
      if suffices(candidate, keeping: kernel, needs) {
        coarsest = candidate
        break
      }
      candidate += step
    }
    for candidate in grid(around: coarsest) where candidate < coarsest {
      if suffices(candidate, keeping: kernel, needs) { return candidate }
    }
    return coarsest
  }

  private mutating func suffices(
    _ kernelcore: UInt64,
    keeping kernel: UInt64,
    _ needs: [UInt64]
  ) -> Bool {
    // Most values below the answer can't reach it, which takes no placement to tell.
    guard planner.mostKernelPages(under: kernelcore) >= kernel else { return false }
    planner.place(kernelcore: PageCount(kernelcore))
    var sum: UInt64 = 0
    for node in needs.indices {
      let pages = planner.kernelPages(at: node).count
      if pages < needs[node] { return false }
      sum += pages
    }
    // Rounding up may leave nothing Movable at all.
    return sum >= kernel && sum < total
  }

  /// A size near `least` whose boundaries lie on memory blocks and that costs no more than a block
  /// a node and a tenth of what is Movable; nil where there is none.
  private mutating func aligned(
    _ least: UInt64,
    keeping kernel: UInt64,
    _ needs: [UInt64]
  ) -> UInt64? {
    guard let block, block.count > step else { return nil }
    let movable = total - kernelPages(least)
    if isAligned(block) { return least }
    let reach = block.count * UInt64(planner.nodes.count + 1)
    var candidate = least
    while candidate < total, candidate - least <= reach {
      candidate += step
      guard suffices(candidate, keeping: kernel, needs), isAligned(block) else { continue }
      return (total - kernelPages(candidate)) >= movable - movable / 10 ? candidate : nil
    }
    return nil
  }

  /// The next size in whole MiB, where no size of the same layout is one: as good in what it keeps,
  /// with its boundaries as well placed if that is asked for, and at the cost of a hundredth of Movable
  /// at most. Nil where there is none, or none is needed.
  private mutating func wholeMebibytes(
    near size: UInt64,
    keeping kernel: UInt64,
    _ needs: [UInt64],
    onBlocks: Bool
  ) -> UInt64? {
    let mebibyte = ByteCount.mebibytes(1).pages(of: planner.map.pageSize).count
    guard mebibyte > 0 else { return nil }
    let plateau = self.plateau(of: size)
    guard plateau.most / mebibyte * mebibyte < plateau.least else { return nil }
    let movable = total - kernelPages(size)
    let isOnBlocks = onBlocks && (block.map { isAligned($0) } ?? false)
    let distance = isOnBlocks ? max(step, block?.count ?? step) : step
    let reach = plateau.most + distance * UInt64(planner.nodes.count + 1)
    var candidate = plateau.most / mebibyte * mebibyte
    while candidate < total, candidate <= reach {
      candidate += mebibyte
      let left = total - kernelPages(candidate)
      if left < movable - movable / 100 { return nil }
      if isOnBlocks, let block, !isAligned(block) { continue }
      if suffices(candidate, keeping: kernel, needs) { return candidate }
    }
    return nil
  }

  private func isAligned(_ block: PageCount) -> Bool {
    planner.starts.allSatisfy { PageFrameNumber($0).isMultiple(of: block) }
  }

  /// The node that lacks most under the largest size.
  private mutating func shortfall(_ needs: [UInt64]) -> Impossible {
    planner.place(kernelcore: PageCount(total - min(total, step)))
    let worst = needs.indices.max {
      lack(of: $0, needs) < lack(of: $1, needs)
    }
    guard let worst else { return .nothingLeft(need: .zero, total: PageCount(total)) }
    return .noSizeSuffices(planner.nodes[worst], need: PageCount(needs[worst]))
  }

  private func lack(of node: Int, _ needs: [UInt64]) -> PageCount {
    PageCount(needs[node]).subtractingOrZero(planner.kernelPages(at: node))
  }

  // MARK: The number

  private mutating func answer(_ kernelcore: UInt64) -> Answer {
    let plateau = self.plateau(of: kernelcore)
    let kernel = kernelPages(kernelcore)
    let size = plateau.number(
      nearest: kernel,
      nodes: UInt64(planner.nodes.count),
      pageSize: planner.map.pageSize
    )
    return answer(size, on: plateau)
  }

  private mutating func answer(_ size: UInt64, on plateau: SizePlateau) -> Answer {
    planner.place(kernelcore: PageCount(size))
    return Answer(
      size: PageCount(size).bytes(of: planner.map.pageSize),
      layout: planner.layout(),
      holdsWithin: holdsWithin(size, on: plateau),
      isBlockAligned: block.map { isAligned($0) }
    )
  }

  /// The room on a plateau, as far as one node's share of it goes.
  private func holdsWithin(_ size: UInt64, on plateau: SizePlateau) -> ByteCount {
    PageCount(plateau.slack(around: size) / UInt64(max(1, planner.nodes.count)))
      .bytes(of: planner.map.pageSize)
  }

  /// How much memory firmware may move before arguments give another layout; nil where no size
  /// decides about it.
  package mutating func holdsWithin(_ arguments: ZoneArguments) -> ByteCount? {
    let size = planner.kernelPages(asked: arguments)
    guard size > 0, size < total else { return nil }
    return holdsWithin(size, on: plateau(of: size))
  }

  /// All sizes around one that give the same layout.
  private mutating func plateau(of kernelcore: UInt64) -> SizePlateau {
    planner.place(kernelcore: PageCount(kernelcore))
    let starts = planner.starts
    var least = kernelcore
    var distance: UInt64 = 1
    while distance > 0 {
      let candidate = least - min(distance, least - 1)
      if candidate < least, places(candidate, starts) {
        least = candidate
        distance *= 2
      } else {
        distance /= 2
      }
    }
    var most = kernelcore
    distance = 1
    while distance > 0 {
      let candidate = most + min(distance, total - 1 - most)
      if candidate > most, places(candidate, starts) {
        most = candidate
        distance *= 2
      } else {
        distance /= 2
      }
    }
    return SizePlateau(least: least, most: most)
  }

  private mutating func places(_ kernelcore: UInt64, _ starts: [UInt64]) -> Bool {
    planner.place(kernelcore: PageCount(kernelcore))
    return planner.starts == starts
  }
}
