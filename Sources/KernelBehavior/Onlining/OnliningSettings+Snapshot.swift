package import HostModel
internal import KernelText

extension OnliningSettings {
  /// What a host says: its command line, then its module parameters and auto_online_blocks, then
  /// its kernel's config, then the kernel's own defaults.
  package init(_ snapshot: HostSnapshot) {
    self.init()
    let kernel = Kernel(snapshot)
    readConfig(snapshot.kernelConfig.value)
    read(running: snapshot.onlining)
    let running = self
    read(commandLine: snapshot.commandLine.value ?? "", kernel: kernel)
    if !kernel.hasOrAssumed(.autoMovablePolicy) {
      policy = Setting(.contigZones, from: Self.before(.autoMovablePolicy))
    }
    // Where the config left it out, it is asked for in vain: MemmapRules says so.
    if !kernel.byRelease.hasOrAssumed(.memmapOnMemory) {
      memmapOnMemory = Setting(.no, from: Self.before(.memmapOnMemory))
    }
    func compare<Value>(_ old: Setting<Value>, _ new: Setting<Value>, _ name: String) {
      let isRead = old.origin == name
      if isRead, old.value != new.value {
        conflicts.append("\(name) is \(old.value) now, \(new.origin) says \(new.value)")
      }
    }
    compare(running.defaultState, defaultState, "auto_online_blocks")
    compare(running.policy, policy, "online_policy")
    compare(running.autoMovableRatio, autoMovableRatio, "auto_movable_ratio")
    compare(running.numaAware, numaAware, "auto_movable_numa_aware")
    compare(running.memmapOnMemory, memmapOnMemory, "memmap_on_memory")
  }

  private static func before(_ fact: KernelFact) -> String {
    "kernels before \(fact.firstRelease)"
  }

  /// Takes over what a command line sets; a value that the kernel refuses changes nothing.
  package mutating func read(
    commandLine: String,
    kernel: Kernel = .assumed
  ) {
    let origin = "the command line"
    for argument in KernelCommandLineText.arguments(commandLine) {
      switch (argument.normalizedName, argument.value) {
      case ("memhp_default_state", let word?):
        guard let state = KernelFormat<OnlineType>.onlineType.parse(word) else { continue }
        let isZoned = state == .onlineKernel || state == .onlineMovable
        if isZoned, !kernel.hasOrAssumed(.zonedDefaultOnlineState) { continue }
        defaultState = Setting(state, from: origin)
      case ("memory_hotplug.online_policy", let word?):
        guard let chosen = KernelFormat<OnlinePolicy>.onlinePolicy.parse(word) else { continue }
        policy = Setting(chosen, from: origin)
      case ("memory_hotplug.auto_movable_ratio", let word?):
        guard let ratio = KernelFormat<UInt64>.unsigned.parse(word) else { continue }
        autoMovableRatio = Setting(ratio, from: origin)
      case ("memory_hotplug.auto_movable_numa_aware", let word):
        guard let flag = KernelFormat<Bool>.boolean.parse(word ?? "Y") else { continue }
        numaAware = Setting(flag, from: origin)
      case ("memory_hotplug.memmap_on_memory", let word):
        guard let mode = KernelFormat<MemmapOnMemory>.memmapOnMemory.parse(word ?? "Y") else {
          continue
        }
        if mode == .force, !kernel.hasOrAssumed(.forcedMemmapOnMemory) { continue }
        memmapOnMemory = Setting(mode, from: origin)
      case ("movable_node", _):
        movableNode = Setting(true, from: origin)
      default:
        continue
      }
    }
  }

  private mutating func read(running: OnliningReadings) {
    if let chosen = running.policy.value { policy = Setting(chosen, from: "online_policy") }
    if let ratio = running.autoMovableRatio.value {
      autoMovableRatio = Setting(ratio, from: "auto_movable_ratio")
    }
    if let flag = running.numaAware.value {
      numaAware = Setting(flag, from: "auto_movable_numa_aware")
    }
    if let mode = running.memmapOnMemory.value {
      memmapOnMemory = Setting(mode, from: "memmap_on_memory")
    }
    if let state = running.defaultState.value {
      defaultState = Setting(state, from: "auto_online_blocks")
    }
  }

  private mutating func readConfig(_ config: KernelConfig?) {
    guard let config, let found = OnlineType.configured(in: config) else { return }
    defaultState = Setting(found.type, from: found.option.description)
  }
}
