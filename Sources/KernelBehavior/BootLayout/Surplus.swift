internal import HostModel

/// By how much the kernel pages of a machine may be more than the size that was asked for.
///
/// The spread takes each page that it makes kernel memory off what is wanted, as far as something is wanted.
/// More come of two things only: pages that are the kernel's in any case, of nodes that come when less than
/// those is wanted, and starts that are rounded up.
struct Surplus: Sendable {
  /// What the first node has of pages that are the kernel's in any case: its turn comes when all is wanted.
  private let first: UInt64
  /// The same of all other nodes, and the most that rounding adds.
  private let beyond: UInt64

  /// Nil where a range that can be movable begins at frame 0: a start that stays there makes its whole
  /// node kernel memory.
  init?(_ map: MemoryMap, nodes: [NodeID]) {
    let usable = map.usableStart
    var first: UInt64 = 0
    var others: UInt64 = 0
    for range in map.ranges {
      if usable == 0, range.frames.start == 0 { return nil }
      let pages = range.frames.pages(below: usable).count
      // The map bounds all frames below 2^52.
      if range.node == nodes.first { first &+= pages } else { others &+= pages }
    }
    self.first = first
    beyond = others + UInt64(nodes.count) * (map.startAlignment.count - 1)
  }

  func most(under kernelcore: UInt64) -> UInt64 { max(kernelcore, first) + beyond }
}
