internal import HostModel

extension KernelFact {
  /// How memory is added and brought online.
  package static let hotplug: [KernelFact] = [
    memoryHotplug, defaultOnlineState, zonedDefaultOnlineState, autoMovablePolicy, memmapOnMemory,
    forcedMemmapOnMemory, splitsMemmapByBlock, daxMemmapOnMemory, archHoldsMemmapOnMemory,
    firmwareBlocksMemmapOnMemory, optimizationExcludesMemmapOnMemory, sharesDAXTails,
    virtioMemPlugsPageblocks, driverOnlinesBlocks, operatorOnlinesBlocks, configuresBlocksFirst,
    daxDeviceStates, numaNodes, smallSectionsARM64, smallSectionsS390, advisedBlockSize,
  ]

  package static let memoryHotplug = KernelFact(
    "memory-hotplug",
    """
    Memory can come and go while the kernel runs, and has blocks in /sys/devices/system/memory; \
    32-bit x86 could until 5.14, 32-bit arm never.
    """,
    since: KernelRelease(2, 6, 13),
    sinceOn: [.riscv64: KernelRelease(6, 11), .loongarch64: KernelRelease(5, 19)],
    architectures: [.x86_64, .arm64, .ppc64, .s390x, .riscv64, .loongarch64],
    options: [.memoryHotplug],
    source: Source("mm/Kconfig", "ARCH_ENABLE_MEMORY_HOTPLUG")
  )

  package static let numaNodes = KernelFact(
    "numa-nodes",
    "Nodes have directories in /sys/devices/system/node.",
    architectures: [
      .x86_64, .x86_32, .arm64, .ppc64, .s390x, .riscv64, .loongarch64, .mips64, .sparc64, .ia64,
    ],
    options: [.numa],
    source: Source("drivers/base/node.c; arch/*/Kconfig", "register_one_node; NUMA"),
    assumption: .holds(because: "distributions build NUMA in")
  )

  package static let defaultOnlineState = KernelFact(
    "default-online-state",
    "`memhp_default_state=` sets what becomes of memory that is added.",
    since: KernelRelease(4, 8),
    source: Source(
      "mm/memory_hotplug.c",
      "setup_memhp_default_state",
      commit: "86dd995d6324"
    )
  )

  package static let zonedDefaultOnlineState = KernelFact(
    "default-online-state-zones",
    """
    `memhp_default_state=` and auto_online_blocks take `online_kernel` and `online_movable` beside \
    `online` and `offline`.
    """,
    since: KernelRelease(5, 7),
    source: Source(
      "mm/memory_hotplug.c",
      "setup_memhp_default_state",
      commit: "5f47adf762b7"
    )
  )

  package static let autoMovablePolicy = KernelFact(
    "auto-movable-policy",
    "`memory_hotplug.online_policy` and its auto-movable ratio choose the zone of plain `online`.",
    since: KernelRelease(5, 15),
    source: Source(
      "mm/memory_hotplug.c",
      "auto_movable_zone_for_pfn",
      commit: "e83a437faa62"
    ),
    shown: { isThere($0.onlining.policy) }
  )

  package static let memmapOnMemory = KernelFact(
    "memmap-on-memory",
    "`memory_hotplug.memmap_on_memory` lets added memory hold its own page descriptors.",
    since: KernelRelease(5, 13),
    options: [.memmapOnMemory],
    source: Source(
      "mm/memory_hotplug.c",
      "mhp_supports_memmap_on_memory",
      commit: "a08a2ae34613"
    ),
    shown: { isThere($0.onlining.memmapOnMemory) }
  )

  package static let forcedMemmapOnMemory = KernelFact(
    "memmap-on-memory-force",
    "memmap_on_memory takes `force`, which rounds descriptors up to whole pageblocks.",
    since: KernelRelease(6, 6),
    source: Source("mm/memory_hotplug.c", "set_memmap_mode", commit: "2d1f649c7c08")
  )

  package static let splitsMemmapByBlock = KernelFact(
    "memmap-on-memory-by-block",
    """
    Every block of a device may hold its own descriptors; before, only a device that is exactly one \
    block large.
    """,
    since: KernelRelease(6, 8),
    source: Source(
      "mm/memory_hotplug.c",
      "create_altmaps_and_memory_blocks",
      commit: "6b8f0798b85a"
    )
  )

  package static let daxMemmapOnMemory = KernelFact(
    "memmap-on-memory-dax",
    "dax/kmem asks for memmap_on_memory, device by device; before, it never did.",
    since: KernelRelease(6, 8),
    source: Source("drivers/dax/kmem.c", "dev_dax_kmem_probe")
  )

  package static let archHoldsMemmapOnMemory = KernelFact(
    "memmap-on-memory-architecture",
    "The architecture lets added memory hold its own descriptors.",
    since: KernelRelease(5, 13),
    sinceOn: [
      .ppc64: KernelRelease(6, 6), .s390x: KernelRelease(6, 8), .riscv64: KernelRelease(6, 11),
    ],
    architectures: [.x86_64, .arm64, .ppc64, .s390x, .riscv64],
    source: Source("arch/*/Kconfig", "ARCH_MHP_MEMMAP_ON_MEMORY_ENABLE"),
    assumption: .holds(because: "x86-64 is assumed")
  )

  package static let sharesDAXTails = KernelFact(
    "dax-descriptors-share-tails",
    "Of the descriptors of a compound device-DAX page two base pages are kept.",
    since: KernelRelease(5, 19),
    sinceOn: [.ppc64: KernelRelease(6, 6), .riscv64: KernelRelease(6, 6)],
    architectures: [.x86_64, .ppc64, .riscv64],
    source: Source(
      "mm/sparse-vmemmap.c; arch/*/Kconfig",
      "vmemmap_populate_compound_pages; ARCH_WANT_OPTIMIZE_DAX_VMEMMAP",
      commit: "4917f55b4ef9"
    ),
    assumption: .doesNotHold(
      because: "descriptors are counted in full, which never promises too much"
    )
  )

  package static let firmwareBlocksMemmapOnMemory = KernelFact(
    "memmap-on-memory-firmware-blocks",
    """
    The drivers that add one block at a time on the firmware's word ask for memmap_on_memory: DLPAR \
    on pseries, standby memory on s390.
    """,
    since: KernelRelease(6, 6),
    sinceOn: [.s390x: KernelRelease(6, 8)],
    architectures: [.ppc64, .s390x],
    source: Source(
      "arch/powerpc/platforms/pseries/hotplug-memory.c; drivers/s390/char/sclp_cmd.c, sclp_mem.c",
      "dlpar_add_lmb; add_memory_merged, sclp_config_mem_store"
    ),
    assumption: .doesNotHold(because: "x86-64 is assumed, whose block drivers never ask")
  )

  package static let optimizationExcludesMemmapOnMemory = KernelFact(
    "hugetlb-optimization-excludes-memmap-on-memory",
    "With `hugetlb_free_vmemmap=on` no added memory holds its own descriptors.",
    since: KernelRelease(5, 14),
    until: KernelRelease(6, 1),
    source: Source("mm/memory_hotplug.c", "mhp_supports_memmap_on_memory"),
    assumption: .doesNotHold(because: "a current kernel is assumed, which allows both")
  )

  package static let virtioMemPlugsPageblocks = KernelFact(
    "virtio-mem-plugs-pageblocks",
    """
    virtio-mem plugs sub-blocks of a pageblock, or of the device's own block where that is larger; \
    before, of the page allocator's largest block.
    """,
    since: KernelRelease(5, 17),
    source: Source("drivers/virtio/virtio_mem.c", "virtio_mem_init_hotplug")
  )

  package static let driverOnlinesBlocks = KernelFact(
    "dlpar-onlines-by-itself",
    "DLPAR brings each block online itself, whatever `memhp_default_state=offline` says.",
    architectures: [.ppc64],
    source: Source("arch/powerpc/platforms/pseries/hotplug-memory.c", "dlpar_online_lmb"),
    assumption: .doesNotHold(because: "x86-64 is assumed")
  )

  package static let operatorOnlinesBlocks = KernelFact(
    "standby-memory-waits",
    """
    Standby memory comes online when an operator asks for it (chmem, as Movable unless it is told \
    otherwise): udev's rules leave it alone.
    """,
    architectures: [.s390x],
    source: Source("drivers/s390/char/sclp_cmd.c, sclp_mem.c", "sclp_mem_notifier"),
    assumption: .doesNotHold(because: "x86-64 is assumed")
  )

  package static let configuresBlocksFirst = KernelFact(
    "standby-memory-is-configured-first",
    """
    Standby memory has no block and no descriptors until 1 is written to its \
    /sys/firmware/memory/memoryN/config.
    """,
    since: KernelRelease(7, 2),
    architectures: [.s390x],
    source: Source("drivers/s390/char/sclp_mem.c", "sclp_config_mem_store"),
    assumption: .doesNotHold(because: "x86-64 is assumed")
  )

  package static let daxDeviceStates = KernelFact(
    "dax-device-state",
    """
    Each DAX device of driver kmem has a `state` of its own: unplugged, online, online_kernel or \
    online_movable.
    """,
    since: KernelRelease(7, 3),
    source: Source("drivers/dax/kmem.c", "state_store"),
    assumption: .doesNotHold(because: "7.2 is assumed, where daxctl or udev onlines the blocks")
  )

  package static let smallSectionsARM64 = KernelFact(
    "small-sections-arm64",
    "Memory blocks of arm64 are 128 MiB (512 MiB with 64 KiB pages); before, 1 GiB.",
    since: KernelRelease(5, 12),
    architectures: [.arm64],
    source: Source(
      "arch/arm64/include/asm/sparsemem.h",
      "SECTION_SIZE_BITS",
      commit: "f0b13ee23241"
    )
  )

  package static let smallSectionsS390 = KernelFact(
    "small-sections-s390x",
    "Memory blocks of s390x are 128 MiB, or the machine's increment where that is larger; before, "
      + "256 MiB.",
    since: KernelRelease(7, 2),
    architectures: [.s390x],
    source: Source("arch/s390/include/asm/sparsemem.h", "SECTION_SIZE_BITS")
  )

  package static let advisedBlockSize = KernelFact(
    "block-size-advised-by-firmware",
    "Where CXL windows begin and end limits the size of memory blocks.",
    since: KernelRelease(7, 2),
    architectures: [.x86_64],
    source: Source(
      "arch/x86/mm/init_64.c",
      "probe_memory_block_size, memory_block_advised_max_size"
    )
  )

  /// A parameter that is there proves its feature; one that is not may have been left out of what
  /// was read.
  private static func isThere<Value>(_ parameter: Reading<Value>) -> Bool? {
    parameter.value == nil ? nil : true
  }
}
