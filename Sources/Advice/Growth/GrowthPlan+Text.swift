internal import HostModel
package import KernelBehavior

extension GrowthSimulation.Failure {
  /// What happens, with the figures.
  func text(for step: GrowthStep) -> String {
    switch self {
    case .notABlockMultiple(let block):
      let size = String(step.size.count, radix: 16)
      return "\(GrowthStep.exact(step.size)) is no multiple of the memory block of \(block.text): "
        + "the kernel adds nothing of it (\"Block size [0x\(String(block.count, radix: 16))] "
        + "unaligned hotplug range\", size 0x\(size))"
    case .notASubBlockMultiple(let unit):
      return
        "\(GrowthStep.exact(step.size)) is no multiple of \(unit.text), which virtio-mem plugs "
        + "at a time: the guest stays below what was asked for"
    case .smallerThanBlock(let block):
      return "\(GrowthStep.exact(step.size)) holds no whole memory block of \(block.text): "
        + "dax/kmem adds nothing of it"
    case .descriptors(let needed, let available):
      return "its page descriptors need \(needed.text) of kernel memory and \(available.text) can "
        + "be had: the kernel fails to add it, or the OOM killer comes"
    case .address(let limit):
      return "it would end above \(limit.text), the last address that this architecture's kernel "
        + "gives memory at"
    }
  }
}

extension GrowthMachine {
  /// Why no kernel takes a device of that size, whatever is free; nil where size is no obstacle.
  package func refusal(of step: GrowthStep) -> String? {
    GrowthSimulation(self).refusal(of: step)?.text(for: step)
  }
}

extension GrowthPlan {
  /// What onlining a step's device does, for someone about to do it.
  package func preflight(_ index: Int) -> String? {
    let step = steps[index]
    guard let name = step.request.name, step.outcome.failure == nil else { return nil }
    let start = GrowthSimulation(machine)
    let before =
      index > 0 ? steps[index - 1].ratio : MovableRatio(start.movable, to: start.kernel)
    let way = step.zoneName == "kernel" ? "as kernel memory" : "as movable"
    let costs = step.outcome.paid.sorted { $0.key < $1.key }.map {
      "\($0.value.text) of kernel memory on node \($0.key)"
    }
    let cost = costs.isEmpty ? "nothing" : costs.joined(separator: " and ")
    return "onlining \(name) \(way) takes the machine from \(before) to \(step.ratio) and costs "
      + cost
  }
}

extension GrowthPlan.Step {
  /// The zone as other programs know it: nil where no block goes online, or nothing is RAM.
  package var zoneName: String? {
    let filled = outcome.filled.left > 0 ? outcome.filled.zone : nil
    let movable = outcome.blocks { $0 == .movable } > 0 || filled == .movable
    let kernel = outcome.blocks { $0 != .movable } > 0 || filled != nil && filled != .movable
    switch (movable, kernel) {
    case (true, true): return "mixed"
    case (true, false): return "Movable"
    case (false, true): return "kernel"
    case (false, false): return nil
    }
  }

  /// Why the blocks go there, in one sentence.
  package func reason(_ machine: GrowthMachine) -> String {
    if let failure = outcome.failure { return failure.text(for: request) }
    guard request.device.isRAM else {
      return "stays a device: only its page descriptors are the kernel's concern"
    }
    var parts: [String] = []
    let filled = outcome.filled
    if filled.left > 0 {
      let place = filled.zone.map { "in \($0.name)" } ?? "offline"
      parts.append("plugs \(filled.left.text) more of the block that was begun, \(place)")
    }
    let onlined = machine.blockSize * outcome.runs.reduce(0) { $0 + $1.blocks }
    let tail =
      request.device == .virtioMem ? .zero : request.size.subtractingOrZero(onlined)
    for run in outcome.runs {
      let words = run.text(machine, node: request.node)
      parts.append(
        outcome.runs.count > 1 || filled.left > 0
          ? "\(run.blocks) block\(run.blocks == 1 ? "" : "s"): \(words)" : words
      )
      if parts.count >= 3, outcome.runs.count > 3 {
        parts.append("and so on, \(outcome.runs.count) runs in all")
        break
      }
    }
    if outcome.unplugged > 0 {
      parts.append(
        "the last block of \(machine.blockSize.text) is added whole and plugged but for "
          + outcome.unplugged.text
      )
    }
    if tail > 0 { parts.append("\(tail.text) at its ends fill no block and are lost") }
    if let refusal = outcome.memmap.refusal { parts.append(refusal.text(block: machine.blockSize)) }
    return parts.joined(separator: "; ")
  }
}

extension GrowthSimulation.Run {
  func text(_ machine: GrowthMachine, node: NodeID) -> String {
    let settings = machine.settings
    let state = settings.defaultState
    guard let zone, let reason else {
      return "stays offline (\(state.origin)) until somebody onlines it: costs descriptors, gives "
        + "nothing"
    }
    switch reason {
    case .onlineKernel: return "\(state.value.rawValue) (\(state.origin)) asks for a kernel zone"
    case .onlineMovable: return "\(state.value.rawValue) (\(state.origin)) asks for Movable"
    case .continuesZone: return "contig-zones: lies inside \(zone.name)"
    case .undecided(let movableNode):
      return movableNode
        ? "contig-zones: next to no zone alone, and movable_node is set"
        : "contig-zones: outside Movable, so it is kernel memory"
    case .withinRatio:
      return "auto-movable: stays within \(settings.autoMovableRatio.value) percent of boot memory"
    case .refused(let refusal):
      switch refusal {
      case .ratioIsZero: return "auto-movable: the ratio is 0"
      case .groupHasKernelMemory: return "auto-movable: its device has kernel memory already"
      case .ratio:
        return "auto-movable: with it Movable would exceed \(settings.autoMovableRatio.value) "
          + "percent of boot memory"
      case .ratioOfNode:
        return "auto-movable, numa_aware: with it Movable would exceed "
          + "\(settings.autoMovableRatio.value) percent of node \(node)'s own boot memory"
      }
    }
  }
}

extension MemmapPlacement.Refusal {
  func text(block size: ByteCount) -> String {
    let lead = "memmap_on_memory has no effect: "
    let block = size.text
    switch self {
    case .notInThisKernel: return lead + "this kernel was built without it, or is older than 5.13"
    case .notOnThisArchitecture: return lead + "not on this architecture"
    case .notAskedByDriver: return lead + "the driver of such devices does not ask for it"
    case .optimizedHugePages:
      return lead + "up to 6.0 hugetlb_free_vmemmap=on and it exclude each other"
    case .deviceLargerThanBlock:
      return lead + "before 6.8 only a device of exactly one block (\(block)) can have it"
    case .descriptorsDoNotFit: return lead + "the descriptors don't fit into a block of \(block)"
    case .notWholePageblocks:
      return lead + "a block's descriptors fill no whole pageblock (force wastes the rest)"
    case .notWholePMDs: return lead + "a block's descriptors fill no whole page-table entry"
    }
  }
}
