internal import HostModel
internal import KernelText

/// Zones taken together: what they had free, and what reclaim could have freed of them.
extension OOMMemory {
  func memory(_ zones: [OOMReport.Zone]) -> OOMDiagnosis.Memory {
    var sum = OOMDiagnosis.Memory(reclaimable: reclaimable(zones))
    for zone in zones {
      sum.free += usableFree(zone)
      sum.watermark += floor(zone)
      sum.managed += zone.managed ?? 0
    }
    return sum
  }

  /// The same, of zones that the request can't use: all that is free above their own watermark.
  func memoryElsewhere(_ zones: [OOMReport.Zone]) -> OOMDiagnosis.Memory {
    var sum = OOMDiagnosis.Memory(reclaimable: reclaimable(zones))
    for zone in zones {
      sum.free += zone.bytes(.free) ?? 0
      sum.watermark += zone.bytes(.high) ?? 0
      sum.managed += zone.managed ?? 0
    }
    return sum
  }

  // MARK: Reclaim

  /// What reclaim could have freed of the zones; nil where the report does not tell.
  func reclaimable(_ zones: [OOMReport.Zone]) -> OOMReclaimable? {
    guard !zones.isEmpty else { return nil }
    var sum = OOMReclaimable()
    if zones.allSatisfy({ $0.counters.has(OOMCounter.activeFile) }) {
      for zone in zones { sum.cleanCache += cleanCache(zone) }
      sum.swappable = min(zones.map(anonymous).total(), swapFree)
    } else if zones.allSatisfy({ $0.counters.has(OOMCounter.active) }) {
      // One list for both: what swap has room for can go, whatever it is.
      let counters = [OOMCounter.active, .inactive]
      let lists = zones.flatMap { zone in counters.compactMap { zone.bytes($0) } }.total()
      sum.swappable = min(lists, swapFree)
      sum.isAtLeast = true
    } else if isAll(zones) {
      let lists = [OOMCounter.activeFile, .inactiveFile].map(total).total()
      guard report.totals.has(OOMCounter.activeFile) else { return nil }
      sum.cleanCache = lists.subtractingOrZero(unwritten)
      sum.swappable = min([.activeAnon, .inactiveAnon].map(total).total(), swapFree)
    } else if zones.allSatisfy({ $0.kind == .movable }), report.totals.has(OOMCounter.activeFile) {
      // ZONE_MOVABLE holds user pages: what of them is neither anonymous nor locked is files'.
      let used = zones.map(held).total()
      let others = [.activeAnon, .inactiveAnon, .unevictable].map(total).total()
      sum.cleanCache = used.subtractingOrZero(others + unwritten)
      sum.isAtLeast = true
    } else {
      return nil
    }
    sum.slab = reclaimableSlab(zones)
    return sum
  }

  private func cleanCache(_ zone: OOMReport.Zone) -> ByteCount {
    let cache = [OOMCounter.activeFile, .inactiveFile].compactMap { zone.bytes($0) }.total()
    if let pending = zone.bytes(.writePending) { return cache.subtractingOrZero(pending) }
    let own = [OOMCounter.dirty, .writeback].compactMap { zone.bytes($0) }
    return cache.subtractingOrZero(own.isEmpty ? unwritten : own.total())
  }

  private func anonymous(_ zone: OOMReport.Zone) -> ByteCount {
    [OOMCounter.activeAnon, .inactiveAnon].compactMap { zone.bytes($0) }.total()
  }

  /// Slabs lie in the kernel's zones; since 4.10 they are counted by node, and printed in total.
  private func reclaimableSlab(_ zones: [OOMReport.Zone]) -> ByteCount {
    let counted = zones.compactMap { $0.bytes(.slabReclaimable) }
    if !counted.isEmpty { return counted.total() }
    let isKernels = allowed == nil && zones.contains { $0.kind.servesKernel }
    return isKernels ? total(.slabReclaimable) : 0
  }

  /// A counter of the machine in bytes; zero where there is none.
  func total(_ counter: OOMCounter) -> ByteCount {
    (report.pages(counter) ?? 0).bytes(of: pageSize)
  }

  private var unwritten: ByteCount { total(.dirty) + total(.writeback) }

  private var swapFree: ByteCount { report.swapFree ?? 0 }

  /// Whether these are all zones of the machine.
  private func isAll(_ zones: [OOMReport.Zone]) -> Bool {
    zones.count == report.zones.filter { ($0.managed ?? 0) > 0 }.count && notPrinted == nil
      && allowed == nil
  }

  // MARK: What the kernel did not print

  /// Memory of zones that are in the machine's totals and have no line of their own. Since 6.1 the
  /// kernel prints only zones that the request could use (`__show_mem`, mm/show_mem.c).
  /// Nil where there is none, or the report was cut, so that more zones may have been printed. Where
  /// it was cut before the pages of RAM, how large they are is not known.
  var notPrinted: OOMDiagnosis.Memory? {
    // Kernels that don't print what is managed print all zones.
    guard let free = report.pages(.free), report.isWhole,
      report.zones.allSatisfy({ $0.counters.has(OOMCounter.managed) })
    else { return nil }
    var rest = OOMDiagnosis.Memory()
    // The total is printed before the zones, which may have got free pages meanwhile.
    rest.free = free.bytes(of: pageSize)
      .subtractingOrZero(report.zones.map { $0.bytes(.free) ?? 0 }.total())
    if report.pagesOfRAM != nil {
      guard let managed else { return nil }
      rest.managed =
        managed
        .subtractingOrZero(report.zones.map { $0.bytes(.managed) ?? 0 }.total())
      // Counts that were taken one after the other differ by a little.
      guard rest.managed > .mebibytes(16) else { return nil }
      rest.free = min(rest.free, rest.managed)
    }
    rest.reclaimable = reclaimableNotPrinted
    return rest
  }

  private var reclaimableNotPrinted: OOMReclaimable? {
    guard report.zones.allSatisfy({ $0.counters.has(OOMCounter.activeFile) }),
      report.totals.has(OOMCounter.activeFile)
    else { return nil }
    func rest(_ counters: [OOMCounter]) -> ByteCount {
      let printed = report.zones.flatMap { zone in counters.compactMap { zone.bytes($0) } }
      return counters.map(total).total().subtractingOrZero(printed.total())
    }
    return OOMReclaimable(
      cleanCache: rest([.activeFile, .inactiveFile]).subtractingOrZero(unwritten),
      slab: 0,
      swappable: min(rest([.activeAnon, .inactiveAnon]), swapFree)
    )
  }

  // MARK: The kernel's zones

  /// Anonymous memory in zones that the kernel can use; nil where zones have no such counter.
  var anonymousInKernelZones: ByteCount? {
    let counted = report.zones.filter { $0.kind.servesKernel }
      .flatMap { zone in [OOMCounter.activeAnon, .inactiveAnon].compactMap { zone.bytes($0) } }
    return counted.isEmpty ? nil : counted.total()
  }

  /// What of the zones is neither free nor in any counter: drivers, and what else takes pages for
  /// itself. Nil where the zones' own lists, or the slabs, are not told.
  func uncounted(_ zones: [OOMReport.Zone]) -> ByteCount? {
    let lists: [OOMCounter] = [
      .activeAnon, .inactiveAnon, .activeFile, .inactiveFile, .unevictable, .isolatedAnon,
      .isolatedFile, .active, .inactive, .freePerCPU, .zsPages,
    ]
    let isTold = zones.allSatisfy {
      $0.counters.has(OOMCounter.activeFile) || $0.counters.has(OOMCounter.active)
    }
    let slabs: [OOMCounter] = [.slabReclaimable, .slabUnreclaimable, .slab, .miscReclaimable]
    guard isTold, !zones.isEmpty, allowed == nil, tellsSlabs,
      zones.contains(where: { $0.kind.servesKernel })
    else { return nil }
    var counted = zones.flatMap { zone in lists.compactMap { zone.bytes($0) } }.total()
    counted += slabs.map(total).total() + kernelStacks
    counted += total(.pageTables) + total(.secondaryPageTables)
    counted += report.hugePages.map { $0.size * $0.total }.total()
    // Where the counters are more than the zones, nothing can be said of the rest.
    return zones.map(held).total().subtracting(counted)
  }

  private func held(_ zone: OOMReport.Zone) -> ByteCount {
    (zone.managed ?? 0).subtractingOrZero(zone.bytes(.free) ?? 0)
  }

  /// Whether the machine's counters of slabs are all there.
  var tellsSlabs: Bool {
    report.totals.has(OOMCounter.slab)
      || report.totals.has(OOMCounter.slabReclaimable)
        && report.totals.has(OOMCounter.slabUnreclaimable)
  }

  /// Kernel stacks, which the kernel has counted by zone and by node.
  var kernelStacks: ByteCount {
    let counters = [OOMCounter.kernelStack, .shadowCallStack]
    let byNode = report.nodes.flatMap { node in counters.compactMap { node.bytes($0) } }
    guard byNode.isEmpty else { return byNode.total() }
    return report.zones.flatMap { zone in counters.compactMap { zone.bytes($0) } }.total()
  }
}
