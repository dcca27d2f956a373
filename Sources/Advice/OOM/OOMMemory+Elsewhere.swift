internal import HostModel
internal import KernelText

/// What lay where the request could not go.
extension OOMMemory {
  /// Places that only user pages may use, with much that was free or could have been freed: the
  /// Movable zones and HighMem that a request of the kernel's can't use, and CMA areas.
  var kernelsBeside: [OOMPlace] {
    guard request != .movable else { return [] }
    let others = allowedZones.filter { !request.allows($0.kind) }
    var places: [OOMPlace] = []
    for (kind, zone) in [(OOMPlace.Kind.movable, ZoneKind.movable), (.highMem, .highMem)] {
      let zones = others.filter { $0.kind == zone }
      guard !zones.isEmpty else { continue }
      let place = OOMPlace(kind, memoryElsewhere(zones))
      if place.isPlentiful { places.append(place) }
    }
    if let cma = cmaBeside { places.append(cma) }
    // Where nodes are left out too, what is not printed may be theirs.
    if places.isEmpty, allowed == nil, let rest = notPrinted {
      let place = OOMPlace(hasHighMem ? .highMem : .notPrinted, rest)
      if place.isPlentiful { places.append(place) }
    }
    return places
  }

  /// CMA areas that hold most of what is free.
  private var cmaBeside: OOMPlace? {
    guard !mayUseCMA else { return nil }
    let free = eligible.map { $0.bytes(.freeCMA) ?? 0 }.total()
    guard free > eligible.map(usableFree).total(), free > .mebibytes(16) else { return nil }
    return OOMPlace(.cma, OOMDiagnosis.Memory(free: free, watermark: 0, managed: free))
  }

  /// CMA areas without which a killer would have found its zones used up, though the request was for
  /// movable pages: the kernel did not lend them.
  func cmaLeftAlone(_ zones: [OOMReport.Zone]) -> OOMPlace? {
    guard mayUseCMA, report.kind == .oomKiller, order == 0 else { return nil }
    let cma = zones.map { $0.bytes(.freeCMA) ?? 0 }
    let isShort = zip(zones, cma).allSatisfy { usableFree($0).subtractingOrZero($1) <= limit($0) }
    let free = cma.total()
    guard isShort, free > .mebibytes(16), !zones.allSatisfy({ standing(of: $0) == .exhausted })
    else { return nil }
    return OOMPlace(.cma, OOMDiagnosis.Memory(free: free, watermark: 0, managed: free))
  }

  /// Nodes that the request was kept from and that were not full.
  var otherNodes: OOMPlace? {
    guard let allowed else { return unnamedNodes }
    let others = report.zones.filter {
      !allowed.contains($0.node) && request.allows($0.kind) && ($0.managed ?? 1) > 0
    }
    let printed = OOMPlace(.otherNodes, memoryElsewhere(others))
    if !others.isEmpty, printed.isPlentiful { return printed }
    guard let rest = notPrinted else { return nil }
    let place = OOMPlace(.notPrinted, rest)
    return place.isPlentiful ? place : nil
  }

  /// A request for movable memory could use every zone, so what was not printed is on nodes that it
  /// was not allowed, although no line of what is left of the report says so.
  private var unnamedNodes: OOMPlace? {
    guard request == .movable, let rest = notPrinted else { return nil }
    let place = OOMPlace(.notPrinted, rest)
    return place.isPlentiful ? place : nil
  }

  /// Whether the report shows what nodes had that the request was not allowed.
  var tellsOtherNodes: Bool {
    guard let allowed else { return true }
    return report.pagesOfRAM != nil && report.pages(.free) != nil
      || report.zones.contains { !allowed.contains($0.node) }
  }

  /// A vendor's zone with much free: whether the request could use it, mainline does not tell.
  var freeVendorZone: String? {
    for zone in allowedZones {
      guard case .other(let name) = zone.kind else { continue }
      if OOMPlace(.above, memoryElsewhere([zone])).isPlentiful { return name }
    }
    return nil
  }

  /// All memory that the buddy allocator has; nil where the report does not tell, or contradicts
  /// itself.
  var managed: ByteCount? {
    report.pagesOfRAM.flatMap { PageCount($0).subtracting(PageCount(report.pagesReserved ?? 0)) }?
      .bytes(of: pageSize)
  }

  /// What of the machine's memory is neither free nor in any counter; nil where a sum is missing.
  var uncounted: ByteCount? {
    guard let managed, let free = report.pages(.free), tellsSlabs else { return nil }
    let known = OOMMemoryUse.sums(self).values.total() + total(.freePerCPU)
    return managed.subtracting(free.bytes(of: pageSize))?.subtracting(known)
  }
}
