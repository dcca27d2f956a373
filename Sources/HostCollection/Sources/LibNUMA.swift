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

  /// All configured nodes, or nil where the library is not installed, the kernel has no NUMA policy
  /// support, or /sys does not show them: libnuma then takes it that there is one, and knows nothing
  /// of it.
  package static func nodes() -> [Node]? {
    let last = zonewise_numa_last_node()
    guard last >= 0 else { return nil }
    let present = (0...last).filter { zonewise_numa_has_node(UInt32($0)) != 0 }
    guard !present.isEmpty else { return nil }
    return present.map { number in
      let cpuCount = zonewise_numa_cpu_count(number)
      return Node(
        id: NodeID(UInt32(number)),
        size: ByteCount(UInt64(max(0, zonewise_numa_size(number)))),
        cpuCount: cpuCount < 0 ? nil : Int(cpuCount),
        distances: present.map { Int(zonewise_numa_distance(number, $0)) }
      )
    }
  }
}
