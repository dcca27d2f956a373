internal import HostModel

extension KernelFact {
  /// What memory is set apart at boot, and where.
  package static let reservations: [KernelFact] = [
    areas, areasForDevices, deviceAreasByNode, areasGrowUpwards, areasArePageblocks,
    failedAreasAreFreed, giganticAreas, giganticAreasByNode,
    wholeGiganticAreas, giganticAreaPercentages, reservesGiganticAreasLate, crashAreas,
    handoverAreas,
  ]

  package static let areas = KernelFact(
    "cma",
    "There are CMA areas; Debian's x86 kernels before 7 are built without.",
    options: [.cma],
    source: Source("mm/Kconfig", "CMA"),
    assumption: .holds(because: "it is taken to be built with CMA areas (CONFIG_CMA)")
  )

  package static let areasForDevices = KernelFact(
    "cma-for-devices",
    "`cma=` makes an area for devices.",
    options: [.dmaCMA],
    source: Source("kernel/dma/contiguous.c", "dma_contiguous_reserve"),
    assumption: .holds(because: "it is taken to be built with an area for devices (CONFIG_DMA_CMA)")
  )

  package static let deviceAreasByNode = KernelFact(
    "numa-cma",
    "`numa_cma=0:1G,1:2G` makes areas for devices node by node.",
    since: KernelRelease(6, 6),
    source: Source("kernel/dma/contiguous.c", "early_numa_cma", commit: "bf29bfaa5490")
  )

  package static let areasGrowUpwards = KernelFact(
    "cma-upwards-from-4gib",
    """
    A CMA area is looked for upwards from 4 GiB first; before, from the top of memory downwards, \
    which is where ZONE_MOVABLE lies.
    """,
    since: KernelRelease(5, 12),
    source: Source("mm/cma.c", "cma_declare_contiguous_nid, cma_alloc_mem", commit: "148aa87e4f63")
  )

  package static let areasArePageblocks = KernelFact(
    "cma-aligned-to-pageblocks",
    "CMA areas are whole pageblocks; before, whole blocks of the largest order.",
    since: KernelRelease(5, 19),
    source: Source("include/linux/cma.h", "CMA_MIN_ALIGNMENT_PAGES", commit: "11ac3e87ce09")
  )

  package static let failedAreasAreFreed = KernelFact(
    "failed-cma-is-freed",
    """
    A CMA area that is given up because it lies in two zones goes to the page allocator; before, \
    what lies in the upper zone is lost.
    """,
    since: KernelRelease(5, 12),
    source: Source("mm/cma.c", "cma_activate_area", commit: "3a5139f1c5bb")
  )

  package static let giganticAreas = KernelFact(
    "hugetlb-cma",
    "`hugetlb_cma=` reserves CMA areas for gigantic pages, divided by the nodes.",
    since: KernelRelease(5, 7),
    sinceOn: [
      .ppc64: KernelRelease(5, 9), .riscv64: KernelRelease(5, 13), .s390x: KernelRelease(6, 6),
    ],
    source: Source("mm/hugetlb_cma.c", "hugetlb_cma_reserve", commit: "cf11e85fc08c")
  )

  package static let giganticAreasByNode = KernelFact(
    "hugetlb-cma-by-node",
    "`hugetlb_cma=0:2G,1:4G` gives sizes node by node; before, the first number is the size.",
    since: KernelRelease(5, 16),
    source: Source("mm/hugetlb_cma.c", "cmdline_parse_hugetlb_cma", commit: "38e719ab2673")
  )

  package static let wholeGiganticAreas = KernelFact(
    "hugetlb-cma-whole-pages",
    """
    `hugetlb_cma=` must be a multiple of the gigantic page; 6.12 still rounds it up on each node, and \
    7.2 refuses it (no release between was read).
    """,
    since: KernelRelease(7, 2),
    source: Source("mm/hugetlb_cma.c", "hugetlb_cma_reserve")
  )

  package static let giganticAreaPercentages = KernelFact(
    "hugetlb-cma-percent",
    "`hugetlb_cma=N%` is a share of all memory, in a list a share of the node's; before, N bytes.",
    since: KernelRelease(7, 3),
    source: Source("mm/hugetlb_cma.c", "cmdline_parse_hugetlb_cma")
  )

  package static let reservesGiganticAreasLate = KernelFact(
    "hugetlb-cma-after-crashkernel",
    """
    Areas of `hugetlb_cma=` are reserved when the zones are made, behind `crashkernel=`; 6.12 does \
    it in each architecture's `setup_arch`, and 7.2 in mm_init (no release between was read).
    """,
    since: KernelRelease(7, 2),
    source: Source("mm/mm_init.c", "mm_core_init_early")
  )

  package static let crashAreas = KernelFact(
    "crashkernel-cma",
    "`crashkernel=SIZE,cma` reserves CMA areas, which movable pages use until the kernel crashes.",
    since: KernelRelease(6, 17),
    architectures: [.x86_64],
    source: Source("kernel/crash_reserve.c", "reserve_crashkernel_cma", commit: "ab475510e042")
  )

  package static let handoverAreas = KernelFact(
    "kexec-handover",
    """
    `kho=on` sets scratch areas for the next kernel apart, one low, one for all nodes, one on each \
    node, from the top of memory down; until then they are CMA, in ZONE_MOVABLE too.
    """,
    since: KernelRelease(6, 16),
    architectures: [.x86_64, .arm64],
    options: [.kexecHandover],
    source: Source(
      "kernel/liveupdate/kexec_handover.c",
      "kho_reserve_scratch",
      commit: "3dc92c311498"
    )
  )
}
