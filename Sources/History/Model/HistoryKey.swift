package import HostModel

/// Which series of a host: what it tells, and of which node.
package struct HistoryKey: Hashable, Sendable {
  package var quantity: HistoryQuantity
  /// Nil where it is told of the host as a whole.
  package var node: NodeID?

  package init(_ quantity: HistoryQuantity, node: NodeID? = nil) {
    self.quantity = quantity
    self.node = node
  }
}

extension HistoryKey: CustomStringConvertible {
  /// `slab, unreclaimable` or `node 0 headroom`
  package var description: String {
    node.map { "node \($0) \(quantity.title)" } ?? quantity.title
  }
}
