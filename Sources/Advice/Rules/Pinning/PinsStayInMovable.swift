internal import HostModel
internal import KernelBehavior

/// ZW406: an old kernel that pins memory inside ZONE_MOVABLE.
enum PinsStayInMovable: HostRule {
  static let about = RuleDescription(
    code: "ZW406",
    slug: "pins-stay-in-movable",
    title: "This kernel pins memory inside ZONE_MOVABLE",
    causes: ["pinners"],
    why: """
      Before 5.13 a long-term pin took the page where it was: pinned pages in ZONE_MOVABLE make \
      their blocks impossible to offline for as long as they are pinned. Before 5.2 the same held \
      for CMA.
      """,
    observes: "the kernel's release, devices that pin, nr_foll_pin_* (5.7 and newer)",
    severity: RuleSeverity(
      .warning ... .warning,
      usual: .warning,
      "warning where ZONE_MOVABLE exists beside pins or devices that pin"
    ),
    remedy: "use 5.13 or newer, or keep programs that pin on nodes without ZONE_MOVABLE",
    reference: "mm/gup.c, d1e153fea2a8 (5.13)",
    kernels: "before 5.13"
  )

  struct Detail: FindingDetail {
    var devices: [PinningDevice]
    /// What is pinned now, in whatever zone; nil where the kernel doesn't count it.
    var pinned: ByteCount?

    var amounts: FindingAmounts { ["size": pinned.map { .bytes($0) }] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .warning }

  static func words(for detail: Detail) -> FindingText {
    let who = detail.devices.isEmpty ? "long-term pins" : detail.devices.names
    let now = detail.pinned.map { $0 > 0 ? "\($0.text) pinned now" : "nothing pinned now" }
    return FindingText(
      "\(who): this kernel leaves pinned pages in Movable"
        + " (\(now ?? "how much is pinned is unknown"))"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    switch context.kernel.has(.pinsLeaveMovable) {
    case .known(true, _): return .notApplicable
    case .known(false, _): break
    case .unknown(let reason): return .unknown(reason, effect: "where pins stay is unknown")
    }
    let facts = PinFacts(context)
    let pinned = facts.outstanding.value
    // A few pages are pinned at any moment by direct I/O.
    guard !facts.likely.isEmpty || pinned ?? .zero >= .mebibytes(1) else {
      guard context.snapshot.devices.pinners.value != nil || facts.outstanding.value != nil else {
        return .unknown(facts.outstanding.reason, effect: "pins in ZONE_MOVABLE are unknown")
      }
      return .passed
    }
    return .found([
      finding(
        Detail(devices: facts.likely, pinned: pinned),
        evidence: (context.kernel.version.value.map { [Evidence("kernel \($0.release)")] } ?? [])
          + facts.likely.evidence
      )
    ])
  }
}
