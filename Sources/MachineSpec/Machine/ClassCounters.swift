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
        result.counters = counters(of: node.id, in: result.input)
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
    for (size, pages) in [
      (ZoneSize.free, zone.free), (.min, zone.min), (.low, zone.min + step),
      (.high, zone.min + step * 2), (.spanned, zone.frames.pages), (.present, zone.present),
      (.managed, zone.managed), (.cma, zone.cma),
    ] {
      result.pages.append(name: size.text, value: pages.count)
    }
    result.protection = zones.protection(of: zone, in: node, kinds: kinds)
    result.counters.append(.freePages, zone.free)
    for list in LRUList.allCases { result.counters.append(list.zoneCounter, .zero) }
    for counter in [MemoryCounter.mlocked, .zspages] { result.counters.append(counter, .zero) }
    result.counters.append(.freeCMA, zone.freeCMA)
    result.trailer.append(name: ZoneSize.startPFN.text, value: zone.frames.start.number)
    return result
  }

  private func empty(_ kind: ZoneKind, _ node: NodeID) -> ZoneSnapshot {
    var result = ZoneSnapshot(node: node, kind: kind, line: 0)
    for size in ZoneSize.allCases where size != .startPFN {
      result.pages.append(name: size.text, value: 0)
    }
    return result
  }

  /// A node's part of what the kernel took after boot, by the names that the kernel counts it by.
  private func counters(of node: NodeID, in input: Input) -> MemoryCounters {
    let own = zones.used[node] ?? 0
    let all = zones.used.values.total()
    var counters = MemoryCounters(in: input)
    func append(_ counter: MemoryCounter, _ size: ByteCount, in unit: ByteCount) {
      let part = size.scaled(by: own.count, over: max(1, all.count))
      counters.append(counter, PageCount(part.scaled(by: 1, over: max(1, unit.count)).count))
    }
    let parts = baseline.parts
    append(.slabReclaimable, parts.slabReclaimable, in: pageSize.bytes)
    append(.slabUnreclaimable, parts.slabUnreclaimable, in: pageSize.bytes)
    append(.pageTables, parts.pageTables, in: pageSize.bytes)
    // In KiB, as the kernel keeps it.
    append(.kernelStack, parts.kernelStacks, in: .kibibytes(1))
    counters.append(.pinsAcquired, .zero)
    counters.append(.pinsReleased, .zero)
    return counters
  }

  func meminfo(swap: ByteCount, cma: ByteCount) -> Meminfo {
    let all = zones.nodes.flatMap(\.zones)
    let parts = baseline.parts
    var meminfo = Meminfo()
    for (field, size) in [
      (MeminfoField.memTotal, all.map(\.managed).total().bytes(of: pageSize)),
      (.memFree, all.map(\.free).total().bytes(of: pageSize)),
      (.swapTotal, swap), (.swapFree, swap),
      (.slabReclaimable, parts.slabReclaimable), (.slabUnreclaimable, parts.slabUnreclaimable),
      (.kernelStack, parts.kernelStacks), (.pageTables, parts.pageTables),
      (.percpu, parts.percpu + perCPU), (.hugeTLB, huge.total),
      (.cmaTotal, cma), (.cmaFree, cma),
    ] {
      meminfo.append(field, size)
    }
    return meminfo
  }
}
