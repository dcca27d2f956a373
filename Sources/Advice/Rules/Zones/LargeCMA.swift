internal import HostModel

/// ZW109: CMA areas take a large part of the kernel zones.
enum LargeCMA: HostRule {
  static let about = RuleDescription(
    code: "ZW109",
    slug: "large-cma",
    title: "CMA areas take a large part of the kernel zones",
    causes: ["cma", "hugetlb_cma"],
    why: """
      A CMA area lies in a kernel zone but takes only movable pages, so it counts on the movable \
      side, as the kernel's own auto-movable policy counts it. Beside ZONE_MOVABLE it makes the \
      ratio worse than zone sizes show, and long-term pins can't use it.
      """,
    observes: "/proc/zoneinfo cma of the kernel zones (since 5.12), meminfo CmaTotal, cma=",
    severity: RuleSeverity(
      .note ... .error,
      usual: .warning,
      """
      warning from a quarter of the kernel zones, error from half; a note from a tenth beside \
      ZONE_MOVABLE
      """
    ),
    remedy: "make the CMA area as large as its devices need: cma= or CONFIG_CMA_SIZE_MBYTES",
    reference: "mm/memory_hotplug.c, auto_movable_stats_account_zone; mm/gup.c"
  )

  struct Detail: FindingDetail {
    var node: NodeID
    /// All CMA areas, of all memory in kernel zones.
    var cma: KernelShare
    /// What is left of the kernel zones.
    var rest: ByteCount
    /// `cma=` of the command line, without its name.
    var argument: String?

    var amounts: FindingAmounts { cma.amounts + ["rest": .bytes(rest)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    if detail.cma.isAtLeast(1, outOf: 2) { return .error }
    return detail.cma.isAtLeast(1, outOf: 4) ? .warning : .note
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "node \(detail.node): CMA takes \(detail.cma.size.text), \(detail.cma.text); "
        + "\(detail.rest.text) is left for the kernel itself",
      remedy: detail.argument.map { "lower cma=\($0) to what its devices need" }
    )
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let total = context.meminfo.cmaTotal.value
    guard context.facts.nodes.contains(where: { $0.cma > 0 }) else {
      guard let total, total > 0 else { return .notApplicable }
      return .unknown(
        .notReported(input: "/proc/zoneinfo", field: "cma"),
        effect: "CMA of \(total.text) is counted as kernel memory"
      )
    }
    return .findings(
      context.facts.nodes.compactMap { account in
        let hasMovable = context.facts.hasMovable
        let cma = KernelShare(account.cma, of: account.kernelPresent, isBesideMovable: hasMovable)
        guard cma.size > 0, cma.isAtLeast(1, outOf: hasMovable ? 10 : 4) else { return nil }
        return finding(
          Detail(
            node: account.node,
            cma: cma,
            rest: account.ratioKernel,
            argument: context.value(of: "cma")
          ),
          on: .node(account.node),
          evidence: [
            Evidence("zoneinfo", "node \(account.node) cma", account.cma),
            Evidence(
              "meminfo",
              "CmaTotal \(total?.text ?? "unknown"), CmaFree "
                + (context.meminfo.cmaFree.value?.text ?? "unknown")
            ),
          ]
        )
      }
    )
  }
}
