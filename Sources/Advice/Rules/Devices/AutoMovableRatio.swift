package import HostModel
internal import KernelText
package import Profiles

/// ZW208: an auto-movable ratio that does not bound what it should.
package enum AutoMovableRatio: Rule {
  package static let about = RuleDescription(
    code: "ZW208",
    slug: "auto-movable-ratio",
    title: "auto_movable_ratio is outside of what works",
    causes: [
      "memory_hotplug.auto_movable_ratio", "memory_hotplug.online_policy", "memhp_default_state",
      "devices",
    ],
    why: """
      memory_hotplug.auto_movable_ratio is a percentage: 301 allows a little over 3:1. A value of \
      3 allows 3 %, 0 makes everything kernel memory, 300 just misses 3:1, and a large value lets \
      the policy fill the host with Movable until kernel memory fails.
      """,
    observes: "/sys/module/memory_hotplug/parameters/online_policy and auto_movable_ratio",
    severity: """
      error at the metadata bound (63:1 with 4 KiB pages), warning above the profile's warning \
      ratio or below 10 %, note for 0 and 300
      """,
    remedy: "memory_hotplug.auto_movable_ratio=301",
    reference: "mm/memory_hotplug.c, auto_movable_can_online_movable",
    kernels: "since 5.15",
    positive: ["7.x-auto-movable-ratio-3", "7.x-auto-movable-ratio-9900"],
    negative: ["7.x-hot-added-auto-movable"]
  )

  package static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.onlining.policy.value == .autoMovable else { return .notApplicable }
    let reading = context.snapshot.onlining.autoMovableRatio
    guard case .known(let percent, _) = reading else {
      return .unknown(reading.reason, effect: "how much auto-movable allows is unknown")
    }
    let verdict = judge(percent, profile: context.profile, pageSize: context.pageSize)
    guard let (severity, why) = verdict else { return .passed }
    let kernel = context.current.kernel
    let allowed = kernel.scaled(by: percent, over: 100)
    return .found([
      Finding(
        Self.self,
        severity,
        message: "auto_movable_ratio=\(percent) allows \(allowed.text) of Movable beside "
          + "\(kernel.text): \(why)",
        evidence: [context.evidence(.autoMovableRatio)]
      )
    ])
  }
  /// How bad a percentage is, and why; nil where it is fine.
  package static func judge(
    _ percent: UInt64,
    profile: Profile,
    pageSize: PageSize
  ) -> (Finding.Severity, String)? {
    let ratio = MovableRatio(movable: percent, kernel: 100)
    if ratio >= StructPage.metadataBound(pageSize: pageSize) {
      return (.error, "page descriptors alone can fill the kernel zones")
    }
    if ratio > profile.limits.warning {
      return (.warning, "above the limit of \(profile.limits.warning)")
    }
    switch percent {
    case 0: return (.note, "nothing that is added becomes Movable")
    case ..<10: return (.warning, "a percentage: nearly nothing becomes Movable")
    case 300: return (.note, "just misses 3:1 because of holes; 301 is meant")
    default: return nil
    }
  }
}
