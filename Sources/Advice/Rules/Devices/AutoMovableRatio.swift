package import HostModel
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
    remedy: "a percentage that the boot memory carries: 301 for 3:1",
    reference: "mm/memory_hotplug.c, auto_movable_can_online_movable",
    kernels: "since 5.15"
  )

  package struct Detail: FindingDetail {
    package enum Problem: Hashable, Sendable {
      /// Page descriptors alone can fill the kernel zones.
      case beyondMetadata
      case overLimit(MovableRatio)
      case nothing
      case nearlyNothing
      case justMisses
    }

    package var percent: UInt64
    package var problem: Problem
    /// The memory that it is a percentage of; nil where no machine is known.
    package var kernel: ByteCount?
    /// A percentage that is within all limits.
    package var suggested: UInt64

    /// Nil where the percentage is fine.
    init?(
      _ percent: UInt64,
      limits: Profile.Limits,
      pageSize: PageSize,
      kernel: ByteCount? = nil,
      safe: UInt64? = nil
    ) {
      let most = limits.warning.movable * 100 / max(1, limits.warning.kernel)
      let within = min(most, safe ?? .max, OnlinePolicyArguments.usualRatio)
      suggested = within == OnlinePolicyArguments.justMissed ? within - 1 : within
      let ratio = MovableRatio(movable: percent, kernel: 100)
      self.percent = percent
      self.kernel = kernel
      if ratio >= PageDescriptor.metadataBound(pageSize: pageSize) {
        problem = .beyondMetadata
      } else if ratio > limits.warning {
        problem = .overLimit(limits.warning)
      } else {
        switch percent {
        case 0: problem = .nothing
        case ..<10: problem = .nearlyNothing
        case OnlinePolicyArguments.justMissed: problem = .justMisses
        default: return nil
        }
      }
    }

    package var kind: String {
      switch problem {
      case .beyondMetadata: "beyondMetadata"
      case .overLimit: "overLimit"
      case .nothing: "nothing"
      case .nearlyNothing: "nearlyNothing"
      case .justMisses: "justMisses"
      }
    }

    /// What may become Movable.
    package var allowed: ByteCount? { kernel?.scaled(by: percent, over: 100) }

    package var amounts: FindingAmounts {
      [
        "ratio": .percent(percent), "allowed": allowed.map { .bytes($0) },
        "kernel": kernel.map { .bytes($0) },
      ]
    }
  }

  package static func severity(of detail: Detail) -> Finding.Severity {
    switch detail.problem {
    case .beyondMetadata: .error
    case .overLimit, .nearlyNothing: .warning
    case .nothing, .justMisses: .note
    }
  }

  package static func words(for detail: Detail) -> FindingText {
    var message = "auto_movable_ratio=\(detail.percent)"
    if let allowed = detail.allowed, let kernel = detail.kernel {
      message += " allows \(allowed.text) of Movable beside \(kernel.text)"
    }
    let why =
      switch detail.problem {
      case .beyondMetadata: "page descriptors alone can fill the kernel zones"
      case .overLimit(let limit): "above the limit of \(limit)"
      case .nothing: "nothing that is added becomes Movable"
      case .nearlyNothing: "a percentage: nearly nothing becomes Movable"
      case .justMisses: "just misses 3:1 because of holes; 301 is meant"
      }
    return FindingText("\(message): \(why)")
  }

  package static func remedy(for detail: Detail) -> Remedy {
    .boot("memory_hotplug.auto_movable_ratio=\(detail.suggested)")
  }

  package static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.onlining.policy.value == .autoMovable else { return .notApplicable }
    let reading = context.snapshot.onlining.autoMovableRatio
    guard case .known(let percent, _) = reading else {
      return .unknown(reading.reason, effect: "how much auto-movable allows is unknown")
    }
    guard Detail(percent, limits: context.profile.limits, pageSize: context.pageSize) != nil else {
      return .passed
    }
    let detail = Detail(
      percent,
      limits: context.profile.limits,
      pageSize: context.pageSize,
      kernel: context.current.kernel,
      safe: context.onlinePolicy.flatMap { $0.ratio >= 10 ? $0.ratio : nil }
    )
    guard let detail else { return .passed }
    return .found([finding(detail, evidence: [context.evidence(.autoMovableRatio)])])
  }

  package static func findings(in line: ArgumentContext) -> [Finding] {
    // Where the machine is known, the ratio in force is judged.
    guard line.givesMovable == nil, let argument = line.last("memory_hotplug.auto_movable_ratio"),
      HotplugArgument(argument)?.fault(in: line) == nil,
      let percent = argument.value.flatMap({ UInt64($0) }),
      let detail = Detail(percent, limits: line.limits, pageSize: line.pageSize)
    else { return [] }
    return [line.finding(of: Self.self, detail, argument)]
  }
}
