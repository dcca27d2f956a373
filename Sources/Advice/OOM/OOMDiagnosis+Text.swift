internal import HostModel
internal import KernelText

/// What a diagnosis says: the answer, the numbers behind it, and what to change.
extension OOMDiagnosis {
  /// One sentence.
  package var answer: String { Self.answer(self) }
  package var evidence: [String] { Self.evidence(self) }
  package var remedies: [String] { Self.remedies(self) }

  private static func answer(_ diagnosis: OOMDiagnosis) -> String {
    let free = diagnosis.usable.free.text
    let other = diagnosis.elsewhere.free.text
    switch diagnosis.cause {
    case .zoneImbalance:
      return "The kernel zones were used up (\(free) free) while \(other) that only user pages may "
        + "use was free."
    case .movableOnlyBinding:
      return "The process was bound to \(nodes(diagnosis)), where all memory is ZONE_MOVABLE; the "
        + "kernel can't use any of it."
    case .nodeBinding:
      return "The process was bound to \(nodes(diagnosis)), which had \(free) left, while \(other) "
        + "was free elsewhere."
    case .fragmentation:
      return "\(free) was free, but no block of \(blockSize(diagnosis)) was to be had."
    case .cgroupLimit:
      let limit = diagnosis.report.cgroupLimit.map { " of \($0.text)" } ?? ""
      return "The cgroup \(diagnosis.report.cgroup ?? "of the process") reached its limit\(limit); "
        + "the machine was not out of memory."
    case .lowZone:
      let above = diagnosis.elsewhere.free > 0 ? "; \(other) was free above them" : ""
      return
        "The zones up to \(diagnosis.request?.rawValue ?? "DMA32"), which alone would do, were used "
        + "up (\(free) free)\(above)."
    case .urgentRequest:
      return
        "A request that can't wait came when \(free) was left; \(other) of page cache could have "
        + "been dropped, had there been time."
    case .urgentReserve:
      return
        "\(other) was kept for requests that can't wait; without it \(free) was left, less than "
        + "the watermarks ask for."
    case .shortage:
      let whole = diagnosis.usable.managed
      return "All memory that could be used was used: \(free) was left"
        + (whole > 0 ? " of \(whole.text)" : "")
        + (diagnosis.report.pages(.free) == nil
          ? " (the report has no total to tell whether there was more)."
          : ", and nothing worth having elsewhere.")
    case .unknown: return notKnown(diagnosis)
    }
  }

  private static func notKnown(_ diagnosis: OOMDiagnosis) -> String {
    let report = diagnosis.report
    if report.kind == .oomKiller, report.order == nil, !report.gfpFlags.isEmpty {
      return "The OOM killer was called by hand (sysrq f): nothing need have been short."
    }
    if report.gfpMask == 0 {
      return
        "A page fault failed, and what was asked for is not in the report. A cgroup's limit on "
        + "kernel memory does that."
    }
    if !report.hasNumbers {
      return "The report has no numbers to judge by: give the log with the lines from Mem-Info on."
    }
    if diagnosis.shortfall != nil, !diagnosis.boundNodes.isEmpty {
      return "\(diagnosis.usable.free.text) was left on \(nodes(diagnosis)), which the process was "
        + "bound to; the report does not tell what other nodes had."
    }
    if diagnosis.shortfall != nil {
      return "The zones that are left of the report were used up; it was cut before all were told: "
        + "give the log with all lines behind Mem-Info."
    }
    if report.zones.isEmpty {
      return "The report has no lines of zones: give the log with all lines from Mem-Info on."
    }
    return
      "Memory was free above the watermarks when the report was printed; what was short before "
      + "can't be told from it."
  }

  private static func nodes(_ diagnosis: OOMDiagnosis) -> String {
    let names = diagnosis.boundNodes.map { "\($0)" }.joined(separator: ", ")
    return diagnosis.boundNodes.count == 1 ? "node \(names)" : "nodes \(names)"
  }

  private static func blockSize(_ diagnosis: OOMDiagnosis) -> String {
    let page = diagnosis.report.pageSize ?? .kib4
    let pages = PageCount(1 << UInt64(min(diagnosis.report.order ?? 0, 30)))
    return pages.bytes(of: page).text
  }

  // MARK: Numbers

  private static func evidence(_ diagnosis: OOMDiagnosis) -> [String] {
    let report = diagnosis.report
    var lines: [String] = []
    var request = "\(report.task) asked for \(blockSize(diagnosis))"
    if let flags = report.gfpFlags.first { request += " with \(flags)" }
    if let zone = diagnosis.request { request += ": zones up to \(zone.rawValue)" }
    lines.append(request)
    lines += memoryLines(diagnosis)
    if let usage = report.cgroupUsage, let limit = report.cgroupLimit {
      lines.append("cgroup: \(usage.text) used, limit \(limit.text)")
    }
    if let total = report.swapTotal, let free = report.swapFree {
      lines.append(total == 0 ? "no swap" : "swap: \(free.text) free of \(total.text)")
    }
    if let victim = report.victim { lines.append("killed: \(victim)") }
    return lines
  }

  private static func memoryLines(_ diagnosis: OOMDiagnosis) -> [String] {
    let usable = diagnosis.usable
    let elsewhere = diagnosis.elsewhere
    var lines: [String] = []
    func of(_ whole: ByteCount) -> String { whole > 0 ? " of \(whole.text)" : "" }
    if usable.free > 0 || usable.managed > 0 {
      lines.append(
        "usable zones: \(usable.free.text) free\(of(usable.managed)), requests fail below "
          + usable.watermark.text
          + (diagnosis.shortfall.map { ": \($0.text) too little" } ?? "")
      )
    }
    switch diagnosis.cause {
    case .urgentRequest: lines.append("page cache: \(elsewhere.free.text)")
    case .urgentReserve: lines.append("kept for urgent requests: \(elsewhere.free.text)")
    default:
      guard elsewhere.free > 0 else { break }
      let how =
        diagnosis.elsewhereIsPrinted
        ? "by the zones' own lines" : "free in total minus the zones that the kernel printed"
      lines.append("elsewhere: \(elsewhere.free.text) free\(of(elsewhere.managed)) (\(how))")
    }
    if diagnosis.cause == .zoneImbalance, let stuck = stuck(diagnosis) {
      lines.append("user memory in the kernel zones: \(stuck.text)")
    }
    return lines
  }

  /// Anonymous memory in the kernel zones, where it is a tenth of them or more.
  private static func stuck(_ diagnosis: OOMDiagnosis) -> ByteCount? {
    diagnosis.anonymousInKernelZones.flatMap {
      $0 > diagnosis.usable.managed.scaled(by: 1, over: 10) ? $0 : nil
    }
  }

  // MARK: What to change

  private static func remedies(_ diagnosis: OOMDiagnosis) -> [String] {
    switch diagnosis.cause {
    case .zoneImbalance: imbalance(diagnosis)
    case .movableOnlyBinding:
      [
        "add a node with kernel memory to the cpuset (cpuset.mems) or the memory policy; "
          + "/sys/devices/system/node/has_normal_memory lists them",
        "or give \(nodes(diagnosis)) kernel memory: zonewise predict shows what kernelcore= gives it",
      ]
    case .nodeBinding:
      [
        "let the process use more nodes: widen cpuset.mems, or prefer nodes instead of binding to "
          + "them (MPOL_PREFERRED_MANY)",
        "or move part of what runs on \(nodes(diagnosis)) to another node",
      ]
    case .lowZone:
      [
        "find the device whose driver asks for such memory (the call trace names it), and let it "
          + "address all memory: a 64-bit DMA mask, or an IOMMU",
        "raise vm.lowmem_reserve_ratio's share for the low zones (a smaller number keeps more), so "
          + "that other requests leave them alone",
      ]
    case .urgentRequest:
      [
        "raise vm.min_free_kbytes or vm.watermark_scale_factor: more is kept free for requests that "
          + "can't wait (network drivers ask for most of them)",
        "such a failure is retried by most drivers: only many of them do harm",
      ]
    case .urgentReserve:
      [
        "kernels before 6.13 count blocks that were reserved once as if all of them were free: a "
          + "newer kernel counts what is free of them",
        "a reboot gives the reserve back; fewer large requests that can't wait (jumbo frames) keep "
          + "it small",
      ]
    case .fragmentation:
      [
        "raise vm.min_free_kbytes or vm.watermark_scale_factor, so that compaction starts earlier",
        "reserve large blocks at boot (hugepages=, cma=) where a driver or HugeTLB needs them",
        "memory in ZONE_MOVABLE stays in one piece: for HugeTLB pages of up to the largest order it "
          + "is the cure, not the cause",
      ]
    case .cgroupLimit:
      [
        "raise the cgroup's memory.max (memory.limit_in_bytes), or lower what runs in it; zones "
          + "have no part in this"
      ]
    case .shortage:
      [
        "the machine needs more memory or less work: no division into zones would have helped",
        diagnosis.report.swapTotal == 0 ? "swap would have let unused anonymous memory go" : "",
      ].filter { !$0.isEmpty }
    case .unknown: []
    }
  }

  private static func imbalance(_ diagnosis: OOMDiagnosis) -> [String] {
    let isCMA =
      diagnosis.elsewhereIsPrinted
      && !diagnosis.report.zones.contains { $0.kind == .movable && ($0.bytes(.free) ?? 0) > 0 }
    if isCMA {
      return [
        "make the CMA areas smaller (cma=, hugetlb_cma=): their free memory is for movable pages",
        "free_cma was \(diagnosis.elsewhere.free.text)",
      ]
    }
    let kernel = diagnosis.usable.managed
    let all = kernel + diagnosis.elsewhere.managed
    // What the kernel held, and half as much again; never less than a quarter of all memory.
    let wanted = max(
      kernel.subtractingOrZero(diagnosis.usable.free).scaled(by: 3, over: 2),
      all.scaled(by: 1, over: 4)
    )
    .roundedUp(to: .mebibytes(128))
    var lines: [String] = []
    if wanted < all {
      lines.append(
        "give the kernel zones more: kernelcore=\(wanted.count >> 20)M instead of the "
          + "\(kernel.text) they had (half as much again as they held, at least a quarter of memory)"
      )
    } else {
      lines.append(
        "do without ZONE_MOVABLE (no kernelcore=, no movablecore=): the kernel alone needs more "
          + "than there is to divide"
      )
    }
    if let stuck = stuck(diagnosis) {
      lines.append(
        "\(stuck.text) of the kernel zones was user memory, which does not move back on its own: "
          + "restart what holds it, or give it swap"
      )
    }
    lines.append(
      "memory that was added later: online it to the kernel, or let the kernel keep the ratio "
        + "(memory_hotplug.online_policy=auto-movable)"
    )
    if let largest = diagnosis.consumers.first(where: { $0.use.isOfKernel }) {
      lines.append("most of what the kernel held was \(largest.name): \(largest.bytes.text)")
    }
    lines.append("zonewise advise on the host, or on its capture, sizes this exactly")
    return lines
  }
}
