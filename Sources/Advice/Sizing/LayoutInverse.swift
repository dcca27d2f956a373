package import HostModel
package import KernelBehavior

/// Finds the argument under which every node keeps the kernel memory that it needs.
///
/// A single node's kernel memory does not always grow with `kernelcore`: when the share that is
/// left for later nodes reaches a full share, what an earlier pass gave back to the first nodes
/// falls away again (two nodes, 3 GiB below 4 GiB: 5 GiB give 4 and 1, 6 GiB give 3 and 3). So the
/// values are tried upwards instead of halved.
package struct LayoutInverse {
  package enum Form: String, Hashable, Sendable {
    case kernelcore
    case movablecore
  }

  package struct Answer: Hashable, Sendable {
    package var form: Form
    package var size: ByteCount
    package var layout: BootLayout
    /// Whether every boundary is also one of a memory block, so that each block above it can go
    /// offline; nil where the block size is not known.
    package var isBlockAligned: Bool?

    /// As it is written on a command line.
    package var argument: String {
      let mebibytes = size.count >> 20
      guard mebibytes << 20 == size.count else { return "\(form.rawValue)=\(size.count >> 10)K" }
      return mebibytes % 1024 == 0
        ? "\(form.rawValue)=\(mebibytes >> 10)G" : "\(form.rawValue)=\(mebibytes)M"
    }
  }

  package enum Impossible: Error, Hashable, Sendable {
    /// The node has no memory at boot.
    case nodeWithoutMemory(NodeID, need: PageCount)
    case nodeTooSmall(NodeID, pages: PageCount, need: PageCount)
    /// Every size that leaves some memory Movable takes too much from this node.
    case noSizeSuffices(NodeID, need: PageCount)
  }

  /// As many values as are tried over the whole machine before the search looks closer.
  private static let coarseSteps: UInt64 = 8192

  private var planner: BootLayoutPlanner
  private let total: UInt64
  /// Distance of the values that are tried: the kernel rounds boundaries to it.
  private let step: UInt64
  private var needs: [PageCount] = []

  package init(map: MemoryMap, kernel: Kernel) {
    planner = BootLayoutPlanner(map: map, kernel: kernel)
    total = map.totalPages.count
    step = map.startAlignment.count
  }

  /// The smallest `kernelcore`, or the largest `movablecore`, that leaves each node what it needs.
  ///
  /// On machines beyond some 30 GiB the values are first tried in coarse steps, and the smallest
  /// one is found within the step that suffices; a size that suffices only between two coarse steps
  /// and no longer above may be passed over.
  ///
  /// - Parameters:
  ///   - form: Which argument is asked for.
  ///   - need: Kernel memory per node, as present pages; nodes that are not named need none.
  ///   - block: Pages of a memory block: boundaries that are multiples of it are preferred if one
  ///     block per node is enough to reach them.
  /// - Returns: The argument and the layout that it gives.
  /// - Throws: The node for which no size is enough.
  package mutating func solve(
    _ form: Form,
    need: [NodeID: PageCount],
    block: PageCount? = nil
  ) throws(Impossible) -> Answer {
    try take(need)
    guard let least = smallest(form) else { throw shortfall() }
    var chosen = least
    if let block, block.count > step, !isAligned(least, form, block) {
      let reach = block.count * UInt64(planner.nodes.count + 1)
      var candidate = least
      while candidate < total, candidate - least <= reach {
        if suffices(candidate), isAligned(block) {
          chosen = candidate
          break
        }
        candidate += step
      }
    }
    planner.place(kernelcore: PageCount(chosen))
    let pages = PageCount(form == .kernelcore ? chosen : total - chosen)
    return Answer(
      form: form,
      size: pages.bytes(of: planner.map.pageSize),
      layout: planner.layout(),
      isBlockAligned: block.map { isAligned($0) }
    )
  }

  private mutating func take(_ need: [NodeID: PageCount]) throws(Impossible) {
    needs = planner.nodes.map { need[$0] ?? .zero }
    for (node, pages) in need.sorted(by: { $0.key < $1.key }) where pages > 0 {
      guard let index = planner.nodes.firstIndex(of: node) else {
        throw .nodeWithoutMemory(node, need: pages)
      }
      let own = planner.pages(at: index)
      if pages > own { throw .nodeTooSmall(node, pages: own, need: pages) }
    }
  }

  /// The smallest number of kernel pages that suffices, on the grid of the form.
  private mutating func smallest(_ form: Form) -> UInt64? {
    // Movable sizes are multiples of a step, so kernel sizes are those that are left.
    let offset = form == .kernelcore ? step : (total % step == 0 ? step : total % step)
    let sum = needs.total().count
    let slack = step * UInt64(planner.nodes.count + 1)
    // Beyond what is asked for there is at most what can't be Movable, and a step for each node.
    var first = offset
    let most = slack + planner.kernelOnlyPages
    if sum > most, sum - most > offset { first = offset + (sum - most - offset) / step * step }
    let coarse = max(1, (total - min(total, first)) / step / Self.coarseSteps) * step
    var candidate = first
    while candidate < total {
      if suffices(candidate) { return finest(from: candidate, back: coarse, notBelow: first) }
      candidate += coarse
    }
    return nil
  }

  /// The smallest size that suffices among those that a coarse step passed over.
  private mutating func finest(from found: UInt64, back coarse: UInt64, notBelow first: UInt64)
    -> UInt64
  {
    var candidate = found - min(found - first, coarse - step)
    while candidate < found {
      if suffices(candidate) { return candidate }
      candidate += step
    }
    return found
  }

  private mutating func suffices(_ kernelcore: UInt64) -> Bool {
    planner.place(kernelcore: PageCount(kernelcore))
    var kernel: UInt64 = 0
    for node in needs.indices {
      let pages = planner.kernelPages(at: node)
      if pages < needs[node] { return false }
      kernel += pages.count
    }
    // Rounding up may leave nothing Movable at all.
    return kernel < total
  }

  private mutating func isAligned(_ kernelcore: UInt64, _ form: Form, _ block: PageCount) -> Bool {
    planner.place(kernelcore: PageCount(kernelcore))
    return isAligned(block)
  }

  private func isAligned(_ block: PageCount) -> Bool {
    planner.starts.allSatisfy { PageFrameNumber($0).isMultiple(of: block) }
  }

  /// The node that lacks most under the largest size.
  private mutating func shortfall() -> Impossible {
    planner.place(kernelcore: PageCount(total - min(total, step)))
    let worst = needs.indices.max {
      needs[$0].subtractingOrZero(planner.kernelPages(at: $0))
        < needs[$1].subtractingOrZero(planner.kernelPages(at: $1))
    }
    guard let worst else { return .noSizeSuffices(0, need: .zero) }
    return .noSizeSuffices(planner.nodes[worst], need: needs[worst])
  }
}

extension LayoutInverse.Impossible: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nodeWithoutMemory(let node, let need):
      "node \(node) has no memory at boot and needs \(need) pages"
    case .nodeTooSmall(let node, let pages, let need):
      "node \(node) has \(pages) pages and needs \(need) as kernel memory"
    case .noSizeSuffices(let node, let need):
      "node \(node) gets the \(need) pages that it needs only without any ZONE_MOVABLE"
    }
  }
}
