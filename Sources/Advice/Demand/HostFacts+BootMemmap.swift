internal import HostModel
internal import KernelBehavior

extension HostFacts {
  /// Descriptors of a node's boot memory that lie in its kernel zones now, and will lie in
  /// ZONE_MOVABLE where a boot makes some: memblock hands memory out from a node's top down
  /// (mm/sparse.c, `sparse_buffer_init`).
  func memmapBelowMovable(_ account: NodeAccount) -> ByteCount {
    // On a 32-bit kernel it has to be low memory.
    guard account.highPresent == .zero else { return .zero }
    let memmap = descriptor.bytes(for: account.total)
    let above = account.movableReserved.value ?? .zero
    return min(account.kernelReserved, memmap.subtractingOrZero(above))
  }
}
