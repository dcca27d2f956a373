/// Nodes whose memory is about as fast: /sys/devices/virtual/memory_tiering/memory_tierN (since 6.1).
package struct MemoryTier: Hashable, Sendable {
  /// Higher numbers are slower.
  package var number: UInt32
  package var nodes: [NodeID]

  package init(number: UInt32, nodes: [NodeID]) {
    self.number = number
    self.nodes = nodes
  }
}
