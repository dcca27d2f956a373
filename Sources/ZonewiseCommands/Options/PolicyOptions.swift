internal import ArgumentParser
internal import HostModel
internal import KernelBehavior

/// Options that stand for the kernel's own settings about added memory.
struct PolicyOptions: ParsableArguments {
  @Option(
    name: Name.defaultState.option,
    help: ArgumentHelp(
      "memhp_default_state: what becomes of added blocks.",
      valueName: "offline|online|online_kernel|online_movable"
    )
  )
  var defaultState: OnlineType?

  @Option(
    name: Name.onlinePolicy.option,
    help: ArgumentHelp(
      "memory_hotplug.online_policy.",
      valueName: "contig-zones|auto-movable"
    )
  )
  var onlinePolicy: OnlinePolicy?

  @Option(
    name: Name.autoMovableRatio.option,
    help: ArgumentHelp("Largest Movable in percent of boot memory.", valueName: "percent")
  )
  var autoMovableRatio: UInt32?

  @Option(
    name: Name.autoMovableNumaAware.option,
    help: ArgumentHelp("Whether each node keeps the ratio too.", valueName: "yes|no"),
    transform: ArgumentValue.yesNo(Name.autoMovableNumaAware.rawValue)
  )
  var autoMovableNumaAware: Bool?

  @Option(
    name: Name.memmapOnMemory.option,
    help: ArgumentHelp(
      "memory_hotplug.memmap_on_memory.",
      valueName: "no|yes|force"
    )
  )
  var memmapOnMemory: MemmapOnMemory?

  /// The options' names: what the user writes, and what a setting says it comes from.
  private enum Name: String {
    case defaultState = "default-state"
    case onlinePolicy = "online-policy"
    case autoMovableRatio = "auto-movable-ratio"
    case autoMovableNumaAware = "auto-movable-numa-aware"
    case memmapOnMemory = "memmap-on-memory"

    var option: NameSpecification { .customLong(rawValue) }

    /// Puts what was given in place of what a host says.
    func put<Value>(_ given: Value?, into setting: inout OnliningSettings.Setting<Value>) {
      if let given { setting = .init(given, from: "--\(rawValue)") }
    }
  }

  /// Puts what was given in place of what a host says.
  func apply(to settings: inout OnliningSettings) {
    Name.defaultState.put(defaultState, into: &settings.defaultState)
    Name.onlinePolicy.put(onlinePolicy, into: &settings.policy)
    Name.autoMovableRatio.put(autoMovableRatio.map { UInt64($0) }, into: &settings.autoMovableRatio)
    Name.autoMovableNumaAware.put(autoMovableNumaAware, into: &settings.numaAware)
    Name.memmapOnMemory.put(memmapOnMemory, into: &settings.memmapOnMemory)
  }
}
