internal import HostModel

/// ZW903: kernel memory that no counter explains.
enum UnexplainedUse: HostRule {
  static let about = RuleDescription(
    code: "ZW903",
    slug: "unexplained-use",
    title: "Much kernel memory that no counter explains",
    why: """
      Drivers that take pages straight from the allocator (network cards' rings, GPUs, balloons of \
      other hypervisors) appear in no counter. zonewise sees them as the rest of what the kernel \
      zones hold; it can't tell how they grow, so it keeps them as they are.
      """,
    observes: "/proc/zoneinfo: managed − free − LRU − zspages, less every term of the account",
    severity: RuleSeverity(
      .note ... .warning,
      usual: .warning,
      "warning from a quarter of the kernel zones beside ZONE_MOVABLE, note from 5 %"
    ),
    remedy: "find the driver: page_owner=on, or unload drivers one by one",
    reference: "Documentation/mm/page_owner.rst"
  )

  struct Detail: FindingDetail {
    var unexplained: KernelShare
    var amounts: FindingAmounts { unexplained.amounts }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    detail.unexplained.isBesideMovable && detail.unexplained.isAtLeast(1, outOf: 4)
      ? .warning : .note
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.unexplained.size.text) of kernel memory (\(detail.unexplained.percent)) is "
        + "explained by no counter"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard case .known(let demand, _) = context.demand else {
      return .unknown(context.demand.reason, effect: "what explains kernel memory is unknown")
    }
    let size = ByteCount(UInt64(max(0, demand.unexplained)))
    // An idle host's account closes to the larger of 16 MiB and 5 %; below 64 MiB nobody asks.
    let share = context.share(of: size)
    guard size >= .mebibytes(64), share.isAtLeast(1, outOf: 20) else { return .passed }
    return .found([
      finding(
        Detail(unexplained: share),
        evidence: [
          Evidence("kernel zones hold \(demand.now.text), terms explain all but \(size.text)")
        ]
      )
    ])
  }
}
