/// The zones of one node, and the counters that the kernel keeps per node.
package struct NodeZones: Hashable, Sendable {
  package var node: NodeID
  /// What stands under `per-node stats` (4.9 and newer); empty on older kernels and memoryless nodes.
  package var counterTable = CounterTable(of: .memory)
  package var zones: [ZoneSnapshot] = []

  package init(node: NodeID) { self.node = node }

  /// Where the numbers come from, for the reader.
  package var input: Input { Input("/proc/zoneinfo", node: node) }

  /// The counters of the node itself.
  package var counters: MemoryCounters {
    get { MemoryCounters(counterTable, in: input) }
    set { counterTable = newValue.table }
  }

  package func zone(_ kind: ZoneKind) -> ZoneSnapshot? { zones.first { $0.kind == kind } }

  /// Whether the node shows such a zone.
  package func has(_ kind: ZoneKind) -> Bool {
    // A span hands out parts of zones without taking copies of the zones.
    let zones = zones.span
    for index in zones.indices where zones[index].kind == kind { return true }
    return false
  }

  /// Zones that ordinary kernel allocations come from and that own pages.
  package var kernelZones: [ZoneSnapshot] {
    zones.filter { $0.kind.servesKernel && $0.isPopulated }
  }

  /// RAM of all zones, reserved pages included.
  package var present: PageCount { zones.map(\.presentPages).total() }

  /// Kernel stacks, the one counter that the kernel keeps in KiB.
  package var kernelStack: Reading<ByteCount> {
    pages(.kernelStack).map { ByteCount.kibibytes($0.count) }
  }

  /// A counter that the kernel keeps per node, or kept per zone when it was younger.
  package func pages(_ counter: MemoryCounter) -> Reading<PageCount> {
    if case .known(let pages, let input) = counters[counter] { return .known(pages, from: input) }
    let perZone = zones.filter { $0.counterTable.has(counter) }
    guard perZone.isEmpty else { return perZone.total { $0.gauge(counter) } }
    return .unknown(.notReported(input: input.description, field: counter.text))
  }
}
