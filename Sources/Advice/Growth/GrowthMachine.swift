package import HostModel
package import KernelBehavior
package import Profiles

/// A machine that is to grow, as far as a plan depends on it.
package struct GrowthMachine: Sendable {
  package var memory: HotplugMemory
  /// What the kernel can still take on each node before an allocation fails.
  package var headroom: [NodeID: ByteCount]
  /// The machine once user memory fills it; nil where no machine was read.
  package var full: FullMachine?
  /// How a host stands before anything is added; nil for a machine of which only its size is known.
  package var standing: CurrentBalance?
  package var need: GrowthNeed
  package var settings: OnliningSettings
  package var rules: MemmapRules
  package var profile: Profile
  /// RAM that the kernel zones can never hand out, and the watermarks.
  package var reserved: ByteCount
  /// What the machine has before anything is added, as its owner counts it.
  package var size: ByteCount
  /// What was taken for granted, one sentence each.
  package var assumptions: [String]
  /// Where its zones are not those that its command line gives here.
  package var disagreement: BootLayoutInputs.Disagreement?

  package var pageSize: PageSize { rules.pageSize }
  package var blockSize: ByteCount { rules.blockSize }

  /// What becomes of a device's blocks: its driver or an operator onlines them, or DLPAR its own, where
  /// nothing else does.
  func onlineType(of step: GrowthStep) -> OnlineType {
    let device = step.device
    let type = settings.defaultState.value
    if let onlined = step.onlined, type == .offline || settings.isAssumed { return onlined }
    guard type == .offline, device == .block,
      rules.kernel.hasOrAssumed(.driverOnlinesBlocks)
    else { return type }
    return .online
  }

  /// Kernel memory beside the descriptors that one block costs: its device, its sysfs entries, its
  /// section's usage map. Measured: 6.7 to 7.7 KiB on 6.1 with 184 to 414 blocks
  /// (Documentation/growth.md).
  package static let blockOverhead = ByteCount(7680)
}

extension GrowthMachine {
  /// A running or captured host.
  ///
  /// - Throws: What is missing to plan anything.
  package init(
    _ snapshot: HostSnapshot,
    profile: Profile,
    settings: OnliningSettings
  ) throws(AssessmentError) {
    let facts = try HostFacts(snapshot)
    let demand = DemandModel(facts: facts, survey: TermMeasurement(facts), profile: profile)
      .demand()
    guard case .known(let demand, _) = demand else {
      throw AssessmentError(
        input: "/proc/zoneinfo",
        reason: demand.reason ?? .undetermined("no demand")
      )
    }
    try self.init(facts, demand: demand, profile: profile, settings: settings)
    disagreement = LayoutNotUnderstood.difference(on: facts)
  }

  /// A host whose demand is known already.
  ///
  /// - Throws: What is missing to plan anything.
  package init(
    _ facts: HostFacts,
    demand: Demand,
    profile: Profile,
    settings: OnliningSettings
  ) throws(AssessmentError) {
    let snapshot = facts.snapshot
    guard let table = snapshot.memoryBlocks.value else {
      throw AssessmentError(
        input: "/sys/devices/system/memory",
        reason: snapshot.memoryBlocks.reason ?? .undetermined("no memory blocks")
      )
    }
    var headroom: [NodeID: ByteCount] = [:]
    for node in facts.nodes where node.total > 0 {
      switch node.headroom {
      case .known(let size, _): headroom[node.node] = size
      case .unknown(let reason): throw AssessmentError(input: "/proc/zoneinfo", reason: reason)
      }
    }
    var notes: [String] = settings.conflicts.map { $0 + ": planned for the latter" }
    let early = EarlyMemory(snapshot, table: table, pageSize: facts.pageSize)
    notes += early.assumptions + facts.kernel.unreadNotes
    memory = early.memory(of: facts)
    self.headroom = headroom
    switch facts.full {
    case .known(let machine, _): full = machine
    case .unknown(let reason): throw AssessmentError(input: "/proc/zoneinfo", reason: reason)
    }
    standing = CurrentBalance.judge(facts, demand: .known(demand), profile: profile)
    need = GrowthNeed(demand, profile: profile, pageSize: facts.pageSize)
    self.settings = settings
    self.profile = profile
    reserved = facts.nodes.map(\.kernelReserved).total() + demand.reserve
    size = facts.present
    assumptions = notes
    rules = MemmapRules(
      mode: settings.memmapOnMemory.value,
      kernel: facts.kernel,
      architecture: snapshot.architecture.value ?? .x86_64,
      pageSize: facts.pageSize,
      blockSize: table.blockSize
    )
    rules.optimizesHugePages = snapshot.hugePageOptimization ?? false
  }

  /// A small virtual machine right after boot, of which nothing but its size is known.
  package init(
    boot: ByteCount,
    profile: Profile,
    settings: OnliningSettings,
    kernel version: KernelVersion? = nil
  ) throws(MemoryMapError) {
    let kernel = Kernel(version: version, architecture: .x86_64)
    let page = PageSize.kib4
    let map = try VirtualPC.memoryMap(boot)
    let layout = BootLayout.predict(arguments: ZoneArguments(), map: map)
    let end = map.ranges.last?.frames.end.address(pageSize: page) ?? boot
    let block = MemoryBlockSize.chosen(
      by: kernel,
      architecture: .x86_64,
      pageSize: page,
      bootEnd: end,
      isVirtual: true
    )
    let baseline = BootBaseline.of(kernel)
    let present = layout.kernelPages.bytes(of: page)
    let reserved = baseline.reserved(of: present, describedBy: PageDescriptor(page, on: .x86_64))
    let used = baseline.used(of: present)
    let zones = UInt64(layout.nodes.flatMap(\.zones).count)
    rules = MemmapRules(
      mode: settings.memmapOnMemory.value,
      kernel: kernel,
      architecture: .x86_64,
      pageSize: page,
      blockSize: block
    )
    let free = MinimumFree.bytes(
      managed: present.subtractingOrZero(reserved),
      kernelZones: zones,
      pageblockSize: rules.pageblockSize,
      machine: present.subtractingOrZero(reserved)
    )
    // Pages of a low zone that are kept for requests which can't go higher: 1/256 of what lies above.
    let sizes = layout.nodes.flatMap(\.zones).map { $0.present.bytes(of: page) }
    let kept = sizes.indices.map { index in
      min(sizes[index], sizes[(index + 1)...].total().scaled(by: 1, over: 256))
    }.total()
    memory = HotplugMemory(
      nodes: layout.nodes.map { HotplugMemory.Node($0) },
      blockPages: block.pages(of: page)
    )
    headroom = [0: present.subtractingOrZero(reserved + used + free + kept)]
    need = GrowthNeed(now: used, profile: profile, pageSize: page)
    self.settings = settings
    self.profile = profile
    self.reserved = reserved + free + kept
    size = boot
    assumptions =
      [
        "no host was read: one node, x86-64, 4 KiB pages, and what Debian's Linux \(baseline.kernel) "
          + "cloud kernel had taken on small guests after boot (\((reserved + used).text), measured); a "
          + "smaller kernel takes less"
      ] + kernel.unreadNotes
  }
}

/// The memory map of a QEMU PC, with which its guests boot.
package enum VirtualPC {
  /// RAM below 4 GiB up to 3 GiB, the rest above it; the last 384 KiB below 1 MiB are firmware's.
  package static func memoryMap(_ size: ByteCount) throws(MemoryMapError) -> MemoryMap {
    func piece(_ start: ByteCount, _ end: ByteCount) -> MemoryMap.Piece {
      let addresses = AddressRange(start: start, end: end)
      return MemoryMap.Piece(node: 0, frames: FrameRange(whollyIn: addresses, pageSize: .kib4))
    }
    // From 3.5 GiB on the machine splits its memory at 3 GiB.
    let low = size >= .mebibytes(3584) ? ByteCount.gibibytes(3) : size
    var ranges = [
      piece(0x1000, min(0x9f000, low)),
      piece(0x100000, max(low, 0x100000)),
    ]
    if size > low {
      let start = ByteCount.gibibytes(4)
      ranges.append(piece(start, start + size.subtractingOrZero(low)))
    }
    return try MemoryMap(
      architecture: .x86_64,
      pageSize: .kib4,
      maxOrder: Architecture.x86_64.usualMaxOrder(.kib4),
      ranges: ranges
    )
  }
}

extension HotplugMemory.Node {
  /// A node as it is right after boot: all memory is early.
  init(_ node: BootLayout.Node) {
    func zone(_ zone: BootLayout.Zone) -> HotplugMemory.Zone {
      var result = HotplugMemory.Zone(zone.kind)
      result.frames = zone.frames
      result.present = zone.present
      result.presentEarly = zone.present
      return result
    }
    self.init(
      id: node.id,
      kernelZones: node.zones.filter { $0.kind != .movable }.map(zone)
    )
    if let found = node.zone(.movable) { movable = zone(found) }
  }
}
