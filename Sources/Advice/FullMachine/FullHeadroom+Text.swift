internal import HostModel
internal import KernelBehavior

extension FullHeadroom {
  /// What makes it so, for the line on which it stands.
  package var text: String {
    guard user > .zero else { return "no memory is Movable: the kernel may have all that is free" }
    let taken = max(userWhenFull, userNow)
    let start =
      "once \(user.text) of user memory fills the host, in place of page cache whose traces take "
      + traces.text
    guard taken > .zero else {
      let assumed = isReclaimAssumed ? ", if lru_gen is on as distributions build it" : ""
      return "\(start): it stays in ZONE_MOVABLE\(assumed)"
    }
    let back = min(taken, swap)
    let swapped =
      back > .zero
      ? ", of which swap takes \(back.text)"
      : isSwapUnknown ? ", if there is no swap, which is not known," : ""
    return "\(start): \(taken.text) of it in kernel zones\(swapped)\(why)"
  }

  private var why: String {
    guard reclaim == .lists, userWhenFull > .zero else { return "" }
    return isReclaimAssumed
      ? " at worst, if lru_gen is off" : " at worst, since lru_gen is off or not there"
  }
}
