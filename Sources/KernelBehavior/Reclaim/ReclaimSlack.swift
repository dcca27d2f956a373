package import HostModel

/// What kernel requests find in full kernel zones of a node before they wake kswapd for them, and what
/// it evicts there then.
package struct ReclaimSlack: Hashable, Sendable {
  /// Until it is woken for the first time.
  package var first: ByteCount
  /// Until it is woken again, in zones that user memory filled up once more: zero where user memory
  /// may go below the low watermark itself.
  package var again: ByteCount
  /// What it evicts in one round: the high watermarks of these zones (`kswapd_shrink_node`,
  /// mm/vmscan.c).
  package var round: ByteCount

  package init(first: ByteCount = .zero, again: ByteCount = .zero, round: ByteCount = .zero) {
    self.first = first
    self.again = again
    self.round = round
  }

  /// Counts a zone.
  ///
  /// - Parameters:
  ///   - free: What the kernel doesn't hold of it.
  ///   - closed: What user memory leaves of that: the min watermark, and what the zone keeps from
  ///     requests that may use ZONE_MOVABLE.
  ///   - low: Its low watermark, and what it keeps from kernel requests that may go higher.
  ///   - high: Its high watermark.
  package mutating func add(
    free: ByteCount,
    closed: ByteCount,
    low: ByteCount,
    high: ByteCount
  ) {
    let found = min(free, closed).subtractingOrZero(low)
    first += found
    if free > closed { again += found }
    round += high
  }

  /// User memory that comes to lie in kernel zones, of that which grows in ZONE_MOVABLE.
  ///
  /// Page tables and trees of the page cache use up what is found at first; then each round of kswapd
  /// in the kernel zones makes room that user memory takes. It evicts more than its goal, since it
  /// takes whole folios: twice as much is reckoned with.
  ///
  /// - Parameters:
  ///   - movable: What grows there.
  ///   - read: What is read from files beside it.
  ///   - cpus: How many cpus take pages.
  ///   - pageSize: The base page size.
  /// - Returns: What settles in the kernel zones if they have room for it.
  package func settled(
    of movable: ByteCount,
    read: ByteCount,
    cpus: UInt64,
    pageSize: PageSize
  ) -> ByteCount {
    let reach = PageTable.reach(pageSize)
    let before = Self.refill * cpus + PageCacheTree.traces(of: read, pageSize)
    let rest = movable.subtractingOrZero(first.subtractingOrZero(before) * reach)
    let cycle = again * reach
    guard cycle > round * 2 else { return rest }
    return rest.scaled(by: (round * 2).count, over: cycle.count)
  }

  /// What a cpu takes for itself when its lists of unmovable and of reclaimable pages are empty
  /// (`zone_batchsize`, mm/page_alloc.c).
  private static let refill = ByteCount.kibibytes(512)
}
