internal import HostModel

extension KernelFact {
  /// What can move, and what must not be in ZONE_MOVABLE.
  package static let migration: [KernelFact] = [
    pinsLeaveMovable, hugePagesMigrate, movableGiganticPages, bootTimeHugePageOptimization,
    balloonPagesMigrate,
    vmwareSmallPagesMigrate,
  ]

  package static let pinsLeaveMovable = KernelFact(
    "pins-leave-movable",
    """
    A long-term pin first moves the page out of ZONE_MOVABLE and CMA; before, it took the page where \
    it was.
    """,
    since: KernelRelease(5, 13),
    source: Source(
      "mm/gup.c",
      "check_and_migrate_movable_pages",
      commit: "d1e153fea2a8"
    )
  )

  package static let hugePagesMigrate = KernelFact(
    "huge-pages-migrate",
    "HugeTLB pages up to the largest order of the page allocator can be in ZONE_MOVABLE.",
    architectures: [.x86_64, .arm64, .riscv64, .ppc64],
    options: [.migration],
    source: Source("mm/hugetlb.c; arch/*/Kconfig", "htlb_alloc_mask"),
    assumption: .holds(because: "distributions build MIGRATION in")
  )

  package static let movableGiganticPages = KernelFact(
    "movable-gigantic-pages",
    """
    `vm.movable_gigantic_pages=1` lets gigantic pages come from ZONE_MOVABLE at run time; 6.18 has no \
    such setting and 7.2 has it (no release between was read).
    """,
    since: KernelRelease(7, 0),
    architectures: [.x86_64, .arm64, .riscv64, .ppc64],
    source: Source("mm/hugetlb_sysctl.c", "movable_gigantic_pages"),
    shown: { $0.hugePages.movableGigantic.value == nil ? nil : true }
  )

  package static let bootTimeHugePageOptimization = KernelFact(
    "huge-page-descriptors-freed-at-boot",
    "`hugetlb_free_vmemmap=` frees most page descriptors of huge pages.",
    since: KernelRelease(5, 14),
    options: [.hugeTLBOptimizesVmemmap, .hugeTLBFreesVmemmap],
    source: Source("mm/hugetlb_vmemmap.c", "hugetlb_free_vmemmap", commit: "e9fdff87e893")
  )

  package static let balloonPagesMigrate = KernelFact(
    "balloon-pages-migrate",
    "Pages of balloon drivers that support it can migrate.",
    options: [.balloonCompaction, .balloonMigration],
    source: Source("mm/Kconfig", "BALLOON_COMPACTION; BALLOON_MIGRATION in 7.x"),
    assumption: .holds(because: "distributions build it in")
  )

  package static let vmwareSmallPagesMigrate = KernelFact(
    "vmware-small-pages-migrate",
    "4 KiB pages of vmw_balloon can migrate; its 2 MiB pages never can.",
    since: KernelRelease(5, 4),
    source: Source("drivers/misc/vmw_balloon.c", "vmballoon_migratepage")
  )
}
