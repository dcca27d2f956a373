package import HostModel
internal import KernelBehavior

/// What the devices that are planned for a machine will add to it, as far as sizing depends on that.
package struct PlannedGrowth: Hashable, Sendable {
  /// What becomes Movable, by node.
  package var movable: [NodeID: ByteCount] = [:]
  /// What the kernel can use, by node.
  package var kernel: [NodeID: ByteCount] = [:]
  /// Kernel memory that it costs beyond what is needed without it: descriptors, what its use takes,
  /// more of a margin.
  package var cost = ByteCount.zero

  package init() {}

  /// How much of so much boot memory may be Movable, beside what the devices make Movable.
  ///
  /// - Parameters:
  ///   - boot: Boot memory.
  ///   - node: Of one node; nil for the host.
  ///   - limit: The ratio to keep.
  /// - Returns: The part of boot memory.
  func movablePart(
    of boot: ByteCount,
    on node: NodeID?,
    by limit: MovableRatio
  ) -> ByteCount {
    let late = node.map { self.movable[$0] ?? .zero } ?? movable.values.total()
    let kernel = node.map { self.kernel[$0] ?? .zero } ?? self.kernel.values.total()
    return min(boot, limit.movablePart(of: boot + late + kernel).subtractingOrZero(late))
  }

  /// Whether it is the devices that keep boot memory from being Movable: without them twice as much
  /// could be, or any at all.
  func limits(_ most: ByteCount, of boot: ByteCount, by limit: MovableRatio) -> Bool {
    guard !movable.isEmpty else { return false }
    return most * 2 < limit.movablePart(of: boot)
  }
}

extension PlannedGrowth {
  /// What a plan comes to. A device that can't be added to the machine as it is counts as what it
  /// would be: another division of boot memory is to make room for it.
  init(_ plan: GrowthPlan, adding devices: [GrowthStep], margin: ByteCount) {
    let machine = plan.machine
    var total = machine.size
    for (index, device) in devices.enumerated() {
      let outcome = plan.steps.indices.contains(index) ? plan.steps[index].outcome : nil
      guard let outcome, outcome.failure == nil else {
        total += assume(device, on: machine)
        continue
      }
      cost += outcome.paid.values.total()
      var added = outcome.filled.left
      add(outcome.filled.left, to: outcome.filled.zone, of: device.node)
      for run in outcome.runs {
        let size = machine.blockSize * run.blocks
        add(size, to: run.zone, of: device.node)
        added += size
      }
      // Of a block in part what is not plugged yet counts with it: the next step plugs that first.
      total += added
    }
    let need = machine.need
    cost += need.growth(from: machine.size, to: total)
    cost += need.spare(total: total).subtractingOrZero(margin)
  }

  private mutating func add(_ size: ByteCount, to zone: ZoneKind?, of node: NodeID) {
    guard let zone, size > .zero else { return }
    if zone == .movable {
      movable[node, default: .zero] += size
    } else {
      kernel[node, default: .zero] += size
    }
  }

  /// What a device that was not simulated would add; returns how much memory that is.
  private mutating func assume(_ device: GrowthStep, on machine: GrowthMachine) -> ByteCount {
    let memmap = machine.rules.placement(of: device.device, size: device.size)
    if memmap.payer == .kernelZones { cost += memmap.bytes }
    guard device.device.isRAM else { return .zero }
    switch machine.onlineType(of: device) {
    case .offline: return .zero
    case .onlineKernel: add(device.size, to: .normal, of: device.node)
    case .online, .onlineMovable: add(device.size, to: .movable, of: device.node)
    }
    return device.size
  }
}
