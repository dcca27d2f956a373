/// A NUMA node as sysfs (or libnuma) describes it.
package struct NUMANode: Hashable, Sendable {
  package var id: NodeID
  /// How many cpus it has; zero for a memory-only node.
  package var cpuCount: Reading<Int>
  /// Distances to all online nodes, in the order of their numbers; 10 is local.
  package var distances: Reading<[Int]>
  /// nodeN/meminfo.
  package var meminfo: Reading<Meminfo>
  /// nodeN/vmstat: sums over the node's zones, without events.
  package var vmstat: Reading<MemoryCounters>
  /// nodeN/numastat.
  package var numastat: Reading<CounterTable>
  /// HugeTLB pools of this node.
  package var hugePagePools: [HugePagePool]

  package init(id: NodeID) {
    self.id = id
    let missing = UnknownReason.missing(input: "/sys/devices/system/node/node\(id)")
    cpuCount = .unknown(missing)
    distances = .unknown(missing)
    meminfo = .unknown(missing)
    vmstat = .unknown(missing)
    numastat = .unknown(missing)
    hugePagePools = []
  }
}
