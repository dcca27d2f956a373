package import HostModel

/// Works out where ZONE_MOVABLE begins on every node, again and again for one machine.
///
/// `find_zone_movable_pfns_for_nodes` (mm/page_alloc.c up to 6.3, mm/mm_init.c since). The machine
/// is laid out once; placing a set of arguments then allocates nothing.
package struct BootLayoutPlanner: Sendable {
  package let map: MemoryMap
  package let kernel: Kernel
  /// Nodes with RAM, ascending. Every index below counts in this list.
  package let nodes: [NodeID]
  /// Where ZONE_MOVABLE begins on each node as bare frame numbers, 0 for none: the result of the
  /// last placement.
  package internal(set) var starts: [UInt64]
  package internal(set) var path = BootLayout.Path.none
  /// Whether mirrored and other memory are kept apart by zone, in ranges that overlap (up to 7.2).
  private(set) var separatesMirrored = false

  /// Ranges of all nodes, grouped by node, ascending within one.
  let rangeStarts: [UInt64]
  let rangeEnds: [UInt64]
  /// Index of each node's first range; one more entry at the end.
  let firstRanges: [Int]
  private let isHotPluggable: [Bool]
  private let isMirrored: [Bool]
  private let total: UInt64
  let usableStart: UInt64
  /// Where memory ends that ordinary kernel allocations can come from: the start of ZONE_HIGHMEM.
  private let kernelEnd: UInt64
  let alignment: UInt64
  private let surplus: Surplus?
  /// Asked once: placing asks it for every node, and asking costs more than placing.
  let dropsStartsBehindNodeEnd: Bool
  /// 2^64 − 1, or 2^32 − 1 on a 32-bit kernel, whose `unsigned long` wraps there.
  private let wordMask: UInt64
  /// Per node: the first range that the spread has not yet used up.
  var cursors: [Int]

  package init(map: MemoryMap, kernel: Kernel = .assumed) {
    self.map = map
    self.kernel = kernel
    let nodes = map.nodes
    let indices = Self.nodeIndices(of: map, nodes)
    // A counting sort: ranges come in ascending order and stay so within their node.
    var first = [Int](repeating: 0, count: nodes.count + 1)
    for node in indices { first[node + 1] += 1 }
    for node in nodes.indices { first[node + 1] += first[node] }
    var next = first
    var order = [Int](repeating: 0, count: indices.count)
    for (range, node) in indices.enumerated() {
      order[next[node]] = range
      next[node] += 1
    }
    self.nodes = nodes
    firstRanges = first
    rangeStarts = order.map { map.ranges[$0].frames.start.number }
    rangeEnds = order.map { map.ranges[$0].frames.end.number }
    isHotPluggable = order.map { map.ranges[$0].isHotPluggable }
    isMirrored = order.map { map.ranges[$0].isMirrored }
    starts = Array(repeating: 0, count: nodes.count)
    cursors = Array(repeating: 0, count: nodes.count)
    total = map.totalPages.count
    usableStart = map.usableStart.number
    kernelEnd = map.highStart?.number ?? .max
    alignment = map.startAlignment.count
    surplus = Surplus(map, nodes: nodes)
    dropsStartsBehindNodeEnd = kernel.hasOrAssumed(.dropsStartsBehindNodeEnd)
    wordMask = map.architecture.is64Bit ? .max : UInt64(UInt32.max)
  }

  /// For each range the index of its node.
  private static func nodeIndices(of map: MemoryMap, _ nodes: [NodeID]) -> [Int] {
    var byNode: [NodeID: Int] = [:]
    for (index, node) in nodes.enumerated() { byNode[node] = index }
    // Most ranges follow one of the same node; a map has at least one range.
    var last = (node: map.ranges[0].node, index: byNode[map.ranges[0].node] ?? 0)
    return map.ranges.map { range in
      if range.node != last.node {
        last = (range.node, byNode[range.node] ?? 0)
      }
      return last.index
    }
  }

  /// Finds the starts for a set of arguments.
  package mutating func place(_ arguments: ZoneArguments) {
    separatesMirrored = arguments.mirror && kernel.hasOrAssumed(.mirrorZonesOverlap)
    clear()
    switch arguments.decider {
    case .movableNode:
      path = .movableNode
      placeHotPluggable()
    case .mirror:
      guard placeUnmirrored() else { return }
    case .sizes, nil:
      let kernelcore = kernelPages(asked: arguments)
      guard kernelcore > 0, kernelcore < total else { return }
      path = .sizes
      spread(kernelcore)
      return
    }
    round()
  }

  /// The kernel pages that sizes ask for, before they are handed out; 0 where none does.
  package func kernelPages(asked arguments: ZoneArguments) -> UInt64 {
    guard arguments.decider == .sizes else { return 0 }
    var kernelcore = arguments.kernelcore.pages.count
    if arguments.kernelcore.percent > 0 { kernelcore = share(arguments.kernelcore.percent) }
    var movablecore = arguments.movablecore.pages.count
    if arguments.movablecore.percent > 0 { movablecore = share(arguments.movablecore.percent) }
    guard movablecore > 0 else { return kernelcore }
    let rounded = (movablecore &+ alignment &- 1) & wordMask & ~(alignment &- 1)
    return ZoneArguments.kernelShare(
      kernelcore: kernelcore,
      leftByMovablecore: total - min(total, rounded)
    )
  }

  /// Finds the starts for a number of kernel pages, as `kernelcore=` in bytes would.
  package mutating func place(kernelcore: PageCount) {
    separatesMirrored = false
    guard kernelcore > .zero, kernelcore.count < total else { return clear() }
    path = .sizes
    spread(kernelcore.count)
  }

  /// Takes the starts that a kernel printed.
  package mutating func place(starts printed: [NodeID: PageFrameNumber]) {
    separatesMirrored = false
    clear()
    for (index, node) in nodes.enumerated() { starts[index] = printed[node]?.number ?? 0 }
  }

  /// Pages of a node that stay kernel memory under the last placement by sizes or hot-pluggability:
  /// below ZONE_MOVABLE, and below ZONE_HIGHMEM.
  ///
  /// - Complexity: O(ranges of the node).
  package func kernelPages(at node: Int) -> PageCount {
    let rangeStarts = rangeStarts.span
    let rangeEnds = rangeEnds.span
    let start = min(starts[node] == 0 ? .max : starts[node], kernelEnd)
    let end = firstRanges[node &+ 1]
    var index = firstRanges[node]
    var pages: UInt64 = 0
    while index < end {
      let end = min(rangeEnds[index], start)
      guard end > rangeStarts[index] else { break }
      pages &+= end &- rangeStarts[index]  // the map bounds all frames below 2^52
      index &+= 1
    }
    return PageCount(pages)
  }

  /// Pages of all nodes that stay kernel memory under the last placement.
  package var kernelPages: UInt64 {
    var sum: UInt64 = 0
    for node in starts.indices { sum &+= kernelPages(at: node).count }
    return sum
  }

  /// No more kernel pages than these come of a size; worked out without placing it, and never too few.
  package func mostKernelPages(under kernelcore: UInt64) -> UInt64 {
    surplus?.most(under: kernelcore) ?? .max
  }

  /// Pages that no size argument can make movable.
  package var kernelOnlyPages: UInt64 {
    map.ranges.lazy.map { $0.frames.pages(below: map.usableStart) }.total().count
  }

  /// All pages of a node.
  package func pages(at node: Int) -> PageCount {
    var pages: UInt64 = 0
    for index in firstRanges[node]..<firstRanges[node + 1] {
      pages &+= rangeEnds[index] &- rangeStarts[index]  // the map bounds all frames below 2^52
    }
    return PageCount(pages)
  }

  /// `totalpages * 100 * percent / 10000`, wrapping where the kernel's own product wraps.
  private func share(_ percent: UInt64) -> UInt64 {
    ((total &* 100 &* percent) & wordMask) / 10_000
  }

  private mutating func placeHotPluggable() {
    for node in starts.indices {
      for index in firstRanges[node]..<firstRanges[node + 1] where isHotPluggable[index] {
        starts[node] = rangeStarts[index]
        break
      }
    }
  }

  /// False where the kernel ignores the wish, because nothing is mirrored or this is a crash kernel.
  private mutating func placeUnmirrored() -> Bool {
    if kernel.hasOrAssumed(.mirrorNeedsMirroredMemory) {
      guard isMirrored.contains(true), !map.isCrashKernel else { return false }
    }
    path = .mirror
    let fourGiB = ByteCount.gibibytes(4).pages(of: map.pageSize).count
    let spared = kernel.hasOrAssumed(.mirrorSparesFourGiB) ? fourGiB : 0x10_0000
    for node in starts.indices {
      for index in firstRanges[node]..<firstRanges[node + 1]
      where !isMirrored[index] && rangeStarts[index] >= spared {
        starts[node] = rangeStarts[index]
        break
      }
    }
    return true
  }
}
