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
  var defaultState: String?

  @Option(
    name: .customLong("online-policy"),
    help: ArgumentHelp(
      "memory_hotplug.online_policy.",
      valueName: "contig-zones|auto-movable"
    )
  )
  var onlinePolicy: String?

  @Option(
    name: .customLong("auto-movable-ratio"),
    help: ArgumentHelp("Largest Movable in percent of boot memory.", valueName: "percent")
  )
  var autoMovableRatio: UInt32?

  @Option(
    name: .customLong("auto-movable-numa-aware"),
    help: ArgumentHelp("Whether each node keeps the ratio too.", valueName: "yes|no")
  )
  var autoMovableNumaAware: String?

  @Option(
    name: .customLong("memmap-on-memory"),
    help: ArgumentHelp(
      "memory_hotplug.memmap_on_memory.",
      valueName: "no|yes|force"
    )
  )
  var memmapOnMemory: String?

  func validate() throws {
    func check(_ name: String, _ word: String?, _ words: [String]) throws {
      guard let word, !words.contains(word) else { return }
      throw ValidationError("--\(name) takes \(words.joined(separator: ", ")), not '\(word)'")
    }
    try check("default-state", defaultState, OnlineType.allCases.map(\.rawValue))
    try check("online-policy", onlinePolicy, OnlinePolicy.allCases.map(\.rawValue))
    try check("auto-movable-numa-aware", autoMovableNumaAware, ["yes", "no"])
    try check("memmap-on-memory", memmapOnMemory, MemmapOnMemory.allCases.map(\.rawValue))
  }

  /// Puts what was given in place of what a host says.
  func apply(to settings: inout OnliningSettings) {
    if let state = defaultState.flatMap(OnlineType.init(rawValue:)) {
      settings.defaultState = .init(state, from: "--default-state")
    }
    if let policy = onlinePolicy.flatMap(OnlinePolicy.init(rawValue:)) {
      settings.policy = .init(policy, from: "--online-policy")
    }
    if let ratio = autoMovableRatio {
      settings.autoMovableRatio = .init(UInt64(ratio), from: "--auto-movable-ratio")
    }
    if let aware = autoMovableNumaAware {
      settings.numaAware = .init(aware == "yes", from: "--auto-movable-numa-aware")
    }
    if let mode = memmapOnMemory.flatMap(MemmapOnMemory.init(rawValue:)) {
      settings.memmapOnMemory = .init(mode, from: "--memmap-on-memory")
    }
  }
}
