package import HostModel
internal import KernelText

/// The gigantic pages that a command line asks for at boot, and where they come to lie.
///
/// They are made while the command line is read, before there are zones, from the top of each node
/// downwards (`hugetlb_hstate_alloc_pages`, `alloc_bootmem_huge_page`, mm/hugetlb.c): where
/// ZONE_MOVABLE will be, if there is one.
package struct BootHugePages: Hashable, Sendable {
  /// Pages of one size on one node.
  package struct Pool: Hashable, Sendable {
    package var size: ByteCount
    package var node: NodeID
    package var count: UInt64
    /// Those of them that lie in ZONE_MOVABLE.
    package var inMovable: UInt64
  }

  package private(set) var pools: [Pool] = []
  /// Gigantic pages are asked for, and the kernel makes none: `hugetlb_cma=` is to give them.
  package private(set) var areLeftToAreas = false

  /// - Parameters:
  ///   - line: The command line.
  ///   - map: The machine.
  ///   - layout: The zones that it gets.
  ///   - kernel: Its kernel.
  package init(_ line: String, on map: MemoryMap, layout: BootLayout, kernel: Kernel) {
    let words = KernelCommandLineText.arguments(line)
    let asked = HugeTLBArguments(
      words,
      defaultSize: HugePageSize.standard(map.architecture, map.pageSize)
    ).pools.filter { HugePageSize.isGigantic($0.size, map) }
    guard !asked.isEmpty else { return }
    guard !HugeTLBArguments.leavesGiganticPages(words, kernel: kernel) else {
      areLeftToAreas = true
      return
    }
    var reserver = BootReserver(words, map: map, layout: layout, kernel: kernel)
    _ = reserver.run()
    for pool in asked { take(pool, from: &reserver.memory, map, layout) }
  }

  /// Pages of one size on all nodes together, or on one.
  package func count(of size: ByteCount, on node: NodeID? = nil) -> UInt64 {
    pools.filter { $0.size == size && (node == nil || $0.node == node) }.map(\.count).reduce(0, +)
  }

  private mutating func take(
    _ asked: HugeTLBArguments.Pool,
    from memory: inout EarlyAllocator,
    _ map: MemoryMap,
    _ layout: BootLayout
  ) {
    let pages = asked.size.pages(of: map.pageSize)
    let everywhere = FrameRange(start: 0, end: map.ranges.last?.frames.end ?? 0)
    let nodes = asked.node.map { [$0] } ?? map.nodes
    guard pages > .zero, !nodes.isEmpty else { return }
    /// Nodes without room are passed over: others give more.
    var open = nodes
    var turn = 0
    for _ in 0..<asked.count {
      var found: FrameRange?
      while let node = open.isEmpty ? nil : open[turn % open.count] {
        found = memory.allocate(
          pages,
          alignment: pages,
          within: everywhere,
          node: node,
          direction: .down
        )
        guard let frames = found else {
          open.remove(at: turn % open.count)
          continue
        }
        add(asked.size, node, frames, layout)
        turn += 1
        break
      }
      if found == nil { return }
    }
  }

  private mutating func add(
    _ size: ByteCount,
    _ node: NodeID,
    _ frames: FrameRange,
    _ layout: BootLayout
  ) {
    let start = layout.node(node)?.movableStart
    let isMovable = start.map { $0 <= frames.start } ?? false
    if let index = pools.firstIndex(where: { $0.size == size && $0.node == node }) {
      pools[index].count += 1
      pools[index].inMovable += isMovable ? 1 : 0
    } else {
      pools.append(Pool(size: size, node: node, count: 1, inMovable: isMovable ? 1 : 0))
    }
  }
}

extension HugePageSize {
  /// Whether the page allocator can't give such a page.
  package static func isGigantic(_ size: ByteCount, _ map: MemoryMap) -> Bool {
    size > map.pageSize.bytes * (1 << UInt64(map.maxOrder))
  }

  /// The sizes of HugeTLB pages that an architecture has; nil where its setup was not read.
  ///
  /// `hugetlb_add_hstate` in each architecture's hugetlbpage.c; 1 GiB on x86 where the processor has
  /// them, as all servers' do.
  package static func sizes(_ architecture: Architecture, _ pageSize: PageSize) -> [ByteCount]? {
    switch (architecture, pageSize) {
    case (.x86_64, _): [.mebibytes(2), .gibibytes(1)]
    case (.x86_32, _): [.mebibytes(2), .mebibytes(4)]
    case (.arm64, .kib4): [.kibibytes(64), .mebibytes(2), .mebibytes(32), .gibibytes(1)]
    case (.arm64, .kib16): [.mebibytes(2), .mebibytes(32), .gibibytes(1)]
    case (.arm64, .kib64): [.mebibytes(2), .mebibytes(512), .gibibytes(16)]
    case (.riscv64, _): [.kibibytes(64), .mebibytes(2), .gibibytes(1)]
    case (.s390x, _): [.mebibytes(1), .gibibytes(2)]
    case (.ppc64, _): [.mebibytes(2), .mebibytes(16), .gibibytes(1), .gibibytes(16)]
    default: nil
    }
  }
}
