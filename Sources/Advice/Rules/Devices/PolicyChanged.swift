internal import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW210: memory lies otherwise than the policy in force would put it.
enum PolicyChanged: HostRule {
  static let about = RuleDescription(
    code: "ZW210",
    slug: "policy-changed",
    title: "The online policy changed, or memory went around it",
    causes: ["memory_hotplug.online_policy", "memhp_default_state", "devices"],
    why: """
      A policy decides when a block goes online, and never again. Where auto-movable is in force \
      and there is more Movable than it allows, the blocks were onlined under another policy or by \
      hand; where the command line says otherwise than the running kernel, someone wrote the \
      parameter, and the next boot will put memory elsewhere.
      """,
    observes: """
      memory_hotplug.* and memhp_default_state= on the command line against \
      /sys/module/memory_hotplug/parameters and auto_online_blocks; zone sizes
      """,
    severity: RuleSeverity(
      .note ... .warning,
      usual: .warning,
      "warning where Movable exceeds what the policy allows, note for a changed setting"
    ),
    remedy: "make the command line say what is in force, and online blocks through the policy",
    reference: "Documentation/admin-guide/mm/memory-hotplug.rst, Module Parameters",
    kernels: "policies since 5.15, memhp_default_state since 4.8, its zones since 5.7"
  )

  enum Detail: FindingDetail {
    /// A parameter that is not what the command line says.
    case written(argument: String, asked: String, now: String, file: String)
    /// More Movable than the policy would ever have made.
    case beyond(movable: ByteCount, percent: UInt64, allowed: ByteCount)

    var kind: String {
      switch self {
      case .written: "written"
      case .beyond: "beyond"
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .written: [:]
      case .beyond(let movable, let percent, let allowed):
        ["movable": .bytes(movable), "allowed": .bytes(allowed), "ratio": .percent(percent)]
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .written: .note
    case .beyond: .warning
    }
  }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .written(let argument, let asked, let now, _):
      FindingText(
        "\(argument)=\(asked) at boot, \(now) in force: it was written later"
      )
    case .beyond(let movable, let percent, let allowed):
      FindingText(
        "\(movable.text) is Movable; auto-movable at \(percent) % would have allowed "
          + allowed.text
      )
    }
  }

  static func remedy(for detail: Detail) -> Remedy {
    switch detail {
    case .written(let argument, let asked, let now, let file):
      .boot("\(argument)=\(now)", note: "what is in force; or write \(asked) to \(file)")
    case .beyond: .action("offline what is too much, and online it through the policy")
    }
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let policy = context.snapshot.onlining.policy
    guard policy.value != nil || context.snapshot.onlining.defaultState.value != nil else {
      if case .unknown(.unreadable) = policy {
        return .unknown(policy.reason, effect: "the online policy in force is unknown")
      }
      return .notApplicable
    }
    return .findings(written(context) + beyond(context))
  }

  /// Settings whose value is not the one from the command line.
  private static func written(_ context: RuleContext) -> [Finding] {
    let pairs: [(argument: String, setting: KernelSetting)] = [
      ("memory_hotplug.online_policy", .onlinePolicy),
      ("memory_hotplug.auto_movable_ratio", .autoMovableRatio),
      ("memory_hotplug.auto_movable_numa_aware", .numaAware),
      ("memhp_default_state", .defaultState),
    ]
    return pairs.compactMap { pair in
      guard let asked = context.value(of: pair.argument), let now = context.text(pair.setting),
        // A value that the kernel refuses never was in force: that is argument-without-effect's.
        let normal = pair.setting.normal(asked), normal != now,
        context.argument(pair.argument).flatMap({ HotplugArgument($0) })?
          .isKnown(in: context.kernel) != false
      else { return nil }
      let word = "\(pair.argument)=\(asked)"
      return finding(
        .written(argument: pair.argument, asked: asked, now: now, file: pair.setting.path),
        on: .argument(word),
        evidence: [context.evidence(pair.setting), Evidence("/proc/cmdline", nil, word)]
      )
    }
  }

  /// More Movable than auto-movable would ever have made.
  private static func beyond(_ context: RuleContext) -> [Finding] {
    guard context.snapshot.onlining.policy.value == .autoMovable,
      let percent = context.snapshot.onlining.autoMovableRatio.value,
      context.zoneArguments.words.isEmpty
    else { return [] }
    let allowed = context.current.kernel.scaled(by: percent, over: 100)
    let movable = context.current.movable
    guard movable > allowed + (context.snapshot.memoryBlocks.value?.blockSize ?? .zero) else {
      return []
    }
    return [
      finding(
        .beyond(movable: movable, percent: percent, allowed: allowed),
        evidence: [
          Evidence(
            SettingPath.onlinePolicy,
            nil,
            "auto-movable, auto_movable_ratio: \(percent)"
          ),
          Evidence(
            "zoneinfo",
            "present",
            "kernel zones \(context.current.kernel.text), Movable \(movable.text)"
          ),
        ]
      )
    ]
  }
}
