internal import HostModel
internal import KernelBehavior

/// ZW211: several parties online memory and want different zones.
enum OnlinerConflict: HostRule {
  static let about = RuleDescription(
    code: "ZW211",
    slug: "onliner-conflict",
    title: "Kernel, udev and daxctl disagree on where memory goes",
    causes: ["memhp_default_state", "devices"],
    why: """
      A block goes online once. If the kernel does it (auto_online_blocks), udev rules and daxctl \
      come too late and their zone is never used; if the kernel leaves blocks offline, the first \
      udev rule wins, and daxctl finds its memory taken. Which zone memory lands in then depends \
      on who was first, not on what was meant.
      """,
    observes: """
      auto_online_blocks, memhp_default_state=, CONFIG_MHP_DEFAULT_ONLINE_TYPE_*, \
      CONFIG_MEMORY_HOTPLUG_DEFAULT_ONLINE, online_policy, movable_node, rules in \
      /etc/udev/rules.d and /usr/lib/udev/rules.d, /etc/daxctl.conf.d
      """,
    severity: RuleSeverity(
      .note ... .warning,
      usual: .warning,
      "warning where the zones differ, note where the later party is merely idle"
    ),
    remedy: "let one party decide: the kernel's policy is the one that nothing races with",
    reference: "drivers/base/memory.c; Documentation/admin-guide/mm/memory-hotplug.rst",
    kernels: "all; memhp_default_state since \(KernelFact.defaultOnlineState.firstRelease), "
      + "its zones since \(KernelFact.zonedDefaultOnlineState.firstRelease)"
  )

  struct Detail: FindingDetail {
    /// Who was first, and where that puts memory.
    var winner: OnlineDecision.Party
    var zone: OnlineDecision.Landing
    /// Who comes too late, where it would put it, and the file that says so.
    var loser: OnlineDecision.Party
    var wanted: OnlineDecision.Landing
    var file: String

    /// Whether it makes a difference.
    var differs: Bool { wanted != zone }
    var kind: String { "\(loser) \(wanted)" }
    var amounts: FindingAmounts { [:] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.differs ? .warning : .note }

  static func words(for detail: Detail) -> FindingText {
    let (winner, loser) = (detail.winner.rawValue, detail.loser.rawValue)
    return FindingText(
      detail.differs
        ? "\(winner) puts new memory into \(detail.zone.text); \(loser) wants "
          + "\(detail.wanted.text) and comes too late"
        : "\(loser) onlines memory that \(winner) has onlined already"
    )
  }

  static func remedy(for detail: Detail) -> Remedy {
    .action(
      "remove \(detail.file), or set memhp_default_state=offline and leave it to "
        + detail.loser.rawValue
    )
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.memoryBlocks.value != nil else { return .notApplicable }
    let devices = context.snapshot.devices
    guard devices.udevRules.value != nil else {
      return .unknown(devices.udevRules.reason, effect: "udev rules that online memory are unknown")
    }
    let decision = OnlineDecision(context)
    guard let winner = decision.winner else { return .passed }
    let zone = decision.zone(of: winner.says)
    var seen: Set<String> = []
    return .findings(
      decision.programs.filter { $0.seen != winner.seen }.compactMap { loser in
        let detail = Detail(
          winner: winner.party,
          zone: zone,
          loser: loser.party,
          wanted: decision.zone(of: loser.says),
          file: loser.file
        )
        guard seen.insert(detail.kind).inserted, detail.wanted != .nowhere else { return nil }
        return finding(
          detail,
          evidence: decision.evidence + [Evidence("online_policy", nil, decision.policy.text)]
        )
      }
    )
  }
}
