internal import HostModel

extension KernelFact {
  /// What `kernelcore=`, `movablecore=` and their algorithm do.
  package static let bootLayout: [KernelFact] = [
    sizeArguments, percentages, mirrorArgument, mirrorNeedsMirroredMemory, mirrorSparesFourGiB,
    mirrorZonesOverlap, movableNodeSparesKernelNodes, deviceTreeMarksHotPluggable,
    dropsStartsBehindNodeEnd, largeSizeSuffixes, limitsMemoryLoongArch, limitsMemoryToLargePages,
  ]

  /// What the command line says of HugeTLB pages.
  package static let hugeTLBArguments: [KernelFact] = [
    hugeTLBAreaInsteadOfBootPages, bootPagesOutOfHugeTLBArea, hugePagesByNode,
  ]

  package static let hugePagesByNode = KernelFact(
    "hugepages-by-node",
    "`hugepages=0:2,1:4` counts pages node by node; before, it is no count.",
    since: KernelRelease(5, 16),
    architectures: Set(Architecture.allCases).subtracting([.ppc64, .ppc32]),
    source: Source("mm/hugetlb.c", "hugepages_setup", commit: "b5389086ad7b")
  )

  package static let hugeTLBAreaInsteadOfBootPages = KernelFact(
    "hugetlb-cma-instead-of-boot-pages",
    """
    `hugetlb_cma=` reserves an area for gigantic pages, and the kernel makes none of those that \
    `hugepages=` asks for at boot.
    """,
    since: KernelRelease(5, 7),
    source: Source("mm/hugetlb.c", "hugetlb_hstate_alloc_pages", commit: "cf11e85fc08c")
  )

  package static let bootPagesOutOfHugeTLBArea = KernelFact(
    "boot-pages-out-of-hugetlb-cma",
    "With `hugetlb_cma_only=1` gigantic pages of the command line are made out of the area at boot.",
    since: KernelRelease(6, 15),
    source: Source("mm/hugetlb_cma.c", "hugetlb_early_cma", commit: "d2d786714080")
  )

  package static let sizeArguments = KernelFact(
    "boot-size-arguments",
    """
    `kernelcore=` and `movablecore=` are there; before 5.8 only where the architecture kept its node \
    map in memblock, which arm did not.
    """,
    since: KernelRelease(2, 6, 23),
    sinceOn: [.arm32: KernelRelease(5, 8)],
    source: Source("mm/mm_init.c", "cmdline_parse_kernelcore, cmdline_parse_movablecore")
  )

  package static let percentages = KernelFact(
    "boot-size-percentages",
    "`kernelcore=N%` and `movablecore=N%` are shares of all memory; before, N bytes.",
    since: KernelRelease(4, 17),
    source: Source("mm/mm_init.c", "cmdline_parse_core", commit: "a5c6d6509342")
  )

  package static let mirrorArgument = KernelFact(
    "kernelcore-mirror",
    "`kernelcore=mirror` is known, and `kernelcore` without a value crashes the kernel.",
    since: KernelRelease(4, 6),
    source: Source("mm/mm_init.c", "cmdline_parse_kernelcore", commit: "342332e6a925")
  )

  package static let mirrorNeedsMirroredMemory = KernelFact(
    "mirror-needs-mirrored-memory",
    """
    `kernelcore=mirror` is ignored where no memory is mirrored; before, everything above 4 GiB \
    became Movable.
    """,
    since: KernelRelease(6, 6),
    source: Source("mm/mm_init.c", "find_zone_movable_pfns_for_nodes", commit: "0db31d63f27c")
  )

  package static let mirrorSparesFourGiB = KernelFact(
    "mirror-spares-4gib",
    """
    `kernelcore=mirror` leaves memory below 4 GiB to the kernel; before, frames below 0x100000 \
    whatever the page size.
    """,
    since: KernelRelease(6, 0),
    source: Source("mm/mm_init.c", "find_zone_movable_pfns_for_nodes")
  )

  package static let mirrorZonesOverlap = KernelFact(
    "mirror-zones-overlap",
    """
    `kernelcore=mirror` lets Normal and Movable overlap, and each frame is in one of them by its \
    mirroring. From 7.3 on everything from a node's first unmirrored range at or above 4 GiB is \
    Movable, mirrored memory too.
    """,
    since: KernelRelease(4, 6),
    until: KernelRelease(7, 3),
    source: Source("mm/mm_init.c", "adjust_zone_range_for_zone_movable, zone_absent_pages_in_node")
  )

  package static let movableNodeSparesKernelNodes = KernelFact(
    "movable-node-spares-kernel-nodes",
    """
    `movable_node` leaves nodes that hold the kernel to the kernel, whatever the firmware calls \
    hot-pluggable.
    """,
    since: KernelRelease(3, 14),
    sinceOn: [
      .arm64: KernelRelease(6, 12), .riscv64: KernelRelease(6, 12),
      .loongarch64: KernelRelease(6, 16),
    ],
    architectures: [.x86_64, .arm64, .riscv64, .loongarch64],
    source: Source(
      "mm/numa_memblks.c (arch/x86/mm/numa.c up to 6.11)",
      "numa_clear_kernel_node_hotplug",
      commit: "87482708210f"
    )
  )

  package static let deviceTreeMarksHotPluggable = KernelFact(
    "device-tree-marks-hot-pluggable",
    """
    A device tree marks memory as hot-pluggable (on ppc64 each of firmware's blocks), which \
    `movable_node` makes Movable beside any size; no message of the kernel shows which.
    """,
    since: KernelRelease(4, 10),
    architectures: [.arm64, .arm32, .ppc64, .ppc32, .riscv64, .loongarch64, .mips64, .mips32],
    source: Source(
      "drivers/of/fdt.c; arch/powerpc/kernel/prom.c",
      "early_init_dt_scan_memory; early_init_drmem_lmb",
      commit: "41a9ada3e6b4"
    )
  )

  package static let dropsStartsBehindNodeEnd = KernelFact(
    "drops-start-behind-node-end",
    "A start of ZONE_MOVABLE that rounding pushed behind the node's end is taken back.",
    since: KernelRelease(5, 18),
    stable: [
      KernelRelease(5, 17, 2), KernelRelease(5, 16, 19), KernelRelease(5, 15, 33),
      KernelRelease(5, 10, 110), KernelRelease(5, 4, 189), KernelRelease(4, 19, 238),
      KernelRelease(4, 14, 276), KernelRelease(4, 9, 311),
    ],
    source: Source("mm/mm_init.c", "find_zone_movable_pfns_for_nodes", commit: "ddbc84f3f595"),
    assumption: .holds(
      because: """
        one of after spring 2022 is assumed, which never lets ZONE_MOVABLE begin behind a node's end
        """
    )
  )

  package static let limitsMemoryLoongArch = KernelFact(
    "mem-without-a-place",
    """
    `mem=SIZE` limits memory; before, loongarch took `mem=SIZE@START` only, and dropped all memory \
    where the place was missing.
    """,
    since: KernelRelease(7, 2),
    architectures: [.loongarch64],
    source: Source("arch/loongarch/kernel/setup.c", "early_parse_mem")
  )

  package static let limitsMemoryToLargePages = KernelFact(
    "mem-in-large-pages",
    "`mem=` is rounded down to 16 MiB.",
    since: KernelRelease(6, 12),
    architectures: [.ppc64],
    source: Source("arch/powerpc/kernel/prom.c", "early_init_devtree")
  )

  package static let largeSizeSuffixes = KernelFact(
    "size-suffixes-beyond-g",
    "Sizes take the suffixes T, P and E beside K, M and G.",
    since: KernelRelease(3, 16),
    source: Source("lib/cmdline.c", "memparse")
  )
}
