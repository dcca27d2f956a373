internal import Advice
internal import HostModel
internal import KernelBehavior

/// Memory that a host got after its boot, as the devices that a spec would plug in.
struct AddedMemory {
  /// A device, and in which zone the host has it.
  struct Part: Hashable {
    var step: GrowthStep
    /// Of its blocks, those in ZONE_MOVABLE, in kernel zones, and offline.
    var movable: UInt64 = 0
    var kernel: UInt64 = 0
    var offline: UInt64 = 0
    var last: UInt64
    /// The zone of its last block.
    var zone: ZoneKind?
  }

  private(set) var parts: [Part] = []
  let blockSize: ByteCount

  /// The memory blocks that no boot memory lies in, neighbours on one node together.
  ///
  /// A module of memory goes to one zone as a whole; virtio-mem and Hyper-V decide block by block.
  init?(_ snapshot: HostSnapshot, _ inputs: BootLayoutInputs) {
    guard let table = snapshot.memoryBlocks.value, table.blockSize > .zero else { return nil }
    blockSize = table.blockSize
    let block = table.blockSize.pages(of: inputs.map.pageSize)
    let kind = Self.kind(snapshot)
    let boot = inputs.map.ranges.map(\.frames).sorted { $0.start < $1.start }
    var index = 0
    for entry in table.blocks.sorted(by: { $0.number < $1.number }) {
      guard let node = entry.nodes.first else { continue }
      let start = PageFrameNumber((block * entry.number).count)
      let frames = FrameRange(start: start, pages: block)
      while index < boot.count, boot[index].end <= frames.start { index += 1 }
      if index < boot.count, boot[index].start < frames.end { continue }
      add(entry, on: node, kind)
    }
  }

  private mutating func add(_ entry: MemoryBlock, on node: NodeID, _ kind: HotplugDevice) {
    let isWhole = kind == .dimm
    if let last = parts.last, last.last + 1 == entry.number, last.step.node == node,
      !isWhole || last.zone == entry.zone
    {
      parts[parts.count - 1].last = entry.number
      parts[parts.count - 1].step.size += blockSize
    } else {
      let step = GrowthStep(device: kind, size: blockSize, node: node)
      parts.append(Part(step: step, last: entry.number, zone: entry.zone))
    }
    switch entry.zone {
    case .movable?: parts[parts.count - 1].movable += 1
    case .some: parts[parts.count - 1].kernel += 1
    case nil: parts[parts.count - 1].offline += 1
    }
  }

  /// What such memory is on this host.
  private static func kind(_ snapshot: HostSnapshot) -> HotplugDevice {
    let devices = snapshot.devices
    if devices.virtioMem.value?.isEmpty == false { return .virtioMem }
    if (devices.dax.value ?? []).contains(where: { $0.driver == .kmem }) {
      return devices.persistentMemory.value?.isEmpty == false ? .pmem(.systemRAM) : .cxl
    }
    return .dimm
  }

  /// Whether a plan puts every device where the host has it.
  func isReproduced(by plan: GrowthPlan) -> Bool {
    guard plan.firstFailure == nil, plan.steps.count == parts.count else { return false }
    return zip(plan.steps, parts).allSatisfy { step, part in
      step.outcome.blocks { $0 == .movable } == part.movable
        && step.outcome.blocks { $0 != .movable } == part.kernel
    }
  }
}
