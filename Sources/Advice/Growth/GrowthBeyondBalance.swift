internal import HostModel
internal import KernelBehavior

/// ZW502: a device after which the kernel zones no longer hold what is needed.
enum GrowthBeyondBalance: GrowthRule {
  static let about = RuleDescription(
    code: "ZW502",
    slug: "growth-beyond-balance",
    title: "Growth takes the kernel zones out of balance",
    causes: ["devices"],
    why: """
      Memory that is added as Movable brings nothing for the kernel and takes page descriptors, page \
      tables and slab out of the memory that the machine booted with.
      """,
    observes: "each step's ratio and kernel headroom, against the profile's limits and demand",
    severity: RuleSeverity(
      .warning ... .error,
      usual: .error,
      "error where a step is imbalanced, warning where it is tight"
    ),
    remedy: "let the auto-movable policy keep the ratio, or boot with more memory",
    reference:
      "Documentation/admin-guide/mm/memory-hotplug.rst, ZONE_MOVABLE Sizing Considerations (5.14)"
  )

  struct Detail: FindingDetail {
    /// Counted from 1.
    var step: Int
    var request: GrowthStep
    var verdict: Verdict
    var kernel: ByteCount
    var movable: ByteCount
    var headroom: ByteCount
    /// The same once user memory fills the machine; nil where that is not what makes it so.
    var whenFull: ByteCount?
    /// How much swap would make it safe then.
    var swap: ByteCount
    /// What the machine should boot with; empty where no arguments keep the balance.
    var arguments: [String]

    var ratio: MovableRatio { MovableRatio(movable, to: kernel) }
    var amounts: FindingAmounts {
      [
        "step": .count(UInt64(clamping: step)), "kernel": .bytes(kernel),
        "movable": .bytes(movable), "movableToKernel": .ratio(ratio),
        "headroom": .bytes(headroom), "whenFull": whenFull.map { .bytes($0) },
      ]
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    detail.verdict == .tight ? .warning : .error
  }

  static func words(for detail: Detail) -> FindingText {
    let start =
      "step \(detail.step), \(detail.request.text), leaves the machine \(detail.verdict): "
    guard let full = detail.whenFull else {
      return FindingText(
        start + "\(detail.ratio), the kernel can take \(detail.headroom.text) more"
      )
    }
    return FindingText(
      start + "once user memory fills it, the kernel can take as little as \(full.text) more"
    )
  }

  static func remedy(for detail: Detail) -> Remedy {
    if !detail.arguments.isEmpty { return .boot(detail.arguments) }
    guard detail.whenFull != nil else {
      return .action("boot with more memory, or add less: no policy keeps the balance")
    }
    return .action(
      "online a part of it as kernel memory (online_kernel), add less, or add \(detail.swap.text) "
        + "of swap: user memory fills the other nodes' kernel zones first"
    )
  }

  static func findings(in plan: GrowthPlan) -> [Finding] {
    guard
      let index = plan.steps.firstIndex(where: {
        $0.outcome.failure == nil && $0.settled > .unknown
      })
    else { return [] }
    let step = plan.steps[index]
    return [
      finding(
        Detail(
          step: index + 1,
          request: step.request,
          verdict: step.settled,
          kernel: step.kernel,
          movable: step.movable,
          headroom: step.headroom,
          whenFull: step.reason == .whenFull ? step.headroomWhenFull : nil,
          swap: plan.userMemory,
          arguments: plan.cure { $0.failure == nil && $0.worst <= .unknown } ?? []
        ),
        on: step.request.subject,
        evidence: [
          Evidence("kernel zones \(step.kernel.text), Movable \(step.movable.text) after the step"),
          Evidence("safe up to \(plan.maxSafeTotal.text)"),
        ]
      )
    ]
  }
}
