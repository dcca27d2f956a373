internal import HostModel
internal import KernelBehavior

/// ZW107: page tables of all memory, mapped with base pages, would not fit.
enum PageTableGrowth: HostRule {
  static let about = RuleDescription(
    code: "ZW107",
    slug: "page-table-growth",
    title: "Page tables could outgrow the kernel zones",
    causes: ["profile"],
    why: """
      The worst case is all RAM and swap mapped with base pages: 1/512 of it with 4 KiB pages \
      (1/2048 with 16 KiB, 1/8192 with 64 KiB), once for each process that shares it, and the same for every DAX device that is mapped. Swap \
      counts because page tables stay behind when pages leave. Where page tables are large enough \
      to judge by (64 MiB), each page is taken to be mapped as many times as today.
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

  struct Detail: FindingDetail {
    /// Page tables of the worst case.
    var worst: ByteCount
    /// What they are now.
    var now: ByteCount
    var headroom: ByteCount

    /// What is still to come.
    var growth: ByteCount { worst.subtractingOrZero(now) }

    var amounts: FindingAmounts {
      [
        "now": .bytes(now), "worst": .bytes(worst), "growth": .bytes(growth),
        "headroom": .bytes(headroom),
      ]
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    detail.growth > detail.headroom ? .warning : .note
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "mapping all memory takes \(detail.worst.text) of page tables, \(detail.growth.text) more than "
        + "now; the kernel zones have room for \(detail.headroom.text)"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    let effect = "the page tables of the worst case are unknown"
    guard case .known(let headroom, _) = context.headroom else {
      return .unknown(context.headroom.reason, effect: effect)
    }
    guard let now = context.meminfo.pageTables.value,
      let swap = context.meminfo.swapTotal.value
    else { return .unknown(context.meminfo.pageTables.reason, effect: effect) }
    let entries = PageTable.reach(context.pageSize)
    let memory = context.facts.present + swap
    let once = memory.scaled(by: 1, over: entries)
    let factor = sharing(context, tables: now, entries: entries)
    let devices = (context.snapshot.devices.dax.value ?? []).filter { $0.driver == .deviceDAX }
      .compactMap(\.size.value).total().scaled(by: 1, over: entries)
    let worst = once.scaled(by: factor, over: 10) + devices
    let detail = Detail(worst: worst, now: now, headroom: headroom)
    guard detail.growth * 2 > headroom else { return .passed }
    return .found([
      finding(
        detail,
        evidence: [
          Evidence(
            "RAM \(context.facts.present.text) and swap \(swap.text) in base pages",
            nil,
            once
          ),
          Evidence(
            "meminfo",
            "PageTables \(now.text), each page mapped \(factor / 10).\(factor % 10) times"
          ),
          Evidence("DAX devices, mapped once", nil, devices),
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

  private static func processes(_ context: RuleContext) -> [Evidence] {
    guard let totals = context.snapshot.processes.value else { return [] }
    return [
      Evidence(
        "VmPTE of \(totals.processesRead) processes \(totals.pageTables.text), VmRSS "
          + "\(totals.resident.text), VmSwap \(totals.swapped.text)"
      )
    ]
  }
}
