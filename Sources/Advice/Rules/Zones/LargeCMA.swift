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
        let part = account.cma.scaled(by: 100, over: max(1, account.kernelPresent.count)).count
        guard part >= (context.facts.hasMovable ? 10 : 25) else { return nil }
        let severity: Finding.Severity = part >= 50 ? .error : part >= 25 ? .warning : .note
        return Finding(
          Self.self,
          severity,
          node: account.node,
          message: "node \(account.node): CMA holds \(account.cma.text), \(part) % of the kernel "
            + "zones; the kernel itself has \(account.ratioKernel.text)",
          evidence: [
            "zoneinfo node \(account.node) cma: \(account.cma.text)",
            "meminfo CmaTotal \(total?.text ?? "unknown"), CmaFree "
              + (context.meminfo.cmaFree.value?.text ?? "unknown"),
          ],
          remedy: context.value(of: "cma").map { "lower cma=\($0) to what its devices need" }
        )
      }
    )
  }
}
