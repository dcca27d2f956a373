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
    let folder = "/sys/module/memory_hotplug/parameters/"
    let kernel = snapshot.kernel.value
    if kernel?.isAtLeast(5, 15) ?? true {
      snapshot.settings[folder + "online_policy"] = .known(settings.policy.value.rawValue)
      snapshot.settings[folder + "auto_movable_ratio"] =
        .known("\(settings.autoMovableRatio.value)")
      snapshot.settings[folder + "auto_movable_numa_aware"] =
        .known(settings.numaAware.value ? "Y" : "N")
    }
    if kernel?.isAtLeast(5, 13) ?? true {
      snapshot.settings[folder + "memmap_on_memory"] =
        .known(settings.memmapOnMemory.value == .no ? "N" : "Y")
    }
    if case .known(var table, _) = snapshot.memoryBlocks {
      table.autoOnline = .known(settings.defaultState.value.rawValue)
      snapshot.memoryBlocks = .known(table)
    }
  }
}
