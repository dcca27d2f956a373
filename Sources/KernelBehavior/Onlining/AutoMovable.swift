package import HostModel

/// The auto-movable policy's arithmetic (mm/memory_hotplug.c, since 5.15).
///
/// Whole pages throughout, and the kernel's own order of multiplication and division: 6291456 pages
/// on 2097054 are refused at 300 percent and allowed at 301.
package struct AutoMovable: Hashable, Sendable {
  /// Percent.
  package var ratio: UInt64
  package var numaAware: Bool

  package init(ratio: UInt64, numaAware: Bool) {
    self.ratio = ratio
    self.numaAware = numaAware
  }

  /// `auto_movable_can_online_movable`: how many pages more Movable keep the ratio.
  ///
  /// - Parameters:
  ///   - memory: The machine.
  ///   - group: Index of the group that they belong to, nil for none.
  ///   - node: The node to look at, nil for the whole machine.
  /// - Returns: Pages, zero where Movable is at or above the ratio.
  package func room(in memory: HotplugMemory, group: Int?, node: NodeID?) -> PageCount {
    var kernel = PageCount.zero
    var movable = PageCount.zero
    for looked in memory.nodes where node == nil || looked.id == node {
      movable += looked.movable.present
      for zone in looked.kernelZones where zone.present > 0 {
        kernel += zone.presentEarly.subtractingOrZero(zone.cma)
        movable += zone.cma
      }
    }
    // Kernel memory of a dynamic group allows for Movable of its own: other groups that use such
    // Movable are taken out with the boot memory that the rest of theirs needs.
    var needed = PageCount.zero
    var others = PageCount.zero
    for (index, other) in memory.groups.enumerated()
    where index != group && other.isDynamic && (node == nil || other.node == node) {
      // A group with kernel memory to spare needs none, and gives none away.
      needed += other.movable.scaled(by: 100, over: ratio).subtractingOrZero(other.kernel)
      others += other.movable
    }
    guard kernel > needed else { return .zero }
    kernel = kernel.subtractingOrZero(needed)
    movable = movable.subtractingOrZero(others)
    if let group, memory.groups[group].isDynamic { kernel += memory.groups[group].kernel }
    return kernel.scaled(by: ratio, over: 100).subtractingOrZero(movable)
  }

  /// Whether `pages` more Movable keep the ratio.
  package func allows(
    _ pages: PageCount,
    in memory: HotplugMemory,
    group: Int?,
    node: NodeID?
  ) -> Bool {
    pages <= room(in: memory, group: group, node: node)
  }

  /// `auto_movable_zone_for_pfn`: whether a block goes to Movable, or why it doesn't.
  package func refusal(
    of first: PageFrameNumber,
    in memory: HotplugMemory,
    node: NodeID,
    group: Int?,
    movableInUnit: PageCount = 0,
    unitHasKernelPages: Bool = false
  ) -> Refusal? {
    guard ratio > 0 else { return .ratioIsZero }
    let block = memory.blockPages
    var pages = block
    switch group.map({ memory.groups[$0] }) {
    case nil: break
    case let group?:
      switch group.kind {
      case .fixed(let most):
        if group.kernel > 0 { return .groupHasKernelMemory }
        pages = most.subtractingOrZero(group.movable)
      case .dynamic(let unit) where unit > block:
        if unitHasKernelPages { return .groupHasKernelMemory }
        pages = unit.subtractingOrZero(movableInUnit)
      case .dynamic: break
      }
    }
    if !allows(pages, in: memory, group: group, node: nil) { return .ratio }
    if numaAware, !allows(pages, in: memory, group: group, node: node) { return .ratioOfNode }
    return nil
  }

  package enum Refusal: Hashable, Sendable {
    case ratioIsZero
    /// Something of the same DIMM or unit is kernel memory already.
    case groupHasKernelMemory
    /// The whole rest of the device would exceed the ratio of the machine.
    case ratio
    /// It would exceed the ratio of its own node.
    case ratioOfNode
  }
}

extension AutoMovable {
  /// The smallest ratio in percent that lets `movable` pages onto `kernelEarly` pages of boot memory.
  ///
  /// Nil without boot memory, or where the parameter's 32 bits can't hold it.
  package static func smallestRatio(
    admitting movable: PageCount,
    onto kernelEarly: PageCount
  ) -> UInt64? {
    guard kernelEarly > 0 else { return nil }
    let floor = movable.scaled(by: 100, over: kernelEarly.count)
    let ratio =
      kernelEarly.scaled(by: floor.count, over: 100) >= movable ? floor.count : floor.count + 1
    return ratio <= UInt64(UInt32.max) ? ratio : nil
  }

  /// The largest ratio in percent at which boot memory still holds what the kernel needs.
  ///
  /// Movable memory costs kernel memory in proportion: descriptors, page tables, slab. With
  /// `needed` for everything else, `kernelEarly × ratio × cost ≤ kernelEarly − needed` must hold; the
  /// limit of the ratio itself, and what its non-present pages need, come on top.
  ///
  /// - Parameters:
  ///   - kernelEarly: Boot memory on the kernel side.
  ///   - needed: What the kernel needs of it, whatever is added.
  ///   - cost: Kernel memory for each page of Movable, as a fraction.
  ///   - limit: The largest Movable that the ratio's own limit allows on that boot memory.
  /// - Returns: Percent; zero where boot memory has nothing to spare.
  package static func largestSafeRatio(
    kernelEarly: PageCount,
    needed: PageCount,
    cost: (numerator: UInt64, denominator: UInt64),
    limit: PageCount
  ) -> UInt64 {
    let spare = kernelEarly.subtractingOrZero(needed)
    let payable =
      cost.numerator == 0 ? PageCount.max : spare.scaled(by: cost.denominator, over: cost.numerator)
    guard limit > payable else {
      return smallestRatio(admitting: limit, onto: kernelEarly) ?? 0
    }
    return kernelEarly == .zero ? 0 : payable.scaled(by: 100, over: kernelEarly.count).count
  }
}
