internal import HostModel
internal import KernelBehavior

/// ZW501: a device that the kernel can't add.
enum GrowthStepFails: GrowthRule {
  static let about = RuleDescription(
    code: "ZW501",
    slug: "growth-step-fails",
    title: "A device can't be added",
    causes: ["devices"],
    why: """
      Adding memory needs page descriptors for all of it before any of it is usable: 1/64 of its \
      size with 4 KiB pages, out of the kernel zones. Where they can't give that, the kernel fails \
      to add the device, or the OOM killer comes, or a small guest panics.
      """,
    observes: "zoneinfo free, min, protection; the size and kind of each device",
    severity: .error,
    remedy: "add it in smaller pieces, boot with more memory, or use memmap_on_memory",
    reference: "mm/memory_hotplug.c, add_memory_resource; mm/sparse-vmemmap.c"
  )

  static func findings(in plan: GrowthPlan) -> [Finding] {
    guard let failure = plan.firstFailure else { return [] }
    let step = plan.steps[failure.step - 1]
    return [
      Finding(
        Self.self,
        .error,
        node: step.request.node,
        message: "step \(failure.step), \(step.request.text): \(failure.reason)",
        evidence: ["descriptors \(step.outcome.memmap.bytes.text)"]
      )
    ]
  }
}
