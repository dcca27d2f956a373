internal import HostModel
internal import KernelText

/// Who decides what becomes of memory that is added here, and what they decide.
struct OnlineDecision {
  enum Party: String, Hashable, Sendable {
    case kernel = "the kernel"
    case udev
    case daxctl
  }

  /// One who has a say, with what it says and where that was seen.
  struct Voice: Hashable {
    var party: Party
    /// `offline`, `online`, `online_kernel`, `online_movable`.
    var says: String
    /// The file that makes it say so.
    var file: String
    var seen: Evidence
  }

  /// Where memory ends up.
  enum Landing: Hashable, Sendable {
    case movable
    case kernelZones
    /// By the policy auto-movable: either.
    case autoMovable
    /// By contig-zones, with movable_node.
    case movableByNode
    case kernelByContiguity
    case nowhere
    case undecided

    /// Whether all of it becomes Movable.
    var isMovable: Bool { self == .movable || self == .movableByNode }

    var text: String {
      switch self {
      case .movable: "Movable"
      case .kernelZones: "kernel zones"
      case .autoMovable: "auto-movable"
      case .movableByNode: "Movable (movable_node)"
      case .kernelByContiguity: "kernel zones (contig-zones)"
      case .nowhere: "nowhere"
      case .undecided: "whatever a program decides"
      }
    }
  }

  /// The kernel itself, as blocks appear: offline leaves it to the others.
  let kernel: Voice?
  /// Programs that act after the kernel, in order.
  let programs: [Voice]
  /// What plain `online` comes to.
  let policy: Landing

  init(_ context: RuleContext) {
    kernel = Self.kernelVoice(context)
    let devices = context.snapshot.devices
    var programs = (devices.udevRules.value ?? []).map { rule in
      Voice(
        party: .udev,
        says: rule.action,
        file: rule.file,
        seen: Evidence(
          "\(rule.file):\(rule.line)",
          nil,
          rule.action + (rule.isConditional ? " (if …)" : "")
        )
      )
    }
    programs += (devices.daxctl.value ?? []).filter { $0.mode == "system-ram" }.map { section in
      let says =
        section.online == "false"
        ? "offline" : section.movable == "false" ? "online_kernel" : "online_movable"
      return Voice(
        party: .daxctl,
        says: says,
        file: section.file,
        seen: Evidence(section.file, nil, "[\(section.name)] \(says)")
      )
    }
    self.programs = programs
    let movableNode = context.argument("movable_node") != nil
    policy =
      context.snapshot.onlining.policy.value == .autoMovable
      ? .autoMovable : movableNode ? .movableByNode : .kernelByContiguity
  }

  /// What the running kernel does with new blocks, else what it was told or built to do.
  private static func kernelVoice(_ context: RuleContext) -> Voice? {
    if let now = context.text(.defaultState) {
      return Voice(
        party: .kernel,
        says: now,
        file: SettingPath.defaultState,
        seen: context.evidence(.defaultState)
      )
    }
    if let asked = context.value(of: "memhp_default_state") {
      return Voice(
        party: .kernel,
        says: asked,
        file: "/proc/cmdline",
        seen: Evidence("/proc/cmdline", nil, "memhp_default_state=\(asked)")
      )
    }
    guard let config = context.snapshot.kernelConfig.value else { return nil }
    return OnlineType.configured(in: config).map {
      Voice(
        party: .kernel,
        says: $0.type.rawValue,
        file: "the kernel's config",
        seen: Evidence("\($0.option)=y")
      )
    }
  }

  /// Who wins: the kernel if it onlines by itself, else the first program.
  var winner: Voice? {
    if let kernel, kernel.says != "offline" { return kernel }
    return programs.first
  }

  /// In which zone memory ends up by a word.
  func zone(of says: String) -> Landing {
    switch says {
    case "online_movable": .movable
    case "online_kernel": .kernelZones
    case "online", "1": policy
    case "offline", "0": .nowhere
    default: .undecided
    }
  }

  var evidence: [Evidence] { ([kernel].compactMap { $0 } + programs).map(\.seen) }
}
