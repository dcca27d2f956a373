extension Topic {
  /// What it is, in a line.
  package var title: String {
    switch self {
    case .movable: "Memory that the kernel can empty again"
    case .zones: "How the kernel divides a node's memory"
    case .ratio: "MOVABLE:KERNEL, and what is fine"
    case .needed: "What the kernel zones must hold"
    case .margin: "What is added to be safe"
    case .headroom: "How much the kernel can still take"
    case .reserve: "What the kernel keeps free: watermarks and protection"
    case .arguments: "kernelcore=, movablecore=, movable_node"
    case .hotplug: "Memory that is added while the machine runs"
    case .policy: "Which zone added memory goes to"
    case .block: "The unit in which memory goes online and offline"
    case .memmap: "What describes each page, and who pays for it"
    case .cma: "Areas that give memory in one piece"
    case .gigantic: "Huge pages that can't be made from small free lists"
    case .pinning: "Pages that must not move"
    case .profile: "What a workload asks of the kernel zones"
    }
  }

  /// What people should know of it, a paragraph each.
  package var paragraphs: [String] {
    switch self {
    case .movable:
      [
        "ZONE_MOVABLE holds only what can be copied elsewhere while it is in use: pages of processes, "
          + "page cache. So memory in it can be taken offline, made huge pages of, or had in one piece.",
        "The kernel's own memory (page tables, slab, stacks, pinned pages) can't be there. When the "
          + "other zones are at their watermarks, the OOM killer comes, whatever is free in Movable.",
      ]
    case .zones:
      [
        "A node's memory is in zones: DMA (x86: below 16 MiB) and DMA32 (below 4 GiB) for devices with "
          + "short addresses, Normal for the rest, Movable for what can move, HighMem on 32-bit "
          + "machines. The kernel takes its own memory from all but Movable and HighMem.",
        "present is the memory that is there, managed what the allocator got of it: the kernel's image "
          + "and what was reserved at boot are the difference.",
      ]
    case .ratio:
      [
        "Every page of Movable costs kernel memory when it is used: page tables, slab, descriptors of "
          + "what was added. The ratio says how much Movable one byte of kernel memory carries. CMA "
          + "areas and HighMem count as Movable, since the kernel can't use them.",
        "Up to 3:1 is rarely a problem, and 4:1 often fine (memory-hotplug.rst); a profile may say "
          + "otherwise. It is a rule of thumb: what this host needs is counted besides.",
      ]
    case .needed:
      [
        "What the kernel zones hold now, term by term from the kernel's counters, grown as the profile "
          + "says for its horizon; what must stay free (reserve); and a margin. Movable may be what is "
          + "left, if the ratio stays fine.",
        "What no counter explains is in the account too, as unexplained: it is never dropped.",
      ]
    case .margin:
      [
        "Counters are of one moment, and growth is a guess. The profile's margin is added on top: a "
          + "share of what is needed, and at least a size."
      ]
    case .headroom:
      [
        "How much more unmovable memory the kernel can take before an ordinary allocation fails: free "
          + "pages of the kernel zones above their reserve, and what of page cache and slab the kernel "
          + "itself counts as reclaimable (as for MemAvailable).",
        "On eight machines on which page tables were grown until the OOM killer came, it was 0.6 to "
          + "2.9 % above what was taken.",
      ]
    case .reserve:
      [
        "Each zone keeps pages back: its min watermark for emergencies, and protection against "
          + "requests that could go to a higher zone (lowmem_reserve_ratio). Ordinary allocations "
          + "can't have them; vm.min_free_kbytes and vm.watermark_scale_factor set how many."
      ]
    case .arguments:
      [
        "kernelcore=N: so much for the kernel, the rest Movable. movablecore=N: so much Movable. "
          + "movable_node: hot-pluggable nodes become Movable, and sizes are ignored.",
        "Memory below 4 GiB counts first and stays the kernel's; the rest of N is spread over the "
          + "nodes, so a late node may get nothing. 1.5G is one byte to the kernel, 010G is octal, "
          + "100 % is no Movable at all.",
      ]
    case .hotplug:
      [
        "Added memory (DIMM, virtio-mem, CXL, balloon drivers) comes in blocks. A block is useless, and "
          + "its descriptors paid for, until it is online; who does that, and to which zone, is policy.",
        "Kernel memory that was added can hardly be removed again; Movable can.",
      ]
    case .policy:
      [
        "memhp_default_state says whether added blocks go online by themselves: offline, online, "
          + "online_kernel, online_movable. What online means, memory_hotplug.online_policy says: "
          + "contig-zones takes the zone that reaches so far; auto-movable (5.15) takes Movable as long "
          + "as auto_movable_ratio allows it.",
        "online_movable has no limit: the machine can grow until its kernel zones are full.",
        "The policy of a repository (.zonewise.yaml, for zonewise check) is another thing: man "
          + "zonewise-policy.",
      ]
    case .block:
      [
        "Memory goes online and offline in blocks of 128 MiB to 2 GiB. A block goes offline only if "
          + "everything in it can be moved: nothing of the kernel's, nothing pinned, no hole, one zone.",
        "Where ZONE_MOVABLE begins inside a block, that block never goes.",
      ]
    case .memmap:
      [
        "A descriptor (struct page, 64 bytes on 64-bit kernels) stands for every page. Those of boot "
          + "memory are made at boot, at the top of each node; those of added memory come from the "
          + "kernel zones, before any of it is usable, or from the added memory itself with "
          + "memory_hotplug.memmap_on_memory.",
        "At 63:1 of 4 KiB pages, descriptors alone would fill the kernel zones.",
      ]
    case .cma:
      [
        "CMA areas are set aside at boot (cma=, device tree, hugetlb_cma=) for devices that need memory "
          + "in one piece. Meanwhile movable pages live in them; the kernel's own can't. So they "
          + "stand on the Movable side of the ratio, though they lie in kernel zones."
      ]
    case .gigantic:
      [
        "Pages above the largest buddy block (1 GiB on x86-64) need contiguous memory. At boot "
          + "(hugepagesz=1G hugepages=N) they come from the top of each node; at run time from kernel "
          + "zones, from hugetlb_cma= areas, or, since 7.0 with vm.movable_gigantic_pages, from "
          + "Movable.",
        "In kernel zones they are memory that the kernel has no more; in Movable they keep blocks "
          + "from going offline until they are freed.",
      ]
    case .pinning:
      [
        "VFIO, RDMA, io_uring and the like pin pages for long: a device knows their address. Since 5.13 "
          + "the kernel moves such pages out of Movable and CMA first, so kernel zones must have room "
          + "for all that is pinned; else pinning fails with gigabytes free. Older kernels pin them "
          + "where they are, and the block stays."
      ]
    case .profile:
      [
        "A profile says how the terms of a workload grow, how much margin stays, and which ratio its "
          + "owner takes; every number has its reason in it. zonewise profiles suggest says which one "
          + "a host looks like."
      ]
    }
  }

  /// Rules that look at it.
  package var rules: [String] {
    switch self {
    case .movable: ["ZW102"]
    case .zones: ["ZW103"]
    case .ratio: ["ZW101"]
    case .needed: ["ZW102", "ZW903"]
    case .margin: []
    case .headroom: ["ZW102"]
    case .reserve: ["ZW116"]
    case .arguments: ["ZW301", "ZW302", "ZW303"]
    case .hotplug: ["ZW108", "ZW211", "ZW212"]
    case .policy: ["ZW208", "ZW213"]
    case .block: ["ZW117", "ZW119"]
    case .memmap: ["ZW205", "ZW206", "ZW207"]
    case .cma: ["ZW109", "ZW405"]
    case .gigantic: ["ZW104", "ZW105"]
    case .pinning: ["ZW401", "ZW402", "ZW403"]
    case .profile: []
    }
  }

  /// The command that answers questions about it.
  package var command: String {
    switch self {
    case .movable, .ratio, .needed, .margin, .headroom, .zones, .reserve: "zonewise advise -v"
    case .arguments: "zonewise predict --cmdline 'kernelcore=4G'"
    case .hotplug, .policy, .memmap: "zonewise plan --add dimm:16GiB@0"
    case .block: "zonewise blocks"
    case .cma: "zonewise advise --need cma=2GiB"
    case .gigantic: "zonewise advise --need hugetlb:1GiB=8"
    case .pinning: "zonewise advise --need pin=16GiB"
    case .profile: "zonewise profiles suggest"
    }
  }
}
