internal import HostModel
internal import KernelText

/// Who decides what becomes of memory that is added here, and what they decide.
struct OnlineDecision {
  /// One who has a say, with what it says and where that was seen.
  struct Voice {
    var name: String
    /// `offline`, `online`, `online_kernel`, `online_movable`.
    var says: String
    var seen: String
  }

  /// The kernel itself, as blocks appear: offline leaves it to the others.
  let kernel: Voice?
  /// Programs that act after the kernel, in order.
  let programs: [Voice]
  /// What plain `online` comes to.
  let policy: String

  init(_ context: RuleContext) {
    kernel = Self.kernelVoice(context)
    let devices = context.snapshot.devices
    var programs = (devices.udevRules.value ?? []).map { rule in
      Voice(
        name: "udev",
        says: rule.action,
        seen: "\(rule.file):\(rule.line): \(rule.action)\(rule.isConditional ? " (if …)" : "")"
      )
    }
    programs += (devices.daxctl.value ?? []).filter { $0.mode == "system-ram" }.map { section in
      let says =
        section.online == "false"
        ? "offline" : section.movable == "false" ? "online_kernel" : "online_movable"
      return Voice(name: "daxctl", says: says, seen: "\(section.file): [\(section.name)] \(says)")
    }
    self.programs = programs
    let movableNode = context.argument("movable_node") != nil
    policy =
      context.snapshot.onlining.policy.value == .autoMovable
      ? "auto-movable" : movableNode ? "Movable (movable_node)" : "kernel zones (contig-zones)"
  }

  /// What the running kernel does with new blocks, else what it was told or built to do.
  private static func kernelVoice(_ context: RuleContext) -> Voice? {
    if let now = context.text(.defaultState) {
      return Voice(name: "the kernel", says: now, seen: context.evidence(.defaultState))
    }
    if let asked = context.value(of: "memhp_default_state") {
      return Voice(
        name: "the kernel",
        says: asked,
        seen: "/proc/cmdline: memhp_default_state=\(asked)"
      )
    }
    guard let config = context.snapshot.kernelConfig.value else { return nil }
    let options = [
      ("MHP_DEFAULT_ONLINE_TYPE_OFFLINE", "offline"),
      ("MHP_DEFAULT_ONLINE_TYPE_ONLINE_AUTO", "online"),
      ("MHP_DEFAULT_ONLINE_TYPE_ONLINE_KERNEL", "online_kernel"),
      ("MHP_DEFAULT_ONLINE_TYPE_ONLINE_MOVABLE", "online_movable"),
      ("MEMORY_HOTPLUG_DEFAULT_ONLINE", "online"),
    ]
    return options.first { config[$0.0] == .yes }.map {
      Voice(name: "the kernel", says: $0.1, seen: "CONFIG_\($0.0)=y")
    }
  }

  /// Who wins: the kernel if it onlines by itself, else the first program.
  var winner: Voice? {
    if let kernel, kernel.says != "offline" { return kernel }
    return programs.first
  }

  /// In which zone memory ends up by a word.
  func zone(of says: String) -> String {
    switch says {
    case "online_movable": "Movable"
    case "online_kernel": "kernel zones"
    case "online", "1": policy
    case "offline", "0": "nowhere"
    default: "whatever a program decides"
    }
  }

  var evidence: [String] { ([kernel].compactMap { $0 } + programs).map(\.seen) }
}
