/// /proc/zoneinfo as a value: every node, zone and counter that the kernel printed.
package struct ZoneInfo: Hashable, Sendable {
  /// The nodes in the order of the file.
  package var nodes: [NodeZones]
  /// Whether zones without pages are among them, as 4.12 and newer print them; older kernels leave
  /// them out.
  package var hasUnpopulatedZones = false

  package init(nodes: [NodeZones] = []) { self.nodes = nodes }

  /// All zones of all nodes, unpopulated ones too.
  package var zones: [ZoneSnapshot] { nodes.flatMap(\.zones) }

  package func node(_ id: NodeID) -> NodeZones? { nodes.first { $0.node == id } }
}

/// The zones of one node, and the counters that the kernel keeps per node.
package struct NodeZones: Hashable, Sendable {
  package var node: NodeID
  /// Counters under `per-node stats` (4.9 and newer); empty on older kernels and memoryless nodes.
  package var counters = CounterTable()
  package var zones: [ZoneSnapshot] = []

  package init(node: NodeID) { self.node = node }

  package func zone(_ kind: ZoneKind) -> ZoneSnapshot? { zones.first { $0.kind == kind } }

  /// Zones that ordinary kernel allocations come from and that own pages.
  package var kernelZones: [ZoneSnapshot] {
    zones.filter { $0.kind.servesKernel && $0.isPopulated }
  }
}
