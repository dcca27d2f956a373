internal import HostModel
internal import KernelBehavior

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

  struct Detail: FindingDetail {
    var node: NodeID
    var tables: KernelShare
    /// The part that is of guests and IOMMUs.
    var secondary: ByteCount

    var amounts: FindingAmounts { tables.amounts + ["secondary": .bytes(secondary)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.tables.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "node \(detail.node): page tables take \(detail.tables.size.text), \(detail.tables.text)"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

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
      let share = context.share(of: user + secondary, on: account)
      guard let severity = share.severity, severity > .note else { continue }
      findings.append(
        finding(
          Detail(node: account.node, tables: share, secondary: secondary),
          on: .node(account.node),
          evidence: [
            Evidence("zoneinfo", "node \(account.node) nr_page_table_pages", user),
            Evidence("zoneinfo", "node \(account.node) nr_sec_page_table_pages", secondary),
          ] + sharing(context, user)
        )
      )
    }
    return .findings(findings)
  }

  /// How often each mapped page is paid for.
  private static func sharing(_ context: RuleContext, _ tables: ByteCount) -> [Evidence] {
    guard let anon = context.meminfo.anonPages.value,
      let mapped = context.meminfo.mapped.value, anon + mapped > 0
    else { return [] }
    func once(_ memory: ByteCount) -> ByteCount {
      PageTable.bytes(mapping: memory, pageSize: context.pageSize)
    }
    var lines = [
      Evidence(
        "meminfo",
        "AnonPages \(anon.text), Mapped \(mapped.text)",
        "mapped once they need \(once(anon + mapped).text)"
      )
    ]
    let swapped = (context.meminfo.swapTotal - context.meminfo.swapFree).value ?? .zero
    if swapped > 0 {
      lines.append(
        Evidence(
          "swapped out \(swapped.text)",
          nil,
          "keeps \(once(swapped).text) of page tables"
        )
      )
    }
    return lines
  }
}
