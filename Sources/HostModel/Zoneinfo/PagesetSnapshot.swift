/// The free pages that one cpu keeps for itself in one zone.
package struct PagesetSnapshot: Hashable, Sendable {
  package var cpu: UInt32
  /// Pages on the list: free, but not in `nr_free_pages`.
  package var count: UInt64 = 0
  package var high: UInt64 = 0
  package var batch: UInt64 = 0
  package var highMin: UInt64?
  package var highMax: UInt64?
  /// `vm stats threshold`, per cpu since 2.6.18.
  package var statThreshold: UInt64?

  package init(cpu: UInt32) { self.cpu = cpu }
}
