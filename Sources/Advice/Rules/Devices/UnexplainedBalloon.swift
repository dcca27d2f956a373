internal import HostModel

/// ZW204: balloon pages that no known driver explains.
enum UnexplainedBalloon: HostRule {
  static let about = RuleDescription(
    code: "ZW204",
    slug: "unexplained-balloon",
    title: "Balloon pages, and no balloon driver that explains them",
    causes: ["balloon"],
    why: """
      The kernel counts balloon pages, but none of the drivers that zonewise knows is at work \
      here: whether these pages can migrate, and who gives them back, can't be told. They are \
      taken as kernel memory.
      """,
    observes: "nr_balloon_pages and balloon_inflate in /proc/vmstat against drivers in /sys",
    remedy: "find the driver (lsmod, dmesg) and treat its pages as kernel memory",
    reference: "include/linux/mmzone.h, NR_BALLOON_PAGES (6.16)"
  )

  struct Detail: FindingDetail {
    var held: KernelShare
    var amounts: FindingAmounts { held.amounts }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.held.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText("\(detail.held.size.text) is in a balloon, and no known balloon driver is here")
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard case .known(let balloons, _) = context.snapshot.devices.balloons else {
      return .unknown(
        context.snapshot.devices.balloons.reason,
        effect: "who holds balloon pages is unknown"
      )
    }
    let facts = BalloonFacts(context)
    guard let size = facts.size.value, size > 0 else { return .notApplicable }
    guard balloons.isEmpty else { return .passed }
    return .found([
      finding(
        Detail(held: context.share(of: size)),
        evidence: [
          Evidence(facts.source, nil, size),
          Evidence("/sys/bus, /proc/modules", nil, "no balloon driver"),
        ]
      )
    ])
  }
}
