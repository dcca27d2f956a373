internal import HostModel
internal import KernelBehavior

/// ZW504: memmap_on_memory is on, and the descriptors go to the kernel zones all the same.
enum MemmapOnMemoryRefused: GrowthRule {
  static let about = RuleDescription(
    code: "ZW504",
    slug: "memmap-on-memory-refused",
    title: "memmap_on_memory has no effect on a device",
    causes: ["memory_hotplug.memmap_on_memory", "devices"],
    why: """
      The kernel silently takes the descriptors from the kernel zones where the driver does not ask \
      (virtio-mem), where a device has several blocks (before 6.8), or where a block's descriptors \
      don't have the right size.
      """,
    observes: "the kernel's version and config, the page and block size, the kind of device",
    severity: .warning,
    remedy: "count on kernel memory for the descriptors of this device",
    reference: "mm/memory_hotplug.c, mhp_supports_memmap_on_memory"
  )

  struct Detail: FindingDetail {
    var request: GrowthStep
    var refusal: MemmapPlacement.Refusal
    var block: ByteCount

    var kind: String { "\(refusal)" }
    var amounts: FindingAmounts { ["block": .bytes(block)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .warning }

  static func words(for detail: Detail) -> FindingText {
    FindingText("\(detail.request.text): \(detail.refusal.text(block: detail.block))")
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func findings(in plan: GrowthPlan) -> [Finding] {
    guard let step = plan.steps.first(where: { $0.outcome.memmap.refusal != nil }),
      let refusal = step.outcome.memmap.refusal
    else { return [] }
    return [
      finding(
        Detail(request: step.request, refusal: refusal, block: plan.machine.blockSize),
        on: step.request.subject,
        evidence: [
          Evidence("memmap_on_memory from", plan.machine.settings.memmapOnMemory.origin)
        ]
      )
    ]
  }
}
