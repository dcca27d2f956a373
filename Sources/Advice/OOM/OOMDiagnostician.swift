internal import HostModel
package import KernelText

/// Finds the cause of an out-of-memory report from its own numbers.
package enum OOMDiagnostician {
  package static func diagnose(_ report: OOMReport) -> OOMDiagnosis {
    let memory = OOMMemory(report)
    var diagnosis = OOMDiagnosis(
      report: report,
      why: .unknown(.noNumbers),
      request: memory?.request
    )
    if let reason = notFromZones(report) {
      diagnosis.why = reason
      guard report.hasNumbers, reason != .cgroupLimit else { return diagnosis }
      if let memory { diagnosis.usable = memory.memory(memory.eligible) }
      // What holds the memory needs no request.
      diagnosis.consumers = consumers(OOMMemory(report, for: .movable))
    } else if let memory {
      find(&diagnosis, memory)
      diagnosis.consumers = consumers(memory)
    }
    return diagnosis
  }

  /// What needs no look at the zones, or can't have one.
  private static func notFromZones(_ report: OOMReport) -> OOMCause? {
    if report.constraint == .cgroup { return .cgroupLimit }
    if report.kind == .shown { return .noShortage(.shown) }
    if report.kind == .addressSpace { return .noShortage(.addressSpace) }
    if report.isByHand || report.trace.contains(where: { $0.function == "moom_callback" }) {
      return .noShortage(.calledByHand)
    }
    if !report.hasNumbers { return .unknown(.noNumbers) }
    if let zone = brokenZone(report) { return .noShortage(.brokenCount(zone)) }
    if report.requestZone == nil { return .unknown(.requestLost) }
    if report.zones.isEmpty { return report.memsAllowed == nil ? .unknown(.noZones) : nil }
    let isEmpty = report.zones.allSatisfy {
      $0.bytes(.free) == 0 && $0.bytes(.min) == 0 && ($0.managed ?? 0) > 0
    }
    return isEmpty ? .noShortage(.beforeMemory) : nil
  }

  /// A zone whose watermark is more than the machine has: its count of pages went below zero.
  private static func brokenZone(_ report: OOMReport) -> OOMReport.Zone? {
    guard let ram = report.pagesOfRAM, ram > 0 else { return nil }
    let most = PageCount(ram).bytes(of: report.pageSize ?? .kib4)
    return report.zones.first { zone in
      [OOMCounter.min, .low, .high].contains { counter in
        // A number that no machine has is refused by the table: it has the line, and no value.
        zone.counters.has(counter) && (zone.bytes(counter).map { $0 > most } ?? true)
      }
    }
  }

  // MARK: Zones

  private static func find(_ diagnosis: inout OOMDiagnosis, _ memory: OOMMemory) {
    let eligible = memory.eligible
    diagnosis.usable = memory.memory(eligible)
    diagnosis.boundNodes = (memory.allowed ?? []).sorted()
    diagnosis.anonymousInKernelZones = memory.anonymousInKernelZones
    diagnosis.uncountedInUsable = memory.uncounted(eligible)
    guard !eligible.isEmpty else {
      nothingEligible(&diagnosis, memory)
      return
    }
    if let beside = memory.cmaLeftAlone(eligible) {
      diagnosis.why = .zoneImbalance([beside])
      return
    }
    guard memory.areExhausted(eligible) else {
      diagnosis.why = notExhausted(memory, eligible)
      return
    }
    if diagnosis.report.gfpMask == 0 { diagnosis.request = .movable }
    diagnosis.shortfall = shortfall(diagnosis.usable, memory)
    diagnosis.why = exhausted(&diagnosis, memory, eligible)
  }

  private static func exhausted(
    _ diagnosis: inout OOMDiagnosis,
    _ memory: OOMMemory,
    _ eligible: [OOMReport.Zone]
  ) -> OOMCause {
    if eligible.contains(where: memory.isKeptForUrgent) {
      return .urgentReserve(eligible.map(memory.urgentReserve).total())
    }
    if memory.request == .dma || memory.request == .dma32, let low = lowZone(memory) { return low }
    let left = diagnosis.usable.reclaimable
    let managed = diagnosis.usable.managed
    if let left, isUrgent(memory), left.pages > .mebibytes(16) || left.pages > managed / 4,
      left.pages > diagnosis.usable.watermark
    {
      return .urgentRequest(left)
    }
    // Where a quarter of its own zones could have been freed, what lay elsewhere was not missing.
    if let left, isStuck(memory), left.cleanCache > managed / 4 { return .reclaimStuck(left) }
    let places = memory.kernelsBeside
    if !places.isEmpty { return .zoneImbalance(places) }
    if let other = memory.otherNodes {
      if diagnosis.boundNodes.isEmpty {
        diagnosis.boundNodes = Set(memory.report.zones.map(\.node)).sorted()
      }
      return .nodeBinding(other)
    }
    if let left, isStuck(memory), left.pages > .mebibytes(16),
      left.pages > managed / 10 || left.total > managed / 4
    {
      return .reclaimStuck(left)
    }
    if let name = memory.freeVendorZone { return .unknown(.vendorZone(name)) }
    if let uncounted = memory.uncounted, uncounted > .mebibytes(64),
      let all = memory.managed, uncounted > all / 2
    {
      return .uncounted(uncounted)
    }
    // Where the report was cut, or what other nodes had is in no line and no total, there may have
    // been more.
    if !memory.report.isWhole { return .unknown(.cut) }
    if memory.allowed != nil, !memory.tellsOtherNodes { return .unknown(.otherNodesNotTold) }
    return .shortage
  }

  private static func shortfall(_ usable: OOMDiagnosis.Memory, _ memory: OOMMemory) -> ByteCount? {
    let needed = usable.watermark + memory.requested
    return usable.watermark > 0 && needed > usable.free ? needed.subtracting(usable.free) : nil
  }

  /// Zones below a device's limit used up: was there memory above?
  private static func lowZone(_ memory: OOMMemory) -> OOMCause? {
    let others = memory.report.zones.filter {
      !memory.request.allows($0.kind) && $0.kind != .device
    }
    let printed = OOMPlace(.above, memory.memoryElsewhere(others))
    if printed.isPlentiful { return .lowZone(printed) }
    if let rest = memory.notPrinted {
      let place = OOMPlace(.notPrinted, rest)
      return place.isPlentiful ? .lowZone(place) : nil
    }
    return others.isEmpty ? .lowZone(nil) : nil
  }

  /// A failed request that could not wait, or gives up at once.
  private static func isUrgent(_ memory: OOMMemory) -> Bool {
    memory.report.kind == .allocationFailure
      && (memory.report.canWait == false || memory.report.gfpFlags.contains("__GFP_NORETRY"))
  }

  /// A request for which reclaim should have gone on until nothing was left: it could wait, and is
  /// not so large that the kernel lets it fail (`PAGE_ALLOC_COSTLY_ORDER`).
  private static func isStuck(_ memory: OOMMemory) -> Bool {
    memory.report.canWait == true && memory.order <= 3
  }

  // MARK: Nothing, or enough

  /// No zone that the request could use is on its nodes.
  private static func nothingEligible(_ diagnosis: inout OOMDiagnosis, _ memory: OOMMemory) {
    if memory.request == .dma || memory.request == .dma32 {
      diagnosis.why = lowZone(memory) ?? .unknown(.noZones)
      return
    }
    guard memory.allowed != nil, memory.request != .movable else {
      diagnosis.why = .unknown(.noZones)
      return
    }
    diagnosis.why = .movableOnlyBinding
    let movable = memory.allowedZones.filter { $0.kind == .movable }
    if !movable.isEmpty {
      diagnosis.movableOnly = OOMPlace(.movable, memory.memoryElsewhere(movable))
    } else if let rest = memory.notPrinted {
      // Since 6.1 nothing at all is printed of such a node. A log that was cut looks the same, but
      // for the counts at a report's end.
      diagnosis.movableOnly = OOMPlace(.notPrinted, rest)
    } else {
      diagnosis.why = .unknown(.cut)
    }
  }

  /// Zones above their watermarks: memory was there, in pieces that did not do, or came free.
  private static func notExhausted(
    _ memory: OOMMemory,
    _ eligible: [OOMReport.Zone]
  ) -> OOMCause {
    if memory.report.gfpMask == 0 { return .noShortage(.pageFault) }
    let open = eligible.filter { memory.standing(of: $0) == .open }
    let inPieces = eligible.filter { memory.standing(of: $0) == .inPieces }
    guard open.isEmpty, !inPieces.isEmpty else {
      guard memory.order > 0 else { return .unknown(.cameFree) }
      if open.contains(where: { $0.freeBlocks.isEmpty }) { return .unknown(.noLists) }
      return .unknown(.blocksFree(count: open.map { memory.blocks($0).usable }.reduce(0, +)))
    }
    if memory.report.kind == .vmallocPages { return .noShortage(.hugeVmalloc) }
    let pieces = OOMCause.Pieces(
      free: inPieces.map(memory.usableFree).total(),
      wanted: memory.requested,
      kept: inPieces.map { memory.blocks($0).kept }.reduce(0, +),
      withheld: inPieces.map { memory.blocks($0).usable }.reduce(0, +),
      beside: memory.kernelsBeside
    )
    return .fragmentation(pieces)
  }

  // MARK: What held the memory

  private static func consumers(_ memory: OOMMemory) -> [OOMDiagnosis.Consumer] {
    var sums = OOMMemoryUse.sums(memory)
    sums[.unexplained] = memory.uncounted
    return sums.filter { $0.value >= .mebibytes(1) }
      .map { OOMDiagnosis.Consumer(use: $0.key, bytes: $0.value) }
      .sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
  }
}

extension ByteCount {
  fileprivate static func / (size: ByteCount, parts: UInt64) -> ByteCount {
    size.scaled(by: 1, over: parts)
  }
}
