internal import HostModel
internal import KernelText

/// What would change it.
extension OOMDiagnosis {
  package var remedies: [String] {
    switch why {
    case .zoneImbalance(let places): imbalanceRemedies(places)
    case .movableOnlyBinding:
      [
        "add a node with kernel memory to the cpuset (cpuset.mems) or the memory policy; "
          + "/sys/devices/system/node/has_normal_memory lists them",
        "or give \(nodes) kernel memory: zonewise predict shows what kernelcore= gives it",
      ]
    case .nodeBinding:
      [
        "let the process use more nodes: widen cpuset.mems, or prefer nodes instead of binding to "
          + "them (MPOL_PREFERRED_MANY)",
        "or move part of what runs on \(nodes) to another node",
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
    case .fragmentation: fragmentationRemedies
    case .reclaimStuck: stuckRemedies
    case .uncounted: uncountedRemedies
    case .cgroupLimit:
      [
        "raise the cgroup's memory.max (memory.limit_in_bytes), or lower what runs in it; zones "
          + "have no part in this"
      ]
    case .shortage: shortageRemedies
    case .noShortage(let reason): remedies(for: reason)
    case .unknown: []
    }
  }

  // MARK: By cause

  private var fragmentationRemedies: [String] {
    switch report.kind {
    case .pageDescriptors:
      return [
        "on x86 the descriptors fall back to 4 KiB pages, and the memory is added all the same; "
          + "other architectures fell back later (arm64 between 5.10 and 6.1) or refuse the whole "
          + "range: a line `add_memory failed` or `hot_add memory failed` says so",
        "memory_hotplug.memmap_on_memory=1 takes descriptors from the added memory itself, where "
          + "the driver allows it",
      ]
    case .withoutMMU:
      return [
        "without an MMU a process needs its memory in one piece: make its data or stack smaller, "
          + "start it early, or build with memory in smaller pieces (FDPIC, shared text)"
      ]
    default:
      return [
        "raise vm.min_free_kbytes or vm.watermark_scale_factor, so that compaction starts earlier",
        "reserve large blocks at boot (hugepages=, cma=) where a driver or HugeTLB needs them",
        "memory in ZONE_MOVABLE stays in one piece: for HugeTLB pages of up to the largest order it "
          + "is the cure, not the cause",
      ]
    }
  }

  private var stuckRemedies: [String] {
    var lines = [
      "look for what pins or dirties that memory (long-term pins, a stuck file system or network "
        + "disk); if nothing does, it is a defect of reclaim in this kernel: try a newer one",
      "adding memory would not have helped: what was there was not freed",
    ]
    if report.zones.contains(where: { $0.kind == .highMem }) {
      lines.append("a 64-bit kernel has no such low zone: all memory serves the kernel")
    }
    return lines
  }

  private var uncountedRemedies: [String] {
    [
      "find who took it: page_owner=on on the command line, then /sys/kernel/debug/page_owner; since "
        + "6.10 /proc/allocinfo; balloons and VMs show it on their own side",
      "a driver that leaks takes whatever is added: neither more memory nor another division helps",
    ]
  }

  private var shortageRemedies: [String] {
    // What the kernel itself holds so much of is a leak more often than work.
    if let own = consumers.first, own.use.isOfKernel,
      own.bytes > usable.managed.scaled(by: 1, over: 2)
    {
      return [
        "most of it, \(own.bytes.text), is the kernel's: \(own.name); find who takes it (slabtop, "
          + "/proc/slabinfo, the report's own list of unreclaimable slabs), before memory is added",
        "no division into zones would have helped",
      ]
    }
    return [
      "the machine needs more memory or less work: no division into zones would have helped",
      report.swapTotal == 0 ? "swap would have let unused anonymous memory go" : "",
    ].filter { !$0.isEmpty }
  }

  private func remedies(for reason: OOMCause.NoShortage) -> [String] {
    switch reason {
    case .addressSpace:
      [
        "on a 32-bit kernel enlarge the area (vmalloc=SIZE on the command line) or use a 64-bit one; "
          + "elsewhere /proc/vmallocinfo shows who holds it"
      ]
    case .hugeVmalloc:
      ["nothing: later kernels no longer print this, since vmalloc tries small pages next"]
    case .pageFault:
      ["look at the cgroup's memory.events and memory.max (memory.kmem.limit_in_bytes)"]
    case .brokenCount:
      [
        "a balloon or hot-unplug driver took more pages from the zone than it had: update the kernel, "
          + "or do without the balloon"
      ]
    case .calledByHand, .beforeMemory, .shown: []
    }
  }

  // MARK: Another division

  private func imbalanceRemedies(_ places: [OOMPlace]) -> [String] {
    if places.contains(where: { $0.kind == .highMem }) { return highMemRemedies }
    if places.allSatisfy({ $0.kind == .cma }) {
      return [
        "make the CMA areas smaller (cma=, hugetlb_cma=): their free memory is for movable pages",
        "free_cma was \(elsewhere.free.text)",
      ]
    }
    let kernel = usable.managed
    let all = kernel + elsewhere.managed
    // What the kernel held, and half as much again; never less than a quarter of all memory.
    let wanted = max(
      kernel.subtractingOrZero(usable.free).scaled(by: 3, over: 2),
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
    if let stuck {
      lines.append(
        "\(stuck.text) of the kernel zones was user memory, which does not move back on its own: "
          + "restart what holds it, or give it swap"
      )
    }
    lines.append(
      "memory that was added later: online it to the kernel, or let the kernel keep the ratio "
        + "(memory_hotplug.online_policy=auto-movable)"
    )
    if let largest = consumers.first(where: { $0.use.isOfKernel }) {
      lines.append("most of what the kernel held was \(largest.name): \(largest.bytes.text)")
    }
    lines.append("zonewise advise on the host, or on its capture, sizes this exactly")
    return lines
  }

  private var highMemRemedies: [String] {
    var lines = [
      "run a 64-bit kernel: it has no HighMem, and all memory serves the kernel",
      "or enlarge the low zones: a kernel built with another split of addresses (VMSPLIT_2G)",
    ]
    if let size = uncountedLarge {
      lines.append("find the driver that holds the \(size.text) that no counter has")
    }
    if let largest = consumers.first(where: { $0.use.isOfKernel && $0.use != .unexplained }) {
      lines.append(
        "most of what the kernel counted as its own was \(largest.name): "
          + largest.bytes.text
      )
    }
    return lines
  }
}
