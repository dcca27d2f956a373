package import HostModel
package import KernelBehavior

/// What the kernel can still take once user memory fills the machine, with its terms.
package struct FullHeadroom: Hashable, Sendable {
  /// What it can take now.
  package var now: ByteCount
  /// User pages in the kernel zones now that can't be evicted without swap.
  package var userNow: ByteCount
  /// The same on the full machine, at worst, and where processes are spread as the machine is.
  package var userWhenFull: ByteCount
  package var userLikely: ByteCount
  /// User memory of the full machine that can't be evicted: as much as ZONE_MOVABLE holds.
  package var user: ByteCount
  /// What the traces of the page cache take whose place it took (`PageCacheTree`).
  package var traces: ByteCount
  /// What user memory may enter of the kernel zones. It finds no more of them open than traces left it.
  package var open: ByteCount
  /// How the kernel evicts user pages, and whether that was taken for granted.
  package var reclaim: PageReclaim
  package var isReclaimAssumed: Bool
  /// How much swap can take.
  package var swap: ByteCount
  /// Whether that was not read, and stands at none.
  package var isSwapUnknown: Bool

  /// At worst: what sizes and verdicts go by. Swap is taken up by user memory in ZONE_MOVABLE first.
  package var least: ByteCount {
    let user = max(userWhenFull, userNow)
    let elsewhere = self.user.subtractingOrZero(user)
    return left(user, swap.subtractingOrZero(elsewhere))
  }

  /// Where processes are spread as the machine is, and swap has room.
  package var likely: ByteCount { left(max(userLikely, userNow), swap) }

  /// What `now` is, less what user memory takes more, with what swap gives back of it.
  private func left(_ user: ByteCount, _ swap: ByteCount) -> ByteCount {
    let swappedNow = min(userNow, self.swap)
    let taken = max(user, min(user + traces, open))
    return (now + userNow + min(user, swap)).subtractingOrZero(taken + swappedNow)
  }
}
