internal import HostModel
internal import KernelText

/// What a diagnosis says: the answer, the numbers behind it, and what to change.
enum OOMWords {
  static func fill(_ diagnosis: inout OOMDiagnosis) {
    diagnosis.answer = answer(diagnosis)
    diagnosis.evidence = evidence(diagnosis)
    diagnosis.remedies = remedies(diagnosis)
  }

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
    case .shortage:
      return "All memory that could be used was used: \(free) was left of "
        + "\(diagnosis.usable.managed.text), and nothing worth having elsewhere."
    case .unknown:
      return diagnosis.report.zones.isEmpty
        ? "The report has no numbers to judge by: give the log with the lines from Mem-Info on."
        : "Memory was free above the watermarks when the report was printed; what was short before "
          + "can't be told from it."
    }
  }

  private static func nodes(_ diagnosis: OOMDiagnosis) -> String {
    let allowed = diagnosis.report.nodeMask ?? diagnosis.report.memsAllowed ?? []
    let names = allowed.map { "\($0)" }.joined(separator: ", ")
    return allowed.count == 1 ? "node \(names)" : "nodes \(names)"
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
    if diagnosis.usable.managed > 0 {
      lines.append(
        "usable zones: \(diagnosis.usable.free.text) free of \(diagnosis.usable.managed.text), "
          + "requests fail below \(diagnosis.usable.watermark.text)"
      )
    }
    if diagnosis.elsewhere.free > 0 {
      let how =
        diagnosis.elsewhereIsPrinted
        ? "by the zones' own lines" : "free in total minus the zones that the kernel printed"
      lines.append(
        "elsewhere: \(diagnosis.elsewhere.free.text) free of "
          + "\(diagnosis.elsewhere.managed.text) (\(how))"
      )
    }
    if let usage = report.cgroupUsage, let limit = report.cgroupLimit {
      lines.append("cgroup: \(usage.text) used, limit \(limit.text)")
    }
    if let total = report.swapTotal, let free = report.swapFree {
      lines.append(total == 0 ? "no swap" : "swap: \(free.text) free of \(total.text)")
    }
    if let victim = report.victim { lines.append("killed: \(victim)") }
    return lines
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
      && !diagnosis.report.zones.contains { $0.kind == .movable && ($0.bytes("free") ?? 0) > 0 }
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
      (kernel - diagnosis.usable.free).scaled(by: 3, over: 2),
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
    lines.append(
      "memory that was added later: online it to the kernel, or let the kernel keep the ratio "
        + "(memory_hotplug.online_policy=auto-movable)"
    )
    if let largest = diagnosis.consumers.first(where: { kernelConsumers.contains($0.name) }) {
      lines.append("most of what the kernel held was \(largest.name): \(largest.bytes.text)")
    }
    lines.append("zonewise advise on the host, or on its capture, sizes this exactly")
    return lines
  }

  private static let kernelConsumers: Set<String> = [
    "unreclaimable slab", "reclaimable slab", "page tables", "secondary page tables",
    "kernel stacks", OOMDiagnosis.unexplained,
  ]
}
