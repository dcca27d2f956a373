internal import HostModel
internal import KernelBehavior

/// Tells boot memory from hot-added memory, which the kernel itself does not show.
struct EarlyMemory {
  /// Bytes of hot-added, online memory on each node, by the side of the ratio.
  private(set) var hotAddedKernel: [NodeID: ByteCount] = [:]
  private(set) var hotAddedMovable: [NodeID: ByteCount] = [:]
  private(set) var assumptions: [String] = []
  /// Whether the kernel tells them apart.
  var isKnown: Bool { assumptions.isEmpty }
  private let table: MemoryBlockTable
  private let pageSize: PageSize

  init(_ snapshot: HostSnapshot, table: MemoryBlockTable, pageSize: PageSize) {
    self.table = table
    self.pageSize = pageSize
    guard let described = BootMemory.described(in: snapshot, pageSize: pageSize) else {
      if !table.blocks.isEmpty {
        assumptions.append(
          "this kernel does not tell boot memory from memory added later (nr_memmap_boot_pages): "
            + "all memory in kernel zones is taken for boot memory"
        )
      }
      return
    }
    // Descriptors of boot memory cover whole sections, so they count boot blocks.
    let block = max(1, table.blockSize.pages(of: pageSize))
    let blocks = described.roundedUp(to: block).count / block.count
    for block in table.blocks.dropFirst(Int(clamping: blocks)) {
      guard let zone = block.zone, let node = block.nodes.first else { continue }
      if zone.countsAsKernel {
        hotAddedKernel[node, default: .zero] += table.blockSize
      } else if zone == .movable {
        hotAddedMovable[node, default: .zero] += table.blockSize
      }
    }
  }

  /// The host's zones as the onlining policies see them.
  func memory(of facts: HostFacts) -> HotplugMemory {
    HotplugMemory(
      nodes: facts.zoneinfo.nodes.map { node(of: $0, in: facts) },
      blockPages: table.blockSize.pages(of: pageSize)
    )
  }

  private func node(of zones: NodeZones, in facts: HostFacts) -> HotplugMemory.Node {
    let kernel = zones.zones.filter { $0.kind.countsAsKernel && $0.isPopulated }.map(zone)
    var node = HotplugMemory.Node(id: zones.node, kernelZones: kernel)
    if let found = zones.zone(.movable), found.isPopulated {
      node.movable = zone(found)
      let late = lateMovable(on: zones.node, present: found.presentPages.bytes(of: pageSize), facts)
      node.movable.presentEarly = node.movable.present.subtractingOrZero(late.pages(of: pageSize))
    }
    // Hot-added memory lies above boot memory: the highest zone has it.
    var later = (hotAddedKernel[zones.node] ?? .zero).pages(of: pageSize)
    for index in node.kernelZones.indices.reversed() {
      var early = node.kernelZones[index].present
      later.take(upTo: early.take(upTo: later))
      node.kernelZones[index].presentEarly = early
    }
    return node
  }

  /// What of a node's Movable was added after boot, whose descriptors the kernel zones pay for.
  func lateMovable(on node: NodeID, present: ByteCount, _ facts: HostFacts) -> ByteCount {
    guard facts.asksForMovableAtBoot else { return present }
    return min(present, hotAddedMovable[node] ?? .zero)
  }

  private func zone(_ snapshot: ZoneSnapshot) -> HotplugMemory.Zone {
    var zone = HotplugMemory.Zone(snapshot.kind)
    zone.frames = snapshot.frames.value ?? zone.frames
    zone.present = snapshot.present.value ?? .zero
    zone.cma = snapshot.cma.value ?? .zero
    return zone
  }
}

extension HostFacts {
  /// What of each node's Movable was added after boot.
  var lateMovable: [NodeID: ByteCount] {
    if let knownLateMovable { return knownLateMovable }
    let table = snapshot.memoryBlocks.value ?? MemoryBlockTable(blockSize: .zero, blocks: [])
    let early = EarlyMemory(snapshot, table: table, pageSize: pageSize)
    return Dictionary(
      uniqueKeysWithValues: nodes.map { account in
        (account.node, early.lateMovable(on: account.node, present: account.movablePresent, self))
      }
    )
  }
}
