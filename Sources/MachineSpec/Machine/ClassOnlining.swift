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
    guard !isSaid else { return settings }
    settings.defaultState = OnliningSettings.Setting(.online, from: assumed)
    settings.isAssumed = true
    return settings
  }

  /// What is taken for granted of who onlines these devices, a sentence for each kind.
  static func notes(for devices: [HotplugDevice], kernel: Kernel) -> [String] {
    var notes: [String] = []
    for device in devices where device.isRAM {
      let note = words(for: device.onliner(on: kernel), kernel: kernel)
      if !notes.contains(note) { notes.append(note) }
    }
    return notes
  }

  private static func words(for onliner: Onliner, kernel: Kernel) -> String {
    switch onliner {
    case .udev: "no memhp_default_state: added memory is taken to be onlined, as udev does"
    case .dlpar: "no memhp_default_state: DLPAR onlines what it adds itself"
    case .daxctl:
      "no memhp_default_state: who onlines the device's memory is not known; daxctl makes it "
        + "Movable, udev leaves it to the kernel's policy"
        + (kernel.hasOrAssumed(.daxDeviceStates)
          ? ", and the device's own state decides first" : "")
    case .chmem:
      "standby memory comes online when an operator asks for it: chmem makes it Movable unless it is "
        + "told otherwise"
        + (kernel.hasOrAssumed(.configuresBlocksFirst)
          ? "; until 1 is written to its config it has no descriptors either" : "")
    case .driver:
      "no memhp_default_state: who onlines the blocks is not known; a driver of the device may make "
        + "them Movable itself"
    }
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
