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

  static func findings(in plan: GrowthPlan) -> [Finding] {
    guard
      let index = plan.steps.firstIndex(where: {
        $0.outcome.failure == nil && $0.verdict > .unknown
      })
    else { return [] }
    let step = plan.steps[index]
    return [
      Finding(
        Self.self,
        step.verdict == .tight ? .warning : .error,
        node: step.request.node,
        message: "step \(index + 1), \(step.request.text), leaves the machine \(step.verdict): "
          + "\(step.ratio), the kernel can take \(step.headroom.text) more",
        evidence: [
          "kernel zones \(step.kernel.text), Movable \(step.movable.text) after the step",
          "safe up to \(plan.maxSafeTotal.text)",
        ],
        remedy: plan.arguments.arguments.isEmpty
          ? nil : "boot with \(plan.arguments.arguments.joined(separator: " "))"
      )
    ]
  }
}
