internal import HostModel
internal import KernelBehavior

/// ZW105: huge pages that this kernel can't migrate.
enum UnmovableHugePages: HostRule {
  static let about = RuleDescription(
    code: "ZW105",
    slug: "unmovable-hugepages",
    title: "Huge pages that can't migrate",
    causes: ["hugepages", "hugepagesz", "default_hugepagesz"],
    why: """
      HugeTLB pages may live in ZONE_MOVABLE only where the architecture can migrate them (x86-64, \
      arm64, riscv64, ppc64 with book3s) and CONFIG_MIGRATION is on. Elsewhere every huge page is \
      taken from the kernel zones, and the pool can't grow into Movable memory.
      """,
    observes: """
      node*/hugepages, the architecture, CONFIG_MIGRATION and \
      CONFIG_ARCH_ENABLE_HUGEPAGE_MIGRATION
      """,
    remedy: "count huge pages as kernel memory when you size ZONE_MOVABLE",
    reference: "include/linux/hugetlb.h, hugepage_movable_supported",
    kernels: "all; the architecture decides"
  )

  struct Detail: FindingDetail {
    var node: NodeID
    var pages: KernelShare

    var amounts: FindingAmounts { pages.amounts }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.pages.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "node \(detail.node): huge pages that can't migrate take \(detail.pages.size.text), "
        + detail.pages.text
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard let pools = context.snapshot.hugePages.pools.value,
      pools.contains(where: { ($0.total.value ?? 0) > 0 })
    else { return .notApplicable }
    guard !context.kernel.hasOrAssumed(.hugePagesMigrate) else { return .passed }
    let why =
      context.option(.migration) == .no
      ? "CONFIG_MIGRATION is off"
      : "architecture \(context.snapshot.architecture.value?.rawValue ?? "unknown")"
    return .findings(
      context.facts.nodes.compactMap { account in
        let share = context.share(of: account.hugePagesInKernel.unmovable, on: account)
        guard share.severity != nil else { return nil }
        return finding(
          Detail(node: account.node, pages: share),
          on: .node(account.node),
          evidence: [
            Evidence("HugeTLB pools of node \(account.node)", nil, share.size), Evidence(why),
          ]
        )
      }
    )
  }
}
