internal import HostModel
internal import KernelBehavior

/// What user memory takes of a host's kernel zones under another layout of them, once it fills the
/// host.
struct FullOutlook: Sendable {
  private let machine: FullMachine
  private let outlook: ReserveOutlook
  private let pageSize: PageSize
  /// What the kernel itself holds of its zones, by node.
  private let held: [NodeID: ByteCount]
  /// Descriptors of each node's memory, which lie at its top.
  private let memmap: [NodeID: ByteCount]

  /// Nil where the zones don't tell.
  init?(_ facts: HostFacts) {
    guard let machine = facts.full.value, let outlook = machine.outlook else { return nil }
    self.machine = machine
    self.outlook = outlook
    pageSize = facts.pageSize
    memmap = Dictionary(
      facts.nodes.map { ($0.node, facts.descriptor.bytes(for: $0.total)) },
      uniquingKeysWith: { first, _ in first }
    )
    held = machine.nodes.reduce(into: [:]) { $0[$1.id] = $1.held }
  }

  /// What the kernel can't have of its zones: what user memory takes of them at worst after swap gave
  /// back what it can, traces of page cache, watermarks and lowmem reserves.
  ///
  /// - Parameters:
  ///   - layout: The zones.
  ///   - areas: CMA areas in kernel zones, for movable pages only.
  ///   - growth: What will be added to them while the host runs.
  /// - Returns: All that is closed to the kernel.
  func closed(
    _ layout: BootLayout,
    beside areas: LayoutAreas.Held,
    _ growth: PlannedGrowth
  ) -> ByteCount {
    var kernel: [NodeID: ByteCount] = [:]
    var movable: [NodeID: ByteCount] = growth.movable
    for node in layout.nodes {
      let area = (areas.inKernelZones[node.id] ?? .zero).bytes(of: pageSize)
      kernel[node.id] = node.kernelPages.bytes(of: pageSize).subtractingOrZero(area)
      let own = node.movablePages.bytes(of: pageSize).subtractingOrZero(memmap[node.id] ?? .zero)
      movable[node.id, default: .zero] += own + area
    }
    var rooms = outlook.rooms(kernel, beside: movable, held: held)
    for (node, size) in growth.kernel {
      rooms[node, default: ReserveOutlook.Room()].open += size
    }
    let lost = machine.with(movable: movable, kernel: rooms).lostAtWorst
    return lost + reserve(layout, beside: areas)
  }

  /// Watermarks and lowmem reserves of the kernel zones alone.
  func reserve(_ layout: BootLayout, beside areas: LayoutAreas.Held) -> ByteCount {
    let kernel = layout.nodes.map { node in
      let area = areas.inKernelZones[node.id] ?? .zero
      return (node.id, node.kernelPages.subtractingOrZero(area).bytes(of: pageSize))
    }
    return outlook.reserves(Dictionary(uniqueKeysWithValues: kernel)).values.total()
  }
}
