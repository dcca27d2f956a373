internal import HostModel

extension KernelFact {
  /// What counters stand for.
  package static let accounting: [KernelFact] = [
    vmallocCountsPages, stacksAreVmalloc, movableKeepsNoMinimum, optimizationLeavesBootMemmap,
    oneBlockIsEnough,
  ]

  package static let vmallocCountsPages = KernelFact(
    "vmalloc-used-counts-pages",
    "VmallocUsed counts allocated pages; before, it was zero or a size of address space.",
    since: KernelRelease(5, 3),
    source: Source("fs/proc/meminfo.c", "meminfo_proc_show", commit: "97105f0ab7b8")
  )

  package static let stacksAreVmalloc = KernelFact(
    "stacks-in-vmalloc",
    "Kernel stacks are allocated with vmalloc, so VmallocUsed contains KernelStack.",
    since: KernelRelease(4, 14),
    sinceOn: [
      .x86_64: KernelRelease(4, 9), .s390x: KernelRelease(4, 20), .riscv64: KernelRelease(5, 14),
      .arm32: KernelRelease(5, 18),
    ],
    architectures: [.x86_64, .arm64, .s390x, .riscv64, .arm32],
    options: [.stacksInVmalloc],
    source: Source("kernel/fork.c; arch/*/Kconfig", "alloc_thread_stack_node")
  )

  package static let movableKeepsNoMinimum = KernelFact(
    "movable-keeps-no-minimum",
    """
    `vm.min_free_kbytes` is shared by the kernel zones alone, and ZONE_MOVABLE keeps 32 to 128 \
    pages; before, it had its part by size like any zone but HighMem.
    """,
    since: KernelRelease(6, 6),
    source: Source("mm/page_alloc.c", "__setup_per_zone_wmarks")
  )

  package static let optimizationLeavesBootMemmap = KernelFact(
    "huge-pages-leave-boot-memmap",
    """
    Descriptors that an optimised huge page gives back are taken out of `nr_memmap_boot_pages`, and \
    the one page that it keeps is counted in `nr_memmap_pages`.
    """,
    since: KernelRelease(6, 11),
    source: Source("mm/hugetlb_vmemmap.c", "free_vmemmap_page, __hugetlb_vmemmap_optimize_folio")
  )

  package static let oneBlockIsEnough = KernelFact(
    "one-free-block-is-enough",
    "A request for several pages is met where single pages are above the watermark and one block is "
      + "large enough; before, the blocks of each smaller order were taken off first.",
    since: KernelRelease(4, 4),
    source: Source("mm/page_alloc.c", "__zone_watermark_ok", commit: "97a16fc82a7c")
  )
}
