package import HostModel

/// The nodes that the kernel looks at for pages, one after the other, for a request from each node.
///
/// All zones of a node come before those of the next one, highest zone first, since 4.14
/// (mm/page_alloc.c, `build_zonelists_in_node_order`): user memory fills the kernel zones of a node
/// before it reaches ZONE_MOVABLE of another. The nearest node is next; of nodes that are equally
/// near one without cpus, then one with a higher number (`find_next_best_node`).
package struct FallbackOrder: Hashable, Sendable {
  /// A node as far as the order depends on it.
  package struct Node: Hashable, Sendable {
    package var id: NodeID
    package var hasCPUs: Bool
    package var hasMemory: Bool
    /// To every node; nodes that are not named are at the kernel's REMOTE_DISTANCE.
    package var distances: [NodeID: Int]

    package init(
      id: NodeID,
      hasCPUs: Bool,
      hasMemory: Bool = true,
      distances: [NodeID: Int] = [:]
    ) {
      self.id = id
      self.hasCPUs = hasCPUs
      self.hasMemory = hasMemory
      self.distances = distances
    }

    func distance(to other: NodeID) -> Int { distances[other] ?? (other == id ? 10 : 20) }
  }

  private let orders: [NodeID: [NodeID]]

  /// - Parameter nodes: The nodes that are online, in the order of their numbers.
  package init(_ nodes: [Node]) {
    let places = nodes.filter(\.hasMemory)
    // How often a node was the first of those at its distance: such nodes take turns.
    var load: [NodeID: Int] = [:]
    var orders: [NodeID: [NodeID]] = [:]
    for node in nodes {
      var order = node.hasMemory ? [node.id] : []
      var before = node.distance(to: node.id)
      for next in Self.others(than: node, among: places, load) {
        let distance = node.distance(to: next)
        if distance != before { load[next, default: 0] += 1 }
        order.append(next)
        before = distance
      }
      orders[node.id] = order
    }
    self.orders = orders
  }

  /// The nodes for a request from `node`, itself first where it has memory.
  package func nodes(from node: NodeID) -> [NodeID] { orders[node] ?? [] }

  /// The nearest first. A node's load changes only once it is taken, so one look sets the order of all.
  private static func others(
    than node: Node,
    among places: [Node],
    _ load: [NodeID: Int]
  ) -> [NodeID] {
    // Loads decide only where all else is equal: the kernel scales the rest by MAX_NUMNODES.
    let costs = places.enumerated().map { place, other in
      let near = node.distance(to: other.id) + (other.id < node.id ? 1 : 0)
      return (near + (other.hasCPUs ? 1 : 0), load[other.id] ?? 0, place)
    }
    return costs.sorted { $0 < $1 }.map { places[$0.2].id }.filter { $0 != node.id }
  }
}
