internal import HostModel

/// ZW106: page tables hold much of the kernel zones now.
enum PageTables: HostRule {
  static let about = RuleDescription(
    code: "ZW106",
    slug: "page-tables",
    title: "Page tables take a large part of the kernel zones",
    causes: ["profile"],
    why: """
      Page tables are never movable: 8 bytes for each page and each process that maps it. They \
      outlive what they map: pages that were swapped out or dropped from the page cache keep \
      theirs. Secondary page tables are those of KVM guests and (since 6.11) of IOMMUs.
      """,
    observes: """
      /proc/zoneinfo nr_page_table_pages and nr_sec_page_table_pages; SwapTotal, SwapFree, \
      AnonPages and Mapped in /proc/meminfo
      """,
    severity: RuleSeverity(
      .warning ... .error,
      usual: .warning,
      "warning from 10 % of the node's kernel zones, error from half of them"
    ),
    remedy: "map with huge pages (hugetlb or THP), share page tables, or map less",
    reference: "Documentation/admin-guide/mm/memory-hotplug.rst, Sizing Considerations"
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    var findings: [Finding] = []
    for account in context.facts.nodes where account.kernelPresent > 0 {
      guard let zones = context.zones(of: account) else { continue }
      let user = zones.pages(.pageTables).bytes(of: context.pageSize)
      guard case .known(let user, _) = user else {
        return .unknown(user.reason, effect: "how much page tables take is unknown")
      }
      let secondary = (zones.counters.secondaryPageTables.value ?? .zero)
        .bytes(of: context.pageSize)
      let size = user + secondary
      guard let severity = context.severity(of: size, on: account), severity > .note else {
        continue
      }
      findings.append(
        Finding(
          Self.self,
          severity,
          node: account.node,
          message: "node \(account.node): page tables take \(size.text), "
            + context.share(size, on: account),
          evidence: [
            "zoneinfo node \(account.node) nr_page_table_pages: \(user.text)",
            "zoneinfo node \(account.node) nr_sec_page_table_pages: \(secondary.text)",
          ] + sharing(context, user)
        )
      )
    }
    return .findings(findings)
  }

  /// How often each mapped page is paid for.
  private static func sharing(_ context: RuleContext, _ tables: ByteCount) -> [String] {
    guard let anon = context.meminfo.anonPages.value,
      let mapped = context.meminfo.mapped.value, anon + mapped > 0
    else { return [] }
    var lines = [
      "meminfo AnonPages \(anon.text), Mapped \(mapped.text): mapped once they need "
        + (anon + mapped).scaled(by: 1, over: 512).text
    ]
    let swapped = (context.meminfo.swapTotal - context.meminfo.swapFree).value ?? .zero
    if swapped > 0 {
      lines.append(
        "swapped out \(swapped.text): keeps \(swapped.scaled(by: 1, over: 512).text) of page tables"
      )
    }
    return lines
  }
}
