internal import HostModel

/// ZW107: page tables of all memory, mapped with base pages, would not fit.
enum PageTableGrowth: HostRule {
  static let about = RuleDescription(
    code: "ZW107",
    slug: "page-table-growth",
    title: "Page tables could outgrow the kernel zones",
    causes: ["profile"],
    why: """
      The worst case is all RAM and swap mapped with base pages: 1/512 of it with 4 KiB pages, \
      once for each process that shares it, and the same for every DAX device that is mapped. Swap \
      counts because page tables stay behind when pages leave. Where page tables are large enough \
      to tell (64 MiB), today's sharing is kept: what they take over what one mapping would.
      """,
    observes: """
      MemTotal, SwapTotal, PageTables, AnonPages and Mapped in /proc/meminfo; sizes of DAX \
      devices; headroom of the kernel zones; VmPTE of processes where they were read
      """,
    severity: RuleSeverity(
      .note ... .warning,
      usual: .warning,
      """
      warning where the page tables still to come exceed the headroom; note where they exceed half \
      of it; silent without ZONE_MOVABLE
      """
    ),
    remedy: "use huge pages for large mappings, less swap, or more kernel memory",
    reference: "Documentation/admin-guide/mm/memory-hotplug.rst, Sizing Considerations"
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    let effect = "the page tables of the worst case are unknown"
    guard case .known(let headroom, _) = context.headroom else {
      return .unknown(context.headroom.reason, effect: effect)
    }
    guard let now = context.meminfo.pageTables.value,
      let swap = context.meminfo.swapTotal.value
    else { return .unknown(context.meminfo.pageTables.reason, effect: effect) }
    let entries = context.pageSize.bytes.count / 8
    let memory = context.facts.present + swap
    let once = memory.scaled(by: 1, over: entries)
    let factor = sharing(context, tables: now, entries: entries)
    let devices = (context.snapshot.devices.dax.value ?? []).filter { $0.driver == .deviceDAX }
      .compactMap(\.size.value).total().scaled(by: 1, over: entries)
    let worst = once.scaled(by: factor, over: 10) + devices
    let growth = worst - now
    guard growth * 2 > headroom else { return .passed }
    return .found([
      Finding(
        Self.self,
        growth > headroom ? .warning : .note,
        message: "all memory mapped needs \(worst.text) of page tables, \(growth.text) more than "
          + "now; the kernel can take \(headroom.text)",
        evidence: [
          "RAM \(context.facts.present.text) and swap \(swap.text) in base pages: \(once.text)",
          "meminfo PageTables \(now.text), each page mapped \(factor / 10).\(factor % 10) times",
          "DAX devices, mapped once: \(devices.text)",
        ] + processes(context)
      )
    ])
  }

  /// Tenths: how often a mapped page is paid for today, from 1 to 16 times.
  private static func sharing(
    _ context: RuleContext,
    tables: ByteCount,
    entries: UInt64
  ) -> UInt64 {
    guard tables >= .mebibytes(64), let anon = context.meminfo.anonPages.value,
      let mapped = context.meminfo.mapped.value, anon + mapped > 0
    else { return 10 }
    let paid = (tables * entries).scaled(by: 10, over: (anon + mapped).count).count
    return min(max(paid, 10), 160)
  }

  private static func processes(_ context: RuleContext) -> [String] {
    guard let totals = context.snapshot.processes.value else { return [] }
    return [
      "VmPTE of \(totals.processesRead) processes \(totals.pageTables.text), VmRSS "
        + "\(totals.resident.text), VmSwap \(totals.swapped.text)"
    ]
  }
}
