internal import HostModel

/// ZW405: CMA beside devices that pin.
enum CMAWithPinning: HostRule {
  static let about = RuleDescription(
    code: "ZW405",
    slug: "cma-with-pinning",
    title: "CMA and long-term pins work against each other",
    causes: ["cma", "hugetlb_cma", "pinners"],
    why: """
      Guest or application memory fills CMA areas like any movable memory; pinning it must migrate \
      it out first, and fails where the rest is full. A distribution that made half of memory CMA \
      could no longer start VMs with device passthrough.
      """,
    observes: "/proc/zoneinfo cma, CmaTotal, devices that pin, headroom",
    severity: RuleSeverity(
      .warning ... .error,
      usual: .error,
      "error where CMA exceeds the headroom for pins, warning from 10 % of RAM"
    ),
    remedy: "make CMA smaller (cma=64M), or keep pinned programs off that node",
    reference: "mm/gup.c, folio_is_longterm_pinnable",
    kernels: "since 5.2"
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    let cma = max(
      context.facts.nodes.map(\.cma).total(),
      context.meminfo.cmaTotal.value ?? .zero
    )
    guard cma > 0 else { return .notApplicable }
    let facts = PinFacts(context)
    guard context.snapshot.devices.pinners.value != nil else {
      return .unknown(
        context.snapshot.devices.pinners.reason,
        effect: "whether CMA is in the way of pinning is unknown"
      )
    }
    guard let names = facts.names else { return .passed }
    guard case .known(let room, _) = facts.room else {
      return .unknown(facts.room.reason, effect: "room for pinned memory is unknown")
    }
    guard cma > room || cma * 10 >= context.facts.present else { return .passed }
    return .found([
      Finding(
        Self.self,
        cma > room ? .error : .warning,
        message: "\(names): \(cma.text) are CMA and can't be pinned; \(room.text) more can",
        evidence: ["zoneinfo cma, meminfo CmaTotal: \(cma.text)"] + facts.likely.map(\.seenAt),
        remedy: context.value(of: "cma").map { "lower cma=\($0)" }
      )
    ])
  }
}
