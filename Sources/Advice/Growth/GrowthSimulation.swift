package import HostModel
package import KernelBehavior

/// A machine while devices are added to it, one after the other.
package struct GrowthSimulation: Sendable {
  package let machine: GrowthMachine
  package private(set) var memory: HotplugMemory
  package private(set) var headroom: [NodeID: ByteCount]
  /// RAM added so far, online or not.
  package private(set) var added = ByteCount.zero
  /// Nodes that got kernel memory: how they stood before tells nothing of them any more.
  private var helped: Set<NodeID> = []
  /// Whether anything was added, online or not.
  private(set) var isChanged = false
  /// The group of the virtio-mem device on each node: every step asks the same device for more.
  private var virtioMemGroups: [NodeID: Int] = [:]
  /// What is left to plug of the last block that virtio-mem began on a node.
  private var begun: [NodeID: BegunBlock] = [:]

  package init(_ machine: GrowthMachine) {
    self.machine = machine
    memory = machine.memory
    headroom = machine.headroom
  }

  /// A block that virtio-mem has added whole and plugged in part. The next step on the node plugs the
  /// rest first, as the same device does when it is asked for more (`virtio_mem_sbm_plug_request`).
  package struct BegunBlock: Hashable, Sendable {
    /// Nil where it stayed offline.
    package var zone: ZoneKind?
    package var left: ByteCount
  }

  /// Neighbouring blocks of a device that go to the same zone.
  package struct Run: Hashable, Sendable {
    /// Nil where they stay offline.
    package var zone: ZoneKind?
    package var blocks: UInt64
    package var reason: ZoneChoice.Reason?
  }

  /// What became of one device.
  package struct Outcome: Hashable, Sendable {
    package var runs: [Run] = []
    /// What was plugged of a block that an earlier step had begun; zero where there was none.
    package var filled = BegunBlock(zone: nil, left: .zero)
    /// What of the last block is not plugged.
    package var unplugged = ByteCount.zero
    package var memmap: MemmapPlacement
    /// Kernel memory taken, descriptors and the blocks' own overhead, by node.
    package var paid: [NodeID: ByteCount] = [:]
    package var failure: Failure?
  }

  /// Why a device can't be added.
  package enum Failure: Hashable, Sendable {
    /// The kernel refuses sizes that are no multiple of a block.
    case notABlockMultiple(block: ByteCount)
    /// virtio-mem plugs whole sub-blocks.
    case notASubBlockMultiple(subBlock: ByteCount)
    /// Less than one block is left of a DAX device after its ends are cut off.
    case smallerThanBlock(block: ByteCount)
    /// Descriptors need more than the kernel zones can give.
    case descriptors(needed: ByteCount, available: ByteCount)
    /// Beyond the addresses that the kernel can use.
    case address(limit: ByteCount)
  }

  /// All kernel memory that can still be taken.
  package var totalHeadroom: ByteCount { headroom.values.total() }
  /// What the machine has now, as its owner counts it.
  package var total: ByteCount { machine.size + added }
  package var kernel: ByteCount {
    memory.kernel.bytes(of: machine.pageSize).subtractingOrZero(unplugged { $0 != .movable })
  }
  package var movable: ByteCount {
    memory.movable.bytes(of: machine.pageSize).subtractingOrZero(unplugged { $0 == .movable })
  }

  /// Memory that zones count as present and that is not plugged yet.
  private func unplugged(where matches: (ZoneKind) -> Bool) -> ByteCount {
    begun.values.filter { $0.zone.map(matches) ?? false }.map(\.left).total()
  }

  /// How nodes stand that got no kernel memory, and the host where nothing was added to it: as they
  /// stood. Nil where only a machine's size is known.
  var standing: Verdict? {
    guard let before = machine.standing else { return nil }
    if !isChanged { return before.verdict }
    return before.nodes.filter { !helped.contains($0.node) }.map(\.verdict).max()
  }

  /// Adds a device; one that fails changes nothing.
  package mutating func add(_ step: GrowthStep) -> Outcome {
    let outcome = place(step)
    guard outcome.failure == nil else { return outcome }
    isChanged = true
    if outcome.blocks(where: { $0 != .movable }) > 0 { helped.insert(step.node) }
    return outcome
  }

  private mutating func place(_ step: GrowthStep) -> Outcome {
    if let failure = refusal(of: step) { return failed(step, failure) }
    let block = machine.blockSize
    let before = self
    let filled = fill(step)
    let rest = step.size.subtractingOrZero(filled.left)
    // kmem cuts off what fills no block, virtio-mem adds the block and plugs a part; all else is
    // refused above.
    let size =
      step.device == .virtioMem
      ? rest.roundedUp(to: block) : step.device.isRAM ? rest.roundedDown(to: block) : rest
    var outcome = Outcome(memmap: machine.rules.placement(of: step.device, size: size))
    outcome.filled = filled
    let blocks = step.device.isRAM ? size.scaled(by: 1, over: block.count).count : 0
    let cost = costs(outcome.memmap, blocks: blocks)
    let isGradual = step.device == .virtioMem || step.device == .block
    if !isGradual {
      guard pay(cost, from: step.node, into: &outcome) else {
        self = before
        return failed(step, .descriptors(needed: cost, available: totalHeadroom))
      }
    }
    guard step.device.isRAM else { return outcome }
    let share = isGradual ? cost.scaled(by: 1, over: max(1, blocks)) : .zero
    if let failure = online(step, blocks: blocks, costPerBlock: share, into: &outcome) {
      self = before
      return failed(step, failure)
    }
    added += filled.left + (step.device == .virtioMem ? rest : size)
    begin(step, left: size.subtractingOrZero(rest), in: &outcome)
    return outcome
  }

  // MARK: Blocks in part

  /// Plugs what is left of the block that was begun on the node; tells how much and where.
  private mutating func fill(_ step: GrowthStep) -> BegunBlock {
    guard step.device == .virtioMem, let last = begun[step.node] else {
      return BegunBlock(zone: nil, left: .zero)
    }
    var left = last.left
    let part = left.take(upTo: step.size)
    begun[step.node] = left > 0 ? BegunBlock(zone: last.zone, left: left) : nil
    if let zone = last.zone, zone != .movable { headroom[step.node, default: .zero] += part }
    return BegunBlock(zone: last.zone, left: part)
  }

  /// Remembers what is not plugged of the last block.
  private mutating func begin(_ step: GrowthStep, left: ByteCount, in outcome: inout Outcome) {
    guard step.device == .virtioMem, left > 0, let last = outcome.runs.last else { return }
    outcome.unplugged = left
    begun[step.node] = BegunBlock(zone: last.zone, left: left)
    if let zone = last.zone, zone != .movable { headroom[step.node]?.take(upTo: left) }
  }

  /// Why the kernel does not even try: the size itself.
  func refusal(of step: GrowthStep) -> Failure? {
    guard step.device.isRAM else { return nil }
    let block = machine.blockSize
    let whole = step.size.roundedDown(to: block)
    switch step.device {
    case .cxl, .pmem: if whole == .zero { return .smallerThanBlock(block: block) }
    case .virtioMem:
      let unit = machine.rules.virtioMemUnit
      guard step.size.roundedDown(to: unit) == step.size else {
        return .notASubBlockMultiple(subBlock: unit)
      }
    case .dimm, .block: if whole != step.size { return .notABlockMultiple(block: block) }
    }
    let limit = MemoryBlockSize.addressLimit(machine.rules.architecture)
    let end = memory.end.address(pageSize: machine.pageSize)
    return step.size > limit.subtractingOrZero(end) ? .address(limit: limit) : nil
  }

  private func failed(_ step: GrowthStep, _ failure: Failure) -> Outcome {
    Outcome(
      memmap: machine.rules.placement(of: step.device, size: step.size),
      failure: failure
    )
  }

  /// Kernel memory that a device takes before it gives any.
  private func costs(_ memmap: MemmapPlacement, blocks: UInt64) -> ByteCount {
    (memmap.payer == .kernelZones ? memmap.bytes : .zero) + GrowthMachine.blockOverhead * blocks
  }

  /// Takes kernel memory, from the node itself first, then from the others in order.
  private mutating func pay(
    _ cost: ByteCount,
    from node: NodeID,
    into outcome: inout Outcome
  ) -> Bool {
    var left = cost
    let order = [node] + headroom.keys.filter { $0 != node }.sorted()
    for payer in order {
      guard left > 0, var available = headroom[payer] else { continue }
      let part = available.take(upTo: left)
      headroom[payer] = available
      if part > 0 { outcome.paid[payer, default: .zero] += part }
      left.take(upTo: part)
    }
    return left == .zero
  }

  // MARK: Zones

  private mutating func online(
    _ step: GrowthStep,
    blocks: UInt64,
    costPerBlock: ByteCount,
    into outcome: inout Outcome
  ) -> Failure? {
    let pages = memory.blockPages
    let group = register(step, pages: pages * blocks)
    // A fixed group decides about its own blocks only.
    defer { if let group, step.device != .virtioMem { memory.groups.remove(at: group) } }
    var first = memory.end
    var left = blocks
    while left > 0 {
      let type = machine.onlineType(of: step)
      guard type != .offline else {
        let cost = costPerBlock * left
        guard pay(cost, from: step.node, into: &outcome) else {
          return .descriptors(needed: cost, available: totalHeadroom)
        }
        outcome.append(Run(zone: nil, blocks: left, reason: nil))
        return nil
      }
      let choice = memory.choice(
        for: first,
        on: step.node,
        group: group,
        type: type,
        settings: machine.settings
      )
      let count = min(left, run(of: step, choice, group: group))
      let cost = costPerBlock * count
      if choice.zone != .movable, costPerBlock > 0, count > 1 {
        // Each block brings the memory for the next one's descriptors.
        guard pay(costPerBlock, from: step.node, into: &outcome) else {
          return .descriptors(needed: costPerBlock, available: totalHeadroom)
        }
        let rest = costPerBlock * (count - 1)
        headroom[step.node, default: .zero] += (machine.blockSize * count).subtractingOrZero(rest)
        outcome.paid[step.node, default: .zero] += rest
      } else {
        guard pay(cost, from: step.node, into: &outcome) else {
          return .descriptors(needed: cost, available: totalHeadroom)
        }
        if choice.zone != .movable {
          headroom[step.node, default: .zero] += usable(count, outcome.memmap, of: blocks)
        }
      }
      memory.online(first, blocks: count, on: step.node, group: group, zone: choice.zone)
      outcome.append(Run(zone: choice.zone, blocks: count, reason: choice.reason))
      first = first + pages * count
      left -= count
    }
    return nil
  }

  /// What kernel-zone blocks give beyond the descriptors that they hold themselves.
  private func usable(
    _ count: UInt64,
    _ memmap: MemmapPlacement,
    of blocks: UInt64
  ) -> ByteCount {
    let bytes = machine.blockSize * count
    guard memmap.payer == .device else { return bytes }
    return bytes.subtractingOrZero(
      (memmap.bytes + memmap.wasted).scaled(by: count, over: blocks)
    )
  }

  /// For how many blocks the same choice holds: only a device without a fixed group, under
  /// auto-movable, can change its zone on the way.
  private func run(of step: GrowthStep, _ choice: ZoneChoice, group: Int?) -> UInt64 {
    let settings = machine.settings
    guard machine.onlineType(of: step) == .online, settings.policy.value == .autoMovable,
      step.device == .virtioMem || step.device == .block
    else { return .max }
    // Kernel memory of a virtio-mem device allows for more Movable in the next block.
    guard choice.zone == .movable else { return group == nil ? .max : 1 }
    let policy = AutoMovable(
      ratio: settings.autoMovableRatio.value,
      numaAware: settings.numaAware.value
    )
    var room = policy.room(in: memory, group: group, node: nil)
    if policy.numaAware { room = min(room, policy.room(in: memory, group: group, node: step.node)) }
    return max(1, room.scaled(by: 1, over: memory.blockPages.count).count)
  }

  private mutating func register(_ step: GrowthStep, pages: PageCount) -> Int? {
    switch step.device {
    case .dimm, .cxl, .pmem:
      memory.groups.append(HotplugMemory.Group(.fixed(pages), node: step.node))
    case .virtioMem:
      if let group = virtioMemGroups[step.node] { return group }
      memory.groups.append(
        HotplugMemory.Group(.dynamic(unit: memory.blockPages), node: step.node)
      )
      virtioMemGroups[step.node] = memory.groups.count - 1
    case .block:
      return nil
    }
    return memory.groups.count - 1
  }
}

extension GrowthSimulation.Outcome {
  fileprivate mutating func append(_ run: GrowthSimulation.Run) {
    if let last = runs.last, last.zone == run.zone, last.reason == run.reason {
      runs[runs.count - 1].blocks += run.blocks
    } else {
      runs.append(run)
    }
  }

  package func blocks(where matches: (ZoneKind) -> Bool) -> UInt64 {
    runs.reduce(0) { sum, run in sum + (run.zone.map(matches) == true ? run.blocks : 0) }
  }
}
