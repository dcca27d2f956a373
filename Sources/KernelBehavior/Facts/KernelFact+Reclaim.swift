internal import HostModel

extension KernelFact {
  /// Where user pages settle, and what of them can be had back.
  package static let reclaim: [KernelFact] = [
    multiGenerationalLRU, multiGenerationalLRUIsOn,
  ]

  package static let multiGenerationalLRU = KernelFact(
    "multi-generational-lru",
    "User pages can be aged in generations (`/sys/kernel/mm/lru_gen/enabled`).",
    since: KernelRelease(6, 1),
    source: Source("mm/vmscan.c", "lru_gen_init_lruvec", commit: "ac35a4902374"),
    assumption: .doesNotHold(because: "the older lists are assumed, which keep less for the kernel")
  )

  package static let multiGenerationalLRUIsOn = KernelFact(
    "multi-generational-lru-on",
    """
    Distributions build the multi-generational LRU switched on: a generation is evicted from the \
    highest zone first, so that user memory stays in ZONE_MOVABLE while there is page cache to evict \
    there. Debian's 6.1 has it switched off.
    """,
    since: KernelRelease(6, 12),
    source: Source("mm/vmscan.c", "scan_folios"),
    assumption: .doesNotHold(because: "the older lists are assumed, which keep less for the kernel")
  )
}
