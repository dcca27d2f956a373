internal import HostModel

/// ZW212: nothing brings added memory online here.
enum NobodyOnlines: HostRule {
  static let about = RuleDescription(
    code: "ZW212",
    slug: "nobody-onlines",
    title: "Nothing brings hot-added memory online",
    causes: ["memhp_default_state", "devices"],
    why: """
      The kernel leaves new blocks offline and no udev rule onlines them: memory that the \
      hypervisor adds will cost descriptors and never be used. Kernels changed their default here \
      and options were renamed (MEMORY_HOTPLUG_DEFAULT_ONLINE became MHP_DEFAULT_ONLINE_TYPE_* in \
      6.14), so an upgrade can bring it about.
      """,
    observes: "auto_online_blocks, udev rules, daxctl, devices that add memory (virtio-mem, CXL)",
    severity: RuleSeverity(
      .warning ... .warning,
      usual: .warning,
      "warning where such a device is here or blocks are offline already; else silent"
    ),
    remedy: "memhp_default_state=online on the command line",
    reference: "drivers/base/memory.c, mhp_get_default_online_type"
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard let table = context.snapshot.memoryBlocks.value else { return .notApplicable }
    let decision = OnlineDecision(context)
    guard let kernel = decision.kernel else { return .notApplicable }
    guard kernel.says == "offline", decision.programs.isEmpty else { return .passed }
    let devices = context.snapshot.devices
    let adders =
      (devices.virtioMem.value ?? [])
      + (devices.cxl.value ?? []).filter { $0.hasPrefix("mem") }
      + (devices.balloons.value ?? []).filter { $0.driver == .hyperV }.map(\.driver.rawValue)
    let offline = table.blocks.count { $0.state.value == .offline }
    guard offline > 0 || !adders.isEmpty else { return .passed }
    if offline == 0, devices.udevRules.value == nil {
      return .unknown(devices.udevRules.reason, effect: "udev rules that online memory are unknown")
    }
    let size = (table.blockSize * UInt64(offline)).text
    return .found([
      Finding(
        Self.self,
        .warning,
        message: offline > 0
          ? "\(size) were added and nothing onlines them: the kernel leaves new blocks offline"
          : "memory that \(adders[0]) adds will stay offline: nothing onlines it",
        evidence: [kernel.seen] + adders.map { "device \($0)" }
          + (devices.udevRules.value == nil
            ? ["udev rules are unknown"] : ["udev: no rule for memory"])
      )
    ])
  }
}
