package import HostModel
package import KernelBehavior
package import Profiles

/// The kernel arguments with which a machine should take hot-added memory, with the ratio worked out.
package struct OnlinePolicyArguments: Hashable, Sendable {
  package var arguments: [String]
  /// Percent; zero where no Movable is safe.
  package var ratio: UInt64
  /// How the ratio follows from memory, need and limits.
  package var reason: Reason

  package enum Reason: Hashable, Sendable {
    /// Boot memory holds no more than the kernel's own.
    case bootMemoryIsUsedUp(boot: ByteCount, kernel: ByteCount)
    /// A limit that the kernel's own and the cost of each GiB of Movable leave room for.
    case upTo(
      Limit,
      ByteCount,
      early: PageCount,
      kernel: ByteCount,
      cost: ByteCount,
      percent: UInt64
    )
    /// What boot memory pays for, short of the limit.
    case paidFor(boot: ByteCount, kernel: ByteCount, cost: ByteCount, percent: UInt64, MovableRatio)
  }

  package enum Limit: Hashable, Sendable {
    /// All that is to be added.
    case goal
    case ratio(MovableRatio)
  }

  /// - Parameters:
  ///   - machine: The machine before it grows.
  ///   - device: How memory will come.
  ///   - nodes: Where it will come; none where that is not known.
  ///   - goal: The total it shall reach; nil for as far as it goes.
  package init(
    _ machine: GrowthMachine,
    device: HotplugDevice,
    on nodes: Set<NodeID> = [],
    upTo goal: ByteCount?
  ) {
    let page = machine.pageSize
    let early = machine.memory.kernelEarly
    let boot = early.bytes(of: page)
    let fine = machine.profile.limits.fine
    // What owners call a size has a few pages that are never present: those of whole blocks count.
    let nominal = boot.roundedUp(to: min(machine.blockSize, .mebibytes(128)))
    var limit = nominal.scaled(by: fine.movable, over: max(1, fine.kernel))
    let asked = goal.map { $0.subtractingOrZero(machine.size) }
    if let asked, asked > 0 { limit = min(limit, asked) }
    let onDevice = Self.holdsOwnDescriptors(machine, device)
    // Memory that was added before is paid for by the cost of each GiB, like all that will be.
    let fixed =
      machine.need.now.subtractingOrZero(machine.need.descriptorsOfAdded)
      + machine.need.growth(total: machine.size)
      + machine.need.spare(total: machine.size) + machine.reserved
    let cost = Self.cost(machine, onDevice: onDevice)
    ratio = AutoMovable.largestSafeRatio(
      kernelEarly: early,
      needed: fixed.pages(of: page),
      cost: cost,
      limit: limit.pages(of: page)
    )
    let share = ByteCount.gibibytes(1).scaled(by: cost.numerator, over: cost.denominator)
    let policyRatio = AutoMovable.smallestRatio(admitting: limit.pages(of: page), onto: early) ?? 0
    guard ratio > 0 else {
      arguments = ["memhp_default_state=online_kernel"]
      reason = .bootMemoryIsUsedUp(boot: boot, kernel: fixed)
      return
    }
    arguments = Self.words(machine, ratio: ratio, nodes)
    if onDevice { arguments.append("memory_hotplug.memmap_on_memory=1") }
    reason =
      ratio >= policyRatio
      ? .upTo(
        asked == limit ? .goal : .ratio(fine),
        limit,
        early: early,
        kernel: fixed,
        cost: share,
        percent: ratio
      ) : .paidFor(boot: boot, kernel: fixed, cost: share, percent: ratio, fine)
  }

  /// The words for a ratio, as this kernel knows them.
  private static func words(
    _ machine: GrowthMachine,
    ratio: UInt64,
    _ nodes: Set<NodeID>
  ) -> [String] {
    // Without policies the zone is the state's, and nobody but the owner counts the ratio.
    guard machine.rules.kernel.hasOrAssumed(.autoMovablePolicy) else {
      return ["memhp_default_state=online_movable"]
    }
    var words = [
      "memhp_default_state=online", "memory_hotplug.online_policy=auto-movable",
      "memory_hotplug.auto_movable_ratio=\(ratio)",
    ]
    // A node without boot memory of its own gets no Movable while the policy counts by nodes.
    let lacksEarly = nodes.contains { (machine.memory.node($0)?.kernelEarly ?? .zero) == .zero }
    if lacksEarly { words.append("memory_hotplug.auto_movable_numa_aware=0") }
    return words
  }

  /// What a host should boot with that gets its Movable by hot-adding, from what was already worked
  /// out about it; nil where its memory blocks are not known.
  ///
  /// What was added so far counts as growth from boot memory; the device is taken for a DIMM.
  package init?(facts: HostFacts, demand: Demand, profile: Profile) {
    let settings = OnliningSettings(facts.snapshot)
    guard
      let machine = try? GrowthMachine(facts, demand: demand, profile: profile, settings: settings)
    else { return nil }
    self.init(machine, device: .dimm, upTo: nil)
  }

  /// Descriptors, use and block overhead for each byte of Movable.
  private static func cost(
    _ machine: GrowthMachine,
    onDevice: Bool
  ) -> (numerator: UInt64, denominator: UInt64) {
    let use = machine.need.costOfUse
    let unit = ByteCount(use.denominator)
    let descriptors = onDevice ? .zero : machine.rules.descriptor.bytes(for: unit)
    let overhead = GrowthMachine.blockOverhead.scaled(
      by: unit.count,
      over: max(1, machine.blockSize.count)
    )
    return (use.numerator + (descriptors + overhead).count, use.denominator)
  }

  /// Whether this kernel can keep a device's descriptors on it, were it asked to.
  private static func holdsOwnDescriptors(
    _ machine: GrowthMachine,
    _ device: HotplugDevice
  ) -> Bool {
    var rules = machine.rules
    if rules.mode == .no { rules.mode = .yes }
    guard device.isRAM else { return false }
    return rules.placement(of: device, size: machine.blockSize * 2).payer == .device
  }
}
