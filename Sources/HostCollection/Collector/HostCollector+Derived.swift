internal import HostModel

extension HostCollector {
  /// nodeN/vmstat out of zoneinfo, for dumps that leave it out (sosreports do): the kernel prints
  /// there the sums of the node's zones and the node's own counters (drivers/base/node.c,
  /// `node_read_vmstat`), and both are in zoneinfo.
  mutating func deriveVmstat(of node: inout NUMANode, from zoneinfo: ZoneInfo) {
    guard case .unknown(.missing(let input)) = node.vmstat,
      let zones = zoneinfo.node(node.id), !zones.counters.isEmpty
    else { return }
    var names: [String] = []
    var sums: [String: UInt64] = [:]
    for zone in zones.zones {
      for index in zone.counters.entries.indices {
        let name = zone.counters.name(at: index)
        guard let value = zone.counters[name] else { continue }
        if sums[name] == nil { names.append(name) }
        sums[name] = (PageCount(sums[name] ?? 0) + PageCount(value)).count
      }
    }
    var table = CounterTable()
    for name in names { table.append(name: name, value: sums[name] ?? 0) }
    for index in zones.counters.entries.indices {
      let name = zones.counters.name(at: index)
      if let value = zones.counters[name] { table.append(name: name, value: value) }
    }
    node.vmstat = .known(table)
    substitutes.append(Substitute(input: input, from: "proc/zoneinfo"))
  }
}
