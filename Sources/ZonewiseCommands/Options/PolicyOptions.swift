internal import ArgumentParser
internal import HostModel
internal import KernelBehavior

/// Options that stand for the kernel's own settings about added memory.
struct PolicyOptions: ParsableArguments {
  @Option(
    name: .customLong("default-state"),
    help: ArgumentHelp(
      "memhp_default_state: what becomes of added blocks.",
      valueName: "offline|online|online_kernel|online_movable"
    )
  )
  var defaultState: OnlineType?

  @Option(
    name: .customLong("online-policy"),
    help: ArgumentHelp(
      "memory_hotplug.online_policy.",
      valueName: "contig-zones|auto-movable"
    )
  )
  var onlinePolicy: OnlinePolicy?

  @Option(
    name: .customLong("auto-movable-ratio"),
    help: ArgumentHelp("Largest Movable in percent of boot memory.", valueName: "percent")
  )
  var autoMovableRatio: UInt32?

  @Option(
    name: .customLong("auto-movable-numa-aware"),
    help: ArgumentHelp("Whether each node keeps the ratio too.", valueName: "yes|no"),
    transform: ArgumentValue.yesNo("auto-movable-numa-aware")
  )
  var autoMovableNumaAware: Bool?

  @Option(
    name: .customLong("memmap-on-memory"),
    help: ArgumentHelp(
      "memory_hotplug.memmap_on_memory.",
      valueName: "no|yes|force"
    )
  )
  var memmapOnMemory: MemmapOnMemory?

  /// Puts what was given in place of what a host says.
  func apply(to settings: inout OnliningSettings) {
    if let state = defaultState {
      settings.defaultState = .init(state, from: "--default-state")
    }
    if let policy = onlinePolicy {
      settings.policy = .init(policy, from: "--online-policy")
    }
    if let ratio = autoMovableRatio {
      settings.autoMovableRatio = .init(UInt64(ratio), from: "--auto-movable-ratio")
    }
    if let aware = autoMovableNumaAware {
      settings.numaAware = .init(aware, from: "--auto-movable-numa-aware")
    }
    if let mode = memmapOnMemory {
      settings.memmapOnMemory = .init(mode, from: "--memmap-on-memory")
    }
  }
}
