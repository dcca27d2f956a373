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
    remedy: "let the kernel online what is added, by memhp_default_state=",
    reference: "drivers/base/memory.c, mhp_get_default_online_type"
  )

  enum Detail: FindingDetail {
    /// Memory that was added and is offline.
    case offline(ByteCount)
    /// A device that will add some.
    case device(String)

    var kind: String {
      switch self {
      case .offline: "offline"
      case .device: "device"
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .offline(let size): ["size": .bytes(size)]
      case .device: [:]
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .warning }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .offline(let size):
      FindingText(
        "\(size.text) was added and nothing onlines it: the kernel leaves new blocks offline"
      )
    case .device(let name):
      FindingText("memory that \(name) adds will stay offline: nothing onlines it")
    }
  }

  static func remedy(for detail: Detail) -> Remedy { .boot("memhp_default_state=online") }

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
    let isUdevKnown = devices.udevRules.value != nil
    let evidence =
      [kernel.seen] + adders.map { Evidence("device", $0) }
      + [
        isUdevKnown
          ? Evidence("udev", nil, "no rule for memory") : Evidence("udev rules are unknown")
      ]
    let detail: Detail =
      offline > 0 ? .offline(table.blockSize * UInt64(offline)) : .device(adders[0])
    return .found([finding(detail, evidence: evidence)])
  }
}
