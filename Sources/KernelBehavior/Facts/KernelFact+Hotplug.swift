internal import HostModel

extension KernelFact {
  /// How memory is added and brought online.
  package static let hotplug: [KernelFact] = [
    memoryHotplug, defaultOnlineState, zonedDefaultOnlineState, autoMovablePolicy, memmapOnMemory,
    forcedMemmapOnMemory, splitsMemmapByBlock, daxMemmapOnMemory, archHoldsMemmapOnMemory,
    sharesDAXTails,
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
    architectures: [.x86_64, .arm64, .ppc64],
    source: Source("arch/*/Kconfig", "ARCH_MHP_MEMMAP_ON_MEMORY_ENABLE"),
    assumption: .holds(because: "x86-64 is assumed")
  )

  package static let sharesDAXTails = KernelFact(
    "dax-descriptors-share-tails",
    "Of the descriptors of a compound device-DAX page two base pages are kept.",
    since: KernelRelease(5, 19),
    architectures: [.x86_64],
    source: Source(
      "mm/sparse-vmemmap.c",
      "vmemmap_populate_compound_pages",
      commit: "4917f55b4ef9"
    ),
    assumption: .doesNotHold(
      because: "descriptors are counted in full, which never promises too much"
    )
  )

  /// A parameter that is there proves its feature; one that is not may have been left out of what
  /// was read.
  private static func isThere<Value>(_ parameter: Reading<Value>) -> Bool? {
    parameter.value == nil ? nil : true
  }
}
