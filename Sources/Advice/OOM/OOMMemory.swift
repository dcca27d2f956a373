internal import HostModel
internal import KernelText

/// A report's zones, seen from the request that failed.
struct OOMMemory {
  let report: OOMReport
  let request: OOMReport.RequestZone
  let pageSize: PageSize
  /// Nodes that the request was bound to; nil where it was to none.
  let allowed: Set<NodeID>?

  init?(_ report: OOMReport) {
    guard let request = report.requestZone else { return nil }
    self.report = report
    self.request = request
    pageSize = report.pageSize ?? .kib4
    allowed = Self.allowed(report)
  }

  /// The nodes of the memory policy, within the cpuset's. A cpuset with all nodes binds to none.
  private static func allowed(_ report: OOMReport) -> Set<NodeID>? {
    let mask = report.nodeMask.map { Set($0) }
    guard let mems = report.memsAllowed.map({ Set($0) }) else { return mask }
    let all = Set(report.nodes.map(\.node)).union(report.zones.map(\.node))
    guard let mask else {
      let isBinding = report.constraint == .cpuset || !all.subtracting(mems).isEmpty
      return isBinding ? mems : nil
    }
    let both = mask.intersection(mems)
    return both.isEmpty ? mask : both
  }

  private func isAllowed(_ node: NodeID) -> Bool { allowed?.contains(node) ?? true }

  /// Zones on nodes that the request may use.
  var allowedZones: [OOMReport.Zone] { report.zones.filter { isAllowed($0.node) } }

  /// Zones that it could come from.
  var eligible: [OOMReport.Zone] {
    allowedZones.filter { request.allows($0.kind) && ($0.bytes("managed") ?? 1) > 0 }
  }

  // MARK: One zone

  /// Free memory that this request may have: CMA areas are for movable pages, and reserved
  /// blocks for requests that can't wait.
  func usableFree(_ zone: OOMReport.Zone) -> ByteCount {
    var free = zone.bytes("free") ?? 0
    if request != .movable { free -= zone.bytes("free_cma") ?? 0 }
    return free - (zone.bytes("reserved_highatomic") ?? 0)
  }

  /// What must stay free: the watermark, and what is kept for requests that can use less.
  func floor(_ zone: OOMReport.Zone, watermark: String = "min") -> ByteCount {
    (zone.bytes(watermark) ?? 0) + reserve(zone)
  }

  private func reserve(_ zone: OOMReport.Zone) -> ByteCount {
    guard let index = classIndex(of: zone.lowmemReserve.count),
      zone.lowmemReserve.indices.contains(index)
    else { return 0 }
    return PageCount(zone.lowmemReserve[index]).bytes(of: pageSize)
  }

  /// The place of the request's zone among those that the kernel was built with. Their number is
  /// that of the entries of lowmem_reserve; 64-bit kernels have no HighMem.
  private func classIndex(of count: Int) -> Int? {
    let has32Bit = report.zones.contains { $0.kind == .highMem }
    let hasDMA = report.zones.contains { $0.kind == .dma }
    let names: [OOMReport.RequestZone] =
      switch (has32Bit, count) {
      case (true, 3): [.normal, .highMem, .movable]
      case (true, _): [.dma, .normal, .highMem, .movable]
      case (false, 2): [.normal, .movable]
      case (false, 3): hasDMA ? [.dma, .normal, .movable] : [.dma32, .normal, .movable]
      default: [.dma, .dma32, .normal, .movable]
      }
    if let index = names.firstIndex(of: request) { return index }
    return request == .highMem ? names.firstIndex(of: .normal) : 0
  }

  /// Whether the zone had nothing to give. Between the failure and the report some memory comes
  /// free, so the low watermark counts rather than min.
  func isExhausted(_ zone: OOMReport.Zone) -> Bool {
    usableFree(zone) <= floor(zone, watermark: "low")
  }

  /// Whether the zone's buddy list has a block for this request.
  func hasBlock(_ zone: OOMReport.Zone, order: UInt8) -> Bool {
    zone.freeBlocks.enumerated().contains { index, blocks in
      guard index >= Int(order), blocks.count > 0 else { return false }
      // H blocks are for requests that can't wait, C blocks for movable pages.
      let types = blocks.types.filter { $0 != "H" && (request == .movable || $0 != "C") }
      return blocks.types.isEmpty || !types.isEmpty
    }
  }

  // MARK: Sums

  func memory(_ zones: [OOMReport.Zone]) -> OOMDiagnosis.Memory {
    var sum = OOMDiagnosis.Memory()
    for zone in zones {
      sum.free += usableFree(zone)
      sum.watermark += floor(zone)
      sum.managed += zone.bytes("managed") ?? zone.bytes("present") ?? 0
    }
    return sum
  }

  /// Movable zones that the request may not use, with free memory above their own watermarks.
  var freeMovableZones: [OOMReport.Zone] {
    guard request != .movable else { return [] }
    return report.zones.filter { zone in
      zone.kind == .movable && (zone.bytes("free") ?? 0) > (zone.bytes("high") ?? 0) * 2
    }
  }

  /// Memory of zones that are in the machine's totals and have no line of their own. Since 6.0 the
  /// kernel prints only zones that the request could use (`__show_mem`, mm/show_mem.c).
  var unprinted: OOMDiagnosis.Memory? {
    guard let free = report.totals["free"] else { return nil }
    let printed = report.zones.map { $0.bytes("free") ?? 0 }.total()
    let managed = report.pagesOfRAM.map {
      PageCount($0) - PageCount(report.pagesReserved ?? 0)
    }
    let printedManaged = report.zones.map { $0.bytes("managed") ?? 0 }.total()
    return OOMDiagnosis.Memory(
      free: PageCount(free).bytes(of: pageSize) - printed,
      watermark: 0,
      managed: (managed?.bytes(of: pageSize) ?? 0) - printedManaged
    )
  }

  /// Whether so much of it was free that it can't have been short itself: a tenth, and more than
  /// the largest watermarks that small machines have.
  static func isPlentiful(_ memory: OOMDiagnosis.Memory) -> Bool {
    memory.free > .mebibytes(16) && memory.free > memory.managed.scaled(by: 1, over: 10)
  }
}
