internal import HostModel
internal import KernelBehavior

/// ZW503: memory that is added and used by nobody.
enum AddedMemoryStaysOffline: GrowthRule {
  static let about = RuleDescription(
    code: "ZW503",
    slug: "added-memory-stays-offline",
    title: "Added memory stays offline",
    causes: ["memhp_default_state", "devices"],
    why: """
      Offline blocks cost their page descriptors and give nothing: the guest still shows its old \
      size. Only udev, an agent or an operator brings them online then.
      """,
    observes: "memhp_default_state, auto_online_blocks, the kernel's config",
    severity: .warning,
    remedy: "let the kernel online it, by memhp_default_state= or auto_online_blocks",
    reference: "mm/memory_hotplug.c, mhp_default_online_type"
  )

  struct Detail: FindingDetail {
    var size: ByteCount
    /// The setting that leaves it offline.
    var state: OnliningSettings.Setting<OnlineType>
    /// What onlines it; empty where no arguments do.
    var arguments: [String]
    var amounts: FindingAmounts { ["size": .bytes(size)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .warning }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.size.text) stays offline: \(detail.state.origin) says \(detail.state.value.rawValue)"
    )
  }

  static func remedy(for detail: Detail) -> Remedy {
    detail.arguments.isEmpty
      ? .action("let udev or an agent online it: this kernel's command line can't")
      : .boot(detail.arguments)
  }

  static func findings(in plan: GrowthPlan) -> [Finding] {
    let offline = plan.steps.filter { step in
      step.outcome.failure == nil && step.outcome.runs.contains { $0.zone == nil }
    }
    guard !offline.isEmpty else { return [] }
    let size = offline.map(\.request.size).total()
    let descriptors = offline.map(\.outcome.memmap.bytes).total()
    return [
      finding(
        Detail(
          size: size,
          state: plan.machine.settings.defaultState,
          arguments: plan.cure { $0.failure == nil && $0.isOnline } ?? []
        ),
        evidence: [Evidence("descriptors", descriptors.text)]
      )
    ]
  }
}
