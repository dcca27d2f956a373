internal import HostModel
internal import KernelBehavior
internal import Profiles

/// Judges where a node or the host stands.
struct BalancePolicy {
  let profile: Profile
  let pageSize: PageSize

  /// What a verdict is made from.
  struct Position {
    var kernel: ByteCount
    var movable: ByteCount
    /// The part of it whose descriptors came from the kernel zones: what was added after boot. Those
    /// of boot memory lie where memblock had room, in ZONE_MOVABLE too.
    var lateMovable: ByteCount
    /// What the kernel zones must hold at the horizon.
    var needed: ByteCount
    /// How much more than now that is, without and with margin.
    var growth: ByteCount
    var margin: ByteCount
    var headroom: ByteCount
    /// The same once user memory fills the host: at worst, and likely.
    var full: (least: ByteCount, likely: ByteCount)
    /// Whether that was worked out from the zones of a machine that runs: else the ratio tells more.
    var isFilled: Bool
    /// All memory that could be kernel memory if none were Movable.
    var total: ByteCount
    /// Whether threads run here whose kernel allocations want local memory.
    var hasCPUs: Bool
    /// Whether other nodes can give what is short here, even on a full host.
    var hasOthers = false
  }

  /// The worst that any of ratio, growth and headroom says.
  func verdict(_ position: Position) -> Verdict { judge(position).verdict }

  /// The same, with what makes it so.
  func judge(_ position: Position) -> (verdict: Verdict, reason: BalanceReason?) {
    // Nothing runs there: what its memory costs is paid by nodes with cpus, and judged with them.
    guard position.hasCPUs else { return (.balanced, nil) }
    guard position.movable > .zero else {
      // Without Movable no zone is out of balance; memory may still be short as a whole.
      return position.growth > position.headroom ? (.tight, .growth) : (.balanced, nil)
    }
    guard position.kernel > .zero else { return (.imbalanced, .noKernelMemory) }
    // Zones of 8 GiB lack a few pages of it: 24 GiB of Movable still are 3:1 to them. So a percentage
    // point more is fine, as in the kernel's own 301.
    let points = Swift.max(1, profile.limits.fine.movable) * 100
    let ratio = MovableRatio(
      position.movable,
      to: position.kernel.scaled(by: points + 1, over: points)
    )
    let late = MovableRatio(position.lateMovable, to: position.kernel)
    if late >= PageDescriptor.metadataBound(pageSize: pageSize) {
      return (.impossible, .descriptors)
    }
    if position.needed > position.total { return (.impossible, .need) }
    let limits = HeadroomLimits(growth: position.growth, margin: position.margin)
    if limits.isImbalanced(position.headroom) {
      return (position.hasOthers ? .tight : .imbalanced, .growth)
    }
    if limits.isImbalanced(position.full.likely) { return (.imbalanced, .whenFull) }
    let warning = profile.limits.warning
    // Where the kernel has what it will need on a full host, a ratio alone starves nobody. But memory
    // that was added pays for its descriptors with kernel memory, and what uses it wasn't seen yet.
    let isJudged = position.isFilled && position.lateMovable == .zero
    if ratio > warning, !isJudged { return (.imbalanced, .ratio(above: warning)) }
    if limits.isTight(position.headroom) {
      return ratio > warning ? (.imbalanced, .ratio(above: warning)) : (.tight, .margin)
    }
    if limits.isTight(position.full.least) { return (.tight, .whenFull) }
    if ratio > warning { return (.tight, .ratio(above: warning)) }
    if ratio > profile.limits.fine { return (.tight, .ratio(above: profile.limits.fine)) }
    return (.balanced, nil)
  }
}
