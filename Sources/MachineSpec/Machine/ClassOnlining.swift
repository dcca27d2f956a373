internal import HostModel
internal import KernelBehavior

/// How a machine class takes memory that is added to it.
enum ClassOnlining {
  /// Distributions online added memory, by their kernel's config or by udev, where the command line
  /// says nothing.
  static let assumed = "distributions' default"

  static func settings(of snapshot: HostSnapshot) -> OnliningSettings {
    var settings = OnliningSettings(snapshot)
    // Only the command line could have said something here.
    let isSaid = (snapshot.commandLine.value ?? "").contains("memhp_default_state=")
    if !isSaid { settings.defaultState = OnliningSettings.Setting(.online, from: assumed) }
    return settings
  }

  /// As the running kernel would show them.
  static func write(_ settings: OnliningSettings, into snapshot: inout HostSnapshot) {
    let kernel = Kernel(snapshot)
    if kernel.hasOrAssumed(.autoMovablePolicy) {
      snapshot.onlining.policy = .known(settings.policy.value)
      snapshot.onlining.autoMovableRatio = .known(settings.autoMovableRatio.value)
      snapshot.onlining.numaAware = .known(settings.numaAware.value)
    }
    if kernel.hasOrAssumed(.memmapOnMemory) {
      snapshot.onlining.memmapOnMemory = .known(settings.memmapOnMemory.value)
    }
    snapshot.onlining.defaultState = .known(settings.defaultState.value)
  }
}
