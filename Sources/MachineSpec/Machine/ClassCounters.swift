internal import HostModel
internal import KernelBehavior

/// The zones of a machine class in the words of /proc/zoneinfo and /proc/meminfo.
struct ClassCounters {
  let zones: ClassZones
  let baseline: BootBaseline
  let perCPU: ByteCount
  let huge: ClassHugePages

  private var pageSize: PageSize { zones.pageSize }

  func zoneinfo(layoutKinds kinds: [ZoneKind]) -> ZoneInfo {
    var info = ZoneInfo(
      nodes: zones.nodes.map { node in
        var result = NodeZones(node: node.id)
        result.counters = counters(of: node.id)
        result.zones = kinds.map { kind in
          node.zones.first { $0.kind == kind }.map { zone($0, in: node, kinds) }
            ?? empty(kind, node.id)
        }
        return result
      }
    )
    info.hasUnpopulatedZones = true
    return info
  }

  private func zone(
    _ zone: ClassZones.Zone,
    in node: ClassZones.Node,
    _ kinds: [ZoneKind]
  ) -> ZoneSnapshot {
    var result = ZoneSnapshot(node: node.id, kind: zone.kind, line: 0)
    let step = max(
      PageCount(zone.min.count / 4),
      zone.managed.scaled(by: 10, over: 10_000)
    )
    for (name, value) in [
      ("free", zone.free), ("min", zone.min), ("low", zone.min + step),
      ("high", zone.min + step * 2), ("spanned", zone.spanned), ("present", zone.present),
      ("managed", zone.managed), ("cma", zone.cma),
    ] {
      result.pages.append(name: name, value: value.count)
    }
    result.protection = zones.protection(of: zone, in: node, kinds: kinds)
    result.counters.append(name: "nr_free_pages", value: zone.free.count)
    for list in ["inactive_anon", "active_anon", "inactive_file", "active_file", "unevictable"] {
      result.counters.append(name: "nr_zone_" + list, value: 0)
    }
    for name in ["nr_mlock", "nr_zspages"] { result.counters.append(name: name, value: 0) }
    result.counters.append(name: "nr_free_cma", value: min(zone.cma, zone.free).count)
    result.trailer.append(name: "start_pfn", value: zone.start.number)
    return result
  }

  private func empty(_ kind: ZoneKind, _ node: NodeID) -> ZoneSnapshot {
    var result = ZoneSnapshot(node: node, kind: kind, line: 0)
    for name in ["free", "min", "low", "high", "spanned", "present", "managed", "cma"] {
      result.pages.append(name: name, value: 0)
    }
    return result
  }

  /// A node's part of what the kernel took after boot, by the names that the kernel counts it by.
  private func counters(of node: NodeID) -> CounterTable {
    let own = zones.used[node] ?? 0
    let all = zones.used.values.total()
    var table = CounterTable()
    func append(_ name: String, _ size: ByteCount, in unit: ByteCount) {
      let part = size.scaled(by: own.count, over: max(1, all.count))
      table.append(name: name, value: part.scaled(by: 1, over: max(1, unit.count)).count)
    }
    let parts = baseline.parts
    append("nr_slab_reclaimable", parts.slabReclaimable, in: pageSize.bytes)
    append("nr_slab_unreclaimable", parts.slabUnreclaimable, in: pageSize.bytes)
    append("nr_page_table_pages", parts.pageTables, in: pageSize.bytes)
    // In KiB, as the kernel keeps it.
    append("nr_kernel_stack", parts.kernelStacks, in: .kibibytes(1))
    table.append(name: "nr_foll_pin_acquired", value: 0)
    table.append(name: "nr_foll_pin_released", value: 0)
    return table
  }

  func meminfo(swap: ByteCount, cma: ByteCount) -> CounterTable {
    let all = zones.nodes.flatMap(\.zones)
    let parts = baseline.parts
    var table = CounterTable()
    for (name, size) in [
      ("MemTotal", all.map(\.managed).total().bytes(of: pageSize)),
      ("MemFree", all.map(\.free).total().bytes(of: pageSize)),
      ("SwapTotal", swap), ("SwapFree", swap),
      ("SReclaimable", parts.slabReclaimable), ("SUnreclaim", parts.slabUnreclaimable),
      ("KernelStack", parts.kernelStacks), ("PageTables", parts.pageTables),
      ("Percpu", parts.percpu + perCPU), ("Hugetlb", huge.total),
      ("CmaTotal", cma), ("CmaFree", cma),
    ] {
      table.append(name: name, value: size.count >> 10, isKibibytes: true)
    }
    return table
  }
}
