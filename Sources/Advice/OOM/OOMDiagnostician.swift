internal import HostModel
package import KernelText

/// Finds the cause of an out-of-memory report from its own numbers.
package enum OOMDiagnostician {
  package static func diagnose(_ report: OOMReport) -> OOMDiagnosis {
    var diagnosis = OOMDiagnosis(
      report: report,
      cause: .unknown,
      request: report.requestZone,
      usable: OOMDiagnosis.Memory(),
      elsewhere: OOMDiagnosis.Memory(),
      elsewhereIsPrinted: true,
      boundNodes: [],
      shortfall: nil,
      anonymousInKernelZones: nil,
      consumers: []
    )
    if report.constraint == .cgroup {
      diagnosis.cause = .cgroupLimit
    } else if let memory = OOMMemory(report), report.hasNumbers {
      find(&diagnosis, memory)
      diagnosis.consumers = consumers(memory)
    }
    return diagnosis
  }

  private static func find(_ diagnosis: inout OOMDiagnosis, _ memory: OOMMemory) {
    let eligible = memory.eligible
    diagnosis.usable = memory.memory(eligible)
    diagnosis.boundNodes = (memory.allowed ?? []).sorted()
    diagnosis.anonymousInKernelZones = memory.anonymousInKernelZones
    if eligible.isEmpty {
      if memory.allowed != nil, memory.request != .movable { movableOnly(&diagnosis, memory) }
      return
    }
    guard eligible.allSatisfy(memory.isExhausted) else {
      notExhausted(&diagnosis, memory, eligible)
      return
    }
    diagnosis.shortfall = shortfall(diagnosis.usable, memory)
    if eligible.contains(where: memory.isKeptForUrgent) {
      diagnosis.cause = .urgentReserve
      diagnosis.elsewhere.free = eligible.map(memory.urgentReserve).total()
      return
    }
    if lowZone(&diagnosis, memory) || imbalance(&diagnosis, memory)
      || otherNodes(&diagnosis, memory) || urgent(&diagnosis, memory, eligible)
    {
      return
    }
    // Where the report was cut, or what other nodes had is in no line and no total, there may have
    // been more.
    let isBlind = !memory.isWhole || memory.allowed != nil && memory.unprinted == nil
    diagnosis.cause = isBlind ? .unknown : .shortage
  }

  private static func shortfall(_ usable: OOMDiagnosis.Memory, _ memory: OOMMemory) -> ByteCount? {
    let needed = usable.watermark + memory.requested
    return usable.watermark > 0 && needed > usable.free ? needed.subtracting(usable.free) : nil
  }

  /// Zones below a device's limit used up, while there was memory above.
  private static func lowZone(_ diagnosis: inout OOMDiagnosis, _ memory: OOMMemory) -> Bool {
    guard memory.request == .dma || memory.request == .dma32 else { return false }
    let others = memory.report.zones.filter {
      !memory.request.allows($0.kind) && $0.kind != .device
    }
    let printed = memory.memory(others)
    if OOMMemory.isPlentiful(printed) {
      diagnosis.elsewhere = printed
    } else if let unprinted = memory.unprinted {
      guard OOMMemory.isPlentiful(unprinted) else { return false }
      diagnosis.elsewhere = unprinted
      diagnosis.elsewhereIsPrinted = false
    } else if !others.isEmpty {
      return false
    }
    diagnosis.cause = .lowZone
    return true
  }

  /// The request could not wait, and had it waited, page cache would have been dropped for it.
  private static func urgent(
    _ diagnosis: inout OOMDiagnosis,
    _ memory: OOMMemory,
    _ eligible: [OOMReport.Zone]
  ) -> Bool {
    guard memory.report.kind == .allocationFailure, memory.report.canWait == false else {
      return false
    }
    let cache = memory.pageCache(eligible)
    guard cache > .mebibytes(16), cache > diagnosis.usable.watermark else { return false }
    diagnosis.cause = .urgentRequest
    diagnosis.elsewhere.free = cache
    return true
  }

  /// Nothing that the request could use is on its nodes.
  private static func movableOnly(_ diagnosis: inout OOMDiagnosis, _ memory: OOMMemory) {
    diagnosis.cause = .movableOnlyBinding
    let movable = memory.allowedZones.filter { $0.kind == .movable }
    for zone in movable {
      diagnosis.elsewhere.free += zone.bytes(.free) ?? 0
      diagnosis.elsewhere.managed += zone.bytes(.managed) ?? 0
    }
    guard movable.isEmpty else { return }
    // Since 6.0 nothing at all is printed of such a node. A log that was cut looks the same, but for
    // the counts at a report's end.
    guard let unprinted = memory.unprinted, memory.report.pagesOfRAM != nil else {
      diagnosis.cause = .unknown
      return
    }
    diagnosis.elsewhere = unprinted
    diagnosis.elsewhereIsPrinted = false
  }

  /// Zones above their watermarks: memory was there, in pieces that did not do.
  private static func notExhausted(
    _ diagnosis: inout OOMDiagnosis,
    _ memory: OOMMemory,
    _ eligible: [OOMReport.Zone]
  ) {
    guard let order = memory.report.order, order > 0 else { return }
    let withRoom = eligible.filter { !memory.isExhausted($0) }
    // With a block of that size in every list, memory came free before the report was printed;
    // it was fragmented when the request failed, or the request was not allowed to wait.
    guard withRoom.contains(where: { !memory.hasBlock($0, order: order) }) || order > 3 else {
      return
    }
    diagnosis.cause = .fragmentation
  }

  /// Kernel zones used up, Movable zones or CMA areas free.
  private static func imbalance(_ diagnosis: inout OOMDiagnosis, _ memory: OOMMemory) -> Bool {
    guard memory.request != .movable else { return false }
    var free = OOMDiagnosis.Memory()
    for zone in memory.freeMovableZones {
      free.free += zone.bytes(.free) ?? 0
      free.watermark += zone.bytes(.high) ?? 0
      free.managed += zone.bytes(.managed) ?? 0
    }
    if OOMMemory.isPlentiful(free) {
      diagnosis.elsewhere = free
      diagnosis.cause = .zoneImbalance
      return true
    }
    let cma = memory.eligible.map { $0.bytes(.freeCMA) ?? 0 }.total()
    if cma > diagnosis.usable.free, cma > .mebibytes(16) {
      diagnosis.elsewhere = OOMDiagnosis.Memory(free: cma, watermark: 0, managed: cma)
      diagnosis.cause = .zoneImbalance
      return true
    }
    // Where nodes are left out too, what is not printed may be theirs.
    guard memory.allowed == nil, let unprinted = memory.unprinted,
      OOMMemory.isPlentiful(unprinted)
    else { return false }
    diagnosis.elsewhere = unprinted
    diagnosis.elsewhereIsPrinted = false
    diagnosis.cause = .zoneImbalance
    return true
  }

  /// Bound to nodes that are full, while others are not.
  private static func otherNodes(_ diagnosis: inout OOMDiagnosis, _ memory: OOMMemory) -> Bool {
    guard let allowed = memory.allowed else { return unnamedNodes(&diagnosis, memory) }
    let others = memory.report.zones.filter {
      !allowed.contains($0.node) && memory.request.allows($0.kind) && !memory.isExhausted($0)
    }
    let printed = memory.memory(others)
    if OOMMemory.isPlentiful(printed) {
      diagnosis.elsewhere = printed
    } else if let unprinted = memory.unprinted, OOMMemory.isPlentiful(unprinted) {
      diagnosis.elsewhere = unprinted
      diagnosis.elsewhereIsPrinted = false
    } else {
      return false
    }
    diagnosis.cause = .nodeBinding
    return true
  }

  /// A request for movable memory could use every zone, so what was not printed is on nodes that it
  /// was not allowed, although no line of what is left of the report says so.
  private static func unnamedNodes(_ diagnosis: inout OOMDiagnosis, _ memory: OOMMemory) -> Bool {
    guard memory.request == .movable, let unprinted = memory.unprinted,
      OOMMemory.isPlentiful(unprinted)
    else { return false }
    diagnosis.cause = .nodeBinding
    diagnosis.boundNodes = Set(memory.report.zones.map(\.node)).sorted()
    diagnosis.elsewhere = unprinted
    diagnosis.elsewhereIsPrinted = false
    return true
  }

  // MARK: What held the memory

  private static func consumers(_ memory: OOMMemory) -> [OOMDiagnosis.Consumer] {
    var sums: [OOMMemoryUse: ByteCount] = [:]
    for use in OOMMemoryUse.allCases where !use.counters.isEmpty {
      sums[use] = use.counters.map { counter in
        (memory.report.pages(counter) ?? 0).bytes(of: memory.pageSize)
      }.total()
    }
    sums[.kernelStacks] = memory.report.nodes.map(\.kernelStack).total()
    let known =
      sums.values.total() + (memory.report.pages(.freePerCPU) ?? 0).bytes(of: memory.pageSize)
    if let pages = memory.report.pagesOfRAM, let free = memory.report.pages(.free) {
      let owned = PageCount(pages).subtracting(PageCount(memory.report.pagesReserved ?? 0))
      // Where the counters are more than all memory, nothing can be said of the rest.
      sums[.unexplained] = owned?.subtracting(free)?.bytes(of: memory.pageSize).subtracting(known)
    }
    return sums.filter { $0.value >= .mebibytes(1) }
      .map { OOMDiagnosis.Consumer(use: $0.key, bytes: $0.value) }
      .sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
  }
}
