internal import HostModel
internal import KernelText
internal import Profiles

/// ZW109: CMA areas take a large part of the kernel zones.
enum LargeCMA: HostRule {
  static let about = RuleDescription(
    code: "ZW109",
    slug: "large-cma",
    title: "CMA areas take a large part of the kernel zones",
    causes: ["cma", "hugetlb_cma", "kho", "kho_scratch"],
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
      warning from a quarter of the kernel zones, error from half, or from half of a lower zone; a \
      note from a tenth beside ZONE_MOVABLE. An area that hugetlb_cma= makes for gigantic pages is \
      wanted so large: warning above the profile's fine ratio, error above its warning ratio
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
    /// A lower zone that the areas fill by half or more: it serves devices that reach no higher.
    var zone: Zone?
    /// `cma=` of the command line, without its name.
    var argument: String?
    /// `kho=on`: areas for handing over to the next kernel are among them.
    var isForHandover: Bool
    /// For an area that is wanted for gigantic pages, what the profile's ratios make of it.
    var wanted: Finding.Severity?

    struct Zone: Hashable, Sendable {
      var kind: ZoneKind
      var cma: ByteCount
      /// What is left of it.
      var rest: ByteCount
    }

    var amounts: FindingAmounts { cma.amounts + ["rest": .bytes(rest)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    if let wanted = detail.wanted, detail.zone == nil { return wanted }
    if detail.cma.isAtLeast(1, outOf: 2) || detail.zone != nil { return .error }
    return detail.cma.isAtLeast(1, outOf: 4) ? .warning : .note
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "node \(detail.node): CMA takes \(detail.cma.size.text), \(detail.cma.text); "
        + "\(detail.rest.text) is left for the kernel itself"
        + (detail.zone.map {
          "; of zone \($0.kind.name) it takes \($0.cma.text) and leaves \($0.rest.text), for devices "
            + "that reach no higher too"
        } ?? ""),
      remedy: detail.wanted == nil
        ? detail.argument.map { "lower cma=\($0) to what its devices need" }
          ?? (detail.isForHandover ? "smaller areas (kho_scratch=), or boot without kho=on" : nil)
        : "make hugetlb_cma= no larger than its pages; movable memory may use what they leave free"
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
        let zone = filledZone(of: account, context)
        guard cma.size > 0, zone != nil || cma.isAtLeast(1, outOf: hasMovable ? 10 : 4) else {
          return nil
        }
        return finding(
          Detail(
            node: account.node,
            cma: cma,
            rest: account.ratioKernel,
            zone: zone,
            argument: context.value(of: "cma"),
            isForHandover: context.value(of: "kho").flatMap(KernelFormat<Bool>.boolean.parse)
              ?? false,
            wanted: context.argument("hugetlb_cma") == nil
              ? nil : wanted(account.ratio, context.profile.limits)
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

  private static func wanted(
    _ ratio: MovableRatio,
    _ limits: Profile.Limits
  ) -> Finding.Severity {
    if ratio > limits.warning { return .error }
    return ratio > limits.fine ? .warning : .note
  }

  /// The lowest zone of a node that CMA fills by half or more while there is a kernel zone above.
  private static func filledZone(
    of account: NodeAccount,
    _ context: RuleContext
  ) -> Detail.Zone? {
    guard let zones = context.facts.zoneinfo.node(account.node)?.kernelZones, zones.count > 1 else {
      return nil
    }
    return zones.dropLast().lazy.compactMap { zone -> Detail.Zone? in
      guard let cma = zone.cma.value, let managed = zone.managed.value, cma > 0,
        cma * 2 >= managed
      else { return nil }
      return Detail.Zone(
        kind: zone.kind,
        cma: cma.bytes(of: context.pageSize),
        rest: managed.subtractingOrZero(cma).bytes(of: context.pageSize)
      )
    }.first
  }
}
