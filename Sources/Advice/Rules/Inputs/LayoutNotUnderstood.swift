internal import HostModel
internal import KernelBehavior

/// ZW904: the machine's own command line gives other zones here than its kernel made.
enum LayoutNotUnderstood: HostRule, LayoutRule, GrowthRule {
  static let about = RuleDescription(
    code: "ZW904",
    slug: "layout-not-understood",
    title: "The kernel made other zones than predicted",
    why: """
      Every prediction is held against what the kernel itself made of the command line that it was \
      booted with. Where the two differ, something about the machine or its kernel is not \
      understood (a range that the input doesn't show, a vendor's kernel), and no other layout of it \
      can be relied on.
      """,
    observes:
      "start_pfn of zone Movable, or the log's \"Movable zone start\", and the command line",
    severity: .warning,
    remedy:
      "don't rely on predicted zones; give the boot log of this machine (zonewise predict LOG)",
    reference: "mm/mm_init.c, find_zone_movable_pfns_for_nodes"
  )

  struct Detail: FindingDetail {
    /// A node whose ZONE_MOVABLE begins elsewhere.
    var node: NodeID
    /// Nil for no ZONE_MOVABLE.
    var predicted: PageFrameNumber?
    var made: PageFrameNumber?

    var amounts: FindingAmounts { [:] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .warning }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "ZONE_MOVABLE of node \(detail.node) begins at frame \(text(detail.made)), by the command line "
        + "it should at \(text(detail.predicted)): predictions for this machine can't be relied on"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  private static func text(_ frame: PageFrameNumber?) -> String {
    frame.map { "\($0)" } ?? "none"
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard let inputs = inputs(of: context.facts) else { return .notApplicable }
    guard let difference = inputs.disagreement else { return .passed }
    return .found([finding(difference, seen: Evidence("zoneinfo", "start_pfn of zone Movable"))])
  }

  static func findings(in layout: LayoutContext) -> [Finding] { found(layout.disagreement) }

  static func findings(in plan: GrowthPlan) -> [Finding] { found(plan.machine.disagreement) }

  /// The difference on a host; nil where there is none, or nothing tells.
  static func difference(on facts: HostFacts) -> BootLayoutInputs.Disagreement? {
    inputs(of: facts)?.disagreement
  }

  private static func inputs(of facts: HostFacts) -> BootLayoutInputs? {
    // A spec's zones are predicted themselves.
    guard facts.snapshot.source.kind != .spec, facts.asksForMovableAtBoot else { return nil }
    return try? facts.bootInputs.get()
  }

  private static func found(_ difference: BootLayoutInputs.Disagreement?) -> [Finding] {
    difference.map { [finding($0, seen: Evidence("the machine's own zones"))] } ?? []
  }

  private static func finding(
    _ difference: BootLayoutInputs.Disagreement,
    seen: Evidence
  ) -> Finding {
    finding(
      Detail(
        node: difference.node,
        predicted: difference.predicted,
        made: difference.made
      ),
      on: .node(difference.node),
      evidence: [seen]
    )
  }
}
