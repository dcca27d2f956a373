package import HostModel

/// The trees in which the kernel finds the pages of files, and in which it keeps a trace of those that
/// it evicted (mm/workingset.c).
///
/// A node has 64 places, and 7 nodes are a page of slab on 64-bit kernels. Nodes with nothing but traces
/// stay whatever the pressure until there is one for eight pages of memory, some 1.8 % of it
/// (`count_shadow_nodes`).
package enum PageCacheTree {
  private static let places: UInt64 = 64
  private static let nodeSize = ByteCount(4096 / 7)

  /// What nodes take of slab.
  package static func bytes(nodes: UInt64) -> ByteCount { nodeSize * nodes }

  /// What the traces of pages take: those that page cache filled, and that other memory took after it.
  package static func traces(of memory: ByteCount, _ pageSize: PageSize) -> ByteCount {
    bytes(nodes: memory.pages(of: pageSize).count / places)
  }
}
