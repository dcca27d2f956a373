/// /proc/zoneinfo as a value: every node, zone and counter that the kernel printed.
package struct ZoneInfo: Hashable, Sendable {
  /// The nodes in the order of the file.
  package var nodes: [NodeZones]
  /// Whether zones without pages are among them, as 4.12 and newer print them; older kernels leave
  /// them out.
  package var hasUnpopulatedZones = false

  package init(nodes: [NodeZones] = []) { self.nodes = nodes }

  /// Whether `present` stands in for `managed`, which kernels before 3.9 do not print.
  package var presentIsManaged: Bool { nodes.first?.zones.first?.presentIsManaged == true }

  /// All zones of all nodes, unpopulated ones too.
  package var zones: [ZoneSnapshot] { nodes.flatMap(\.zones) }

  package func node(_ id: NodeID) -> NodeZones? { nodes.first { $0.node == id } }
}
