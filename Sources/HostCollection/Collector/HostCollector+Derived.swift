internal import HostModel

extension HostCollector {
  /// nodeN/vmstat out of zoneinfo, for dumps that leave it out (sosreports do): the kernel prints
  /// there the sums of the node's zones and the node's own counters (drivers/base/node.c,
  /// `node_read_vmstat`), and both are in zoneinfo.
  mutating func deriveVmstat(of node: inout NUMANode, from zoneinfo: ZoneInfo) {
    guard case .unknown(.missing(let input)) = node.vmstat,
      let zones = zoneinfo.node(node.id), !zones.counterTable.isEmpty
    else { return }
    var names: [String] = []
    var sums: [String: UInt64] = [:]
    for zone in zones.zones {
      for index in zone.counterTable.entries.indices {
        let name = zone.counterTable.name(at: index)
        guard !name.isEmpty, let value = zone.counterTable[name] else { continue }
        if sums[name] == nil { names.append(name) }
        sums[name] = (PageCount(sums[name] ?? 0) + PageCount(value)).count
      }
    }
    var table = CounterTable(of: .memory)
    for name in names { table.append(name: name, value: sums[name] ?? 0) }
    for index in zones.counterTable.entries.indices {
      let name = zones.counterTable.name(at: index)
      if !name.isEmpty, let value = zones.counterTable[name] {
        table.append(name: name, value: value)
      }
    }
    node.vmstat = .known(MemoryCounters(table, in: Input(input)))
    substitutes.append(Substitute(input: input, from: "proc/zoneinfo"))
  }
}
