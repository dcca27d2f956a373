internal import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW122: a machine whose kernel has enough while it is quiet, and not once user memory fills it.
enum UserMemoryInKernelZones: HostRule {
  static let about = RuleDescription(
    code: "ZW122",
    slug: "user-memory-in-kernel-zones",
    title: "User memory can fill the kernel zones",
    why: """
      User memory may use every zone. It fills ZONE_MOVABLE of the node that it runs on, then that \
      node's kernel zones, then the next node: so kernel zones are full before ZONE_MOVABLE of \
      another node is used, such as that of a memory-only node. Without the multi-generational LRU \
      it also takes the place of page cache that is evicted from kernel zones, and with it once \
      page tables used up what user memory must leave there. Anonymous memory and \
      tmpfs can't be evicted without swap, and the OOM killer comes while ZONE_MOVABLE has free \
      memory. Cpusets and memory policies are not read: at worst all programs run on one node, and \
      no cpuset gives them more of its kernel zones than that.
      """,
    observes: """
      /proc/zoneinfo managed, min, protection and LRU lists; distances and cpulists of the nodes; \
      /sys/kernel/mm/lru_gen/enabled; vm.lowmem_reserve_ratio; SwapFree; demotion_enabled and \
      memory_tiering; growth from the profile
      """,
    severity: RuleSeverity(
      .note ... .error,
      usual: .warning,
      """
      note where growth and margin exceed only what is left at worst, warning where they exceed what \
      is likely to be left, error where growth alone does
      """
    ),
    remedy: """
      switch the multi-generational LRU on, let slower memory tiers take user memory, close a part of the kernel zones to user memory with \
      vm.lowmem_reserve_ratio, keep kernel memory behind ZONE_MOVABLE on the same node, or add swap
      """,
    reference: """
      mm/page_alloc.c, build_zonelists, __zone_watermark_ok and setup_per_zone_lowmem_reserve; \
      mm/vmscan.c, scan_folios, kswapd_shrink_node and isolate_lru_folios
      """
  )

  /// What is left, and what is wanted of it.
  struct Detail: FindingDetail {
    /// Now.
    var headroom: ByteCount
    /// At worst, and likely, once user memory fills the host.
    var whenFull: ByteCount
    var likely: ByteCount
    /// User memory in kernel zones then, at worst.
    var userMemory: ByteCount
    /// What the kernel will take more, without and with the margin.
    var growth: ByteCount
    var needed: ByteCount
    var cure: Cure

    var kind: String { "full" }

    var amounts: FindingAmounts {
      [
        "headroom": .bytes(headroom), "whenFull": .bytes(whenFull), "likely": .bytes(likely),
        "userMemory": .bytes(userMemory), "growth": .bytes(growth), "needed": .bytes(needed),
      ]
    }
  }

  enum Cure: Hashable, Sendable {
    /// The multi-generational LRU.
    case generations
    /// Nodes of a slower tier take user memory of faster ones.
    case demotion
    /// `vm.lowmem_reserve_ratio` with these values, which keep so much from user memory.
    case protection([UInt64])
    /// Another division of memory, or swap.
    case layout(swap: ByteCount)
    /// Movable was onlined: no size decides about it.
    case onlining(swap: ByteCount)
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    if detail.growth > detail.likely { return .error }
    return detail.needed > detail.likely ? .warning : .note
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "once user memory fills the host, the kernel can take as little as \(detail.whenFull.text) "
        + "more and will need \(detail.needed.text)"
    )
  }

  static func remedy(for detail: Detail) -> Remedy {
    switch detail.cure {
    case .generations:
      .change(
        [.write(.multiGenerationalLRU, "y")],
        note: "page cache is evicted from ZONE_MOVABLE first then"
      )
    case .demotion:
      .change(
        [.write(.demotion, "1")],
        note: "user memory in kernel zones is moved to ZONE_MOVABLE of the slower tier then"
      )
    case .protection(let ratios):
      .change(
        [.write(.lowmemReserve, ratios.map { "\($0)" }.joined(separator: " "))],
        note: "so much of the kernel zones takes no user memory, page cache included"
      )
    case .onlining(let swap):
      .action(
        "online blocks of the node that is filled last as kernel memory (online_kernel), or add "
          + "\(swap.text) of swap"
      )
    case .layout(let swap):
      .layout(
        "keep kernel memory behind ZONE_MOVABLE of the node that is filled last, or add \(swap.text) "
          + "of swap"
      )
    }
  }

  // MARK: Looking

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    guard case .known(let demand, _) = context.demand else { return .notApplicable }
    guard case .known(let full, _) = context.current.full else {
      return .unknown(
        context.current.full.reason,
        effect: "what user memory leaves to the kernel is unknown"
      )
    }
    let needed = demand.growth + demand.margin
    // Where it is short already, kernel-zones-short says so.
    guard full.now >= demand.growth, full.least < needed else { return .findings([]) }
    let detail = Detail(
      headroom: full.now,
      whenFull: full.least,
      likely: full.likely,
      userMemory: max(full.userWhenFull, full.userNow),
      growth: demand.growth,
      needed: needed,
      cure: cure(context, full, needed)
    )
    return .findings([
      finding(
        detail,
        evidence: [
          Evidence("zoneinfo", "Movable", full.user),
          Evidence("zoneinfo", "of it in kernel zones then, at worst", detail.userMemory),
          context.evidence(.multiGenerationalLRU),
          context.evidence(.lowmemReserve, orElse: "unknown"),
          full.isSwapUnknown
            ? Evidence("SwapFree: unknown, taken for none")
            : Evidence("meminfo", "SwapFree", full.swap),
        ]
      )
    ])
  }

  private static func cure(
    _ context: RuleContext,
    _ full: FullHeadroom,
    _ needed: ByteCount
  ) -> Cure {
    let snapshot = context.snapshot
    if full.reclaim == .lists, PageReclaim.canBeGenerations(snapshot, context.kernel) {
      var changed = snapshot
      changed.virtualMemory.multiGenerationalLRU = .known(true)
      if suffices(changed, needed, context.facts) { return .generations }
    }
    if snapshot.virtualMemory.demotes.value == false {
      var changed = snapshot
      changed.virtualMemory.demotes = .known(true)
      if suffices(changed, needed, context.facts) { return .demotion }
    }
    if let ratios = protection(context.facts, needed) { return .protection(ratios) }
    let isOnlined = snapshot.commandLine.value != nil && !context.facts.asksForMovableAtBoot
    return isOnlined ? .onlining(swap: full.user) : .layout(swap: full.user)
  }

  private static func suffices(
    _ snapshot: HostSnapshot,
    _ needed: ByteCount,
    _ facts: HostFacts
  ) -> Bool {
    guard let changed = try? HostFacts(snapshot, bootedAs: facts), let full = changed.full.value
    else {
      return false
    }
    return full.headroom.least >= needed
  }

  /// The largest divisor for the highest kernel zone beside ZONE_MOVABLE that keeps enough.
  private static func protection(_ facts: HostFacts, _ needed: ByteCount) -> [UInt64]? {
    let snapshot = facts.snapshot
    guard var ratios = snapshot.virtualMemory.lowmemReserve.value,
      let zoneinfo = snapshot.zoneinfo.value
    else { return nil }
    var places: Set<Int> = []
    for node in zoneinfo.nodes where node.zone(.movable)?.isPopulated == true {
      guard let kind = node.kernelZones.last?.kind,
        let index = node.zones.firstIndex(where: { $0.kind == kind }), index < ratios.count
      else { continue }
      places.insert(index)
    }
    guard !places.isEmpty else { return nil }
    for ratio in [24, 16, 12, 10, 8, 6, 5, 4, 3, 2, 1] as [UInt64] {
      for place in places where ratios[place] == 0 || ratios[place] > ratio {
        ratios[place] = ratio
      }
      guard let zones = zoneinfo.protected(by: ratios) else { return nil }
      var changed = snapshot
      changed.zoneinfo = .known(zones)
      changed.virtualMemory.lowmemReserve = .known(ratios)
      if suffices(changed, needed, facts) { return ratios }
    }
    return nil
  }
}
