/// /proc/buddyinfo: free blocks per zone and order.
package struct BuddyInfo: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    package var node: NodeID
    package var kind: ZoneKind
    /// Free blocks of order 0, 1, … up to the largest.
    package var freeBlocks: [UInt64]

    package init(node: NodeID, kind: ZoneKind, freeBlocks: [UInt64]) {
      self.node = node
      self.kind = kind
      self.freeBlocks = freeBlocks
    }
  }

  /// Populated zones only, in the order of the file.
  package var rows: [Row]

  package init(rows: [Row]) { self.rows = rows }

  /// The largest order, inclusive: the number of columns minus one, on every kernel.
  package var maxOrder: UInt8? {
    guard let columns = rows.first?.freeBlocks.count, columns > 0, columns <= 64 else { return nil }
    return UInt8(columns - 1)
  }
}
