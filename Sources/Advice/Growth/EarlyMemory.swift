internal import HostModel
internal import KernelBehavior

/// Tells boot memory from hot-added memory, which the kernel itself does not show.
struct EarlyMemory {
  /// Bytes of hot-added, online kernel memory on each node.
  private(set) var hotAddedKernel: [NodeID: ByteCount] = [:]
  private(set) var assumptions: [String] = []
  private let table: MemoryBlockTable
  private let pageSize: PageSize

  init(_ snapshot: HostSnapshot, table: MemoryBlockTable, pageSize: PageSize) {
    self.table = table
    self.pageSize = pageSize
    let boot = snapshot.vmstat.bootMemmap
    let total = table.blockSize * UInt64(table.blocks.count)
    switch boot {
    case .known(let pages, _):
      // Descriptors of boot memory cover whole sections, so they count boot blocks.
      let perBlock = PageDescriptor.bytes(for: table.blockSize, pageSize: pageSize)
      let bytes = pages.bytes(of: pageSize)
      let blocks = bytes.roundedUp(to: perBlock).scaled(by: 1, over: max(1, perBlock.count)).count
      let later = table.blocks.dropFirst(Int(clamping: blocks))
      for block in later {
        guard let zone = block.zone, zone.countsAsKernel, let node = block.nodes.first else {
          continue
        }
        hotAddedKernel[node, default: .zero] += table.blockSize
      }
    case .unknown:
      if total > 0 {
        assumptions.append(
          "this kernel does not tell boot memory from memory added later (nr_memmap_boot_pages): "
            + "all memory in kernel zones is taken for boot memory"
        )
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
    if let found = zones.zone(.movable), found.isPopulated { node.movable = zone(found) }
    node.hasCPUs =
      (facts.nodes.first { $0.node == zones.node }?.cpuCount.value ?? 1) > 0
    // Hot-added memory lies above boot memory: the highest zone has it.
    var later = (hotAddedKernel[zones.node] ?? .zero).pages(of: pageSize)
    for index in node.kernelZones.indices.reversed() {
      var early = node.kernelZones[index].present
      later.take(upTo: early.take(upTo: later))
      node.kernelZones[index].presentEarly = early
    }
    return node
  }

  private func zone(_ snapshot: ZoneSnapshot) -> HotplugMemory.Zone {
    var zone = HotplugMemory.Zone(snapshot.kind)
    zone.frames = snapshot.frames.value ?? zone.frames
    zone.present = snapshot.present.value ?? .zero
    zone.cma = snapshot.cma.value ?? .zero
    return zone
  }
}
