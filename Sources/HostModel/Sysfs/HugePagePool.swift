/// A HugeTLB pool: the pages of one size, on one node or on the whole host.
package struct HugePagePool: Hashable, Sendable {
  package var size: ByteCount
  /// Nil for the host's total.
  package var node: NodeID?
  package var total: Reading<UInt64>
  package var free: Reading<UInt64>
  package var surplus: Reading<UInt64>

  package init(
    size: ByteCount,
    node: NodeID?,
    total: Reading<UInt64>,
    free: Reading<UInt64>,
    surplus: Reading<UInt64>
  ) {
    self.size = size
    self.node = node
    self.total = total
    self.free = free
    self.surplus = surplus
  }

  /// All memory that the pool holds, used or not.
  package var bytes: Reading<ByteCount> { total.map { size * $0 } }

  /// Whether the buddy allocator can't give such a page: larger than its largest block.
  package func isGigantic(pageSize: PageSize, maxOrder: UInt8) -> Bool {
    size > pageSize.bytes * (1 << UInt64(maxOrder))
  }
}
