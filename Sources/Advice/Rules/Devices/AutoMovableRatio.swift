internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles

/// ZW208: an auto-movable ratio that does not bound what it should.
package enum AutoMovableRatio: HostRule, ArgumentRule {
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
    severity: RuleSeverity(
      .note ... .error,
      usual: .error,
      """
      error at the metadata bound (63:1 with 4 KiB pages), warning above the profile's warning \
      ratio or below 10 %, note for 0 and 300
      """
    ),
    remedy: "memory_hotplug.auto_movable_ratio=301",
    reference: "mm/memory_hotplug.c, auto_movable_can_online_movable",
    kernels: "since 5.15"
  )

  package static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.onlining.policy.value == .autoMovable else { return .notApplicable }
    let reading = context.snapshot.onlining.autoMovableRatio
    guard case .known(let percent, _) = reading else {
      return .unknown(reading.reason, effect: "how much auto-movable allows is unknown")
    }
    let verdict = judge(percent, limits: context.profile.limits, pageSize: context.pageSize)
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

  /// The policy's ratio, where the line sets it.
  package static func findings(in line: ArgumentContext) -> [Finding] {
    // Where the machine is known, the ratio in force is judged.
    guard line.givesMovable == nil, let argument = line.last("memory_hotplug.auto_movable_ratio"),
      let percent = argument.value.flatMap({ UInt64($0) }),
      let (severity, why) = judge(percent, limits: line.limits, pageSize: line.pageSize)
    else { return [] }
    return [
      Finding(
        Self.self,
        severity,
        message: "auto_movable_ratio=\(percent): \(why)",
        evidence: ["the command line: \(argument.text)"],
        location: line.place(of: argument)
      )
    ]
  }

  /// How bad a percentage is, and why; nil where it is fine.
  private static func judge(
    _ percent: UInt64,
    limits: Profile.Limits,
    pageSize: PageSize
  ) -> (Finding.Severity, String)? {
    let ratio = MovableRatio(movable: percent, kernel: 100)
    if ratio >= PageDescriptor.metadataBound(pageSize: pageSize) {
      return (.error, "page descriptors alone can fill the kernel zones")
    }
    if ratio > limits.warning {
      return (.warning, "above the limit of \(limits.warning)")
    }
    switch percent {
    case 0: return (.note, "nothing that is added becomes Movable")
    case ..<10: return (.warning, "a percentage: nearly nothing becomes Movable")
    case 300: return (.note, "just misses 3:1 because of holes; 301 is meant")
    default: return nil
    }
  }
}
