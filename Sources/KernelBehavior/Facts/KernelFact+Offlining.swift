internal import HostModel

extension KernelFact {
  /// How memory goes offline.
  package static let offlining: [KernelFact] = [
    memoryHotRemove, keepsBootMemory, keepsLargeMappings, swapsCrashKernel,
    reservesAtTop, decompressorReserves,
  ]

  package static let memoryHotRemove = KernelFact(
    "memory-hot-remove",
    "Memory can go offline.",
    options: [.memoryHotremove],
    source: Source("mm/memory_hotplug.c", "offline_pages"),
    assumption: .holds(because: "distributions build it in"),
    shown: { snapshot in
      // Kernels without it have no valid_zones.
      let blocks = snapshot.memoryBlocks.value?.blocks ?? []
      return blocks.contains { $0.validZones.value != nil } ? true : nil
    }
  )

  package static let keepsBootMemory = KernelFact(
    "boot-memory-stays-online",
    "Blocks that were there at boot are refused when they are to go offline.",
    architectures: [.arm64],
    source: Source("arch/arm64/mm/mmu.c", "prevent_bootmem_remove_notifier"),
    assumption: .doesNotHold(because: "x86-64 is assumed")
  )

  package static let keepsLargeMappings = KernelFact(
    "large-mappings-stay-whole",
    """
    A block that the linear map maps as a part of something larger is refused when it is to go \
    offline.
    """,
    since: KernelRelease(7, 2),
    architectures: [.arm64],
    source: Source("arch/arm64/mm/mmu.c", "can_unmap_without_split"),
    assumption: .doesNotHold(because: "x86-64 is assumed")
  )

  package static let swapsCrashKernel = KernelFact(
    "crash-kernel-swaps-low-memory",
    "The crash kernel runs in the lowest memory, so that blocks in it stay online.",
    architectures: [.s390x],
    options: [.crashDump],
    source: Source("arch/s390/kernel/setup.c", "kdump_mem_notifier"),
    assumption: .doesNotHold(because: "x86-64 is assumed")
  )

  package static let reservesAtTop = KernelFact(
    "reservations-at-the-top",
    """
    What is reserved at boot lies at the top of each node. ppc64 also takes it from below 1 GiB (what \
    the boot cpu must reach) and below 4 GiB (bounce buffers), and has its memmap in the middle.
    """,
    architectures: [.x86_64, .x86_32, .arm64, .riscv64, .loongarch64, .s390x],
    source: Source(
      "mm/memblock.c; arch/powerpc/kernel/setup_64.c",
      "memblock_find_in_range_node; ppc64_bolted_size"
    ),
    assumption: .holds(because: "x86-64 is assumed")
  )

  package static let decompressorReserves = KernelFact(
    "decompressor-reserves-anywhere",
    """
    The decompressor places the kernel, the first page tables and the initial RAM disk where it finds \
    room, and what of it stays is reserved there.
    """,
    architectures: [.s390x],
    source: Source("arch/s390/boot/physmem_info.c", "physmem_alloc"),
    assumption: .doesNotHold(because: "x86-64 is assumed")
  )
}
