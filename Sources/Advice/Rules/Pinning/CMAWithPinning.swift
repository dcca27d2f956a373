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
    remedy: "make CMA smaller (cma=64M), or keep programs that pin off that node",
    reference: "mm/gup.c, folio_is_longterm_pinnable",
    kernels: "since 5.2"
  )

  struct Detail: FindingDetail {
    var devices: [PinningDevice]
    var cma: ByteCount
    /// What can be pinned still.
    var room: ByteCount
    /// `cma=` of the command line, without its name.
    var argument: String?

    var amounts: FindingAmounts { ["cma": .bytes(cma), "headroom": .bytes(room)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    detail.cma > detail.room ? .error : .warning
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.devices.names): \(detail.cma.text) is CMA and can't be pinned; "
        + "\(detail.room.text) elsewhere can"
    )
  }

  static func remedy(for detail: Detail) -> Remedy {
    .action(detail.argument.map { "lower cma=\($0) to what its devices need" } ?? about.remedy)
  }

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
    guard !facts.likely.isEmpty else { return .passed }
    guard case .known(let room, _) = facts.room else {
      return .unknown(facts.room.reason, effect: "room for pinned memory is unknown")
    }
    guard cma > room || cma * 10 >= context.facts.present else { return .passed }
    let detail = Detail(
      devices: facts.likely,
      cma: cma,
      room: room,
      argument: context.value(of: "cma")
    )
    return .found([
      finding(
        detail,
        evidence: [Evidence("zoneinfo cma, meminfo CmaTotal", nil, cma)] + facts.likely.evidence
      )
    ])
  }
}
