internal import HostModel
internal import KernelBehavior

/// Gigantic pages that kernel zones are to give while the host runs.
struct GiganticPieces: Hashable, Sendable {
  var size: ByteCount
  var count: UInt64
  /// Nil for any node.
  var node: NodeID?

  /// What the kernel zones of a layout lack for them.
  func lack(in layout: BootLayout, pageSize: PageSize) -> ByteCount {
    let pages = size.pages(of: pageSize)
    let found = layout.nodes.filter { node == nil || $0.id == node }.flatMap(\.zones)
      .filter(\.kind.servesKernel)
      .map { GiganticRoom.usable($0.frames, of: $0.kind, size: pages) }.reduce(0, +)
    return size * (count - min(count, found))
  }
}
