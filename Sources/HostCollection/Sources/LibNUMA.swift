internal import CNuma
package import HostModel

/// NUMA topology of the live host as libnuma sees it.
package enum LibNUMA {
  /// A node by libnuma's account.
  package struct Node: Hashable, Sendable {
    package var id: NodeID
    package var size: ByteCount
    /// Nil where libnuma could not read it.
    package var cpuCount: Int?
    package var distances: [Int]
  }

  /// All configured nodes, or nil where the kernel has no NUMA policy support, or /sys does not show
  /// them: libnuma then takes it that there is one, and knows nothing of it.
  package static func nodes() -> [Node]? {
    guard numa_available() >= 0 else { return nil }
    let last = numa_max_node()
    guard last >= 0 else { return nil }
    let present = (0...last).filter { zonewise_numa_has_node(UInt32($0)) != 0 }
    guard !present.isEmpty else { return nil }
    return present.map { number in
      var free: Int64 = 0
      let size = unsafe numa_node_size64(number, &free)
      return Node(
        id: NodeID(UInt32(number)),
        size: ByteCount(UInt64(max(0, size))),
        cpuCount: cpuCount(of: number),
        distances: present.map { Int(numa_distance(number, $0)) }
      )
    }
  }

  private static func cpuCount(of node: Int32) -> Int? {
    guard let cpus = unsafe numa_allocate_cpumask() else { return nil }
    defer { unsafe numa_free_cpumask(cpus) }
    guard unsafe numa_node_to_cpus(node, cpus) == 0 else { return nil }
    return Int(unsafe numa_bitmask_weight(cpus))
  }
}
