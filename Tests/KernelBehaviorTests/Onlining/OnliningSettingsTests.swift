internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Testing

@Suite("Who onlines memory")
struct OnliningSettingsTests {
  private func snapshot(
    _ commandLine: String = "",
    auto: String? = nil,
    kernel: KernelVersion = KernelVersion(major: 6, minor: 12),
    parameters: [String: String] = [:],
    config: [String] = []
  ) -> HostSnapshot {
    var snapshot = HostSnapshot(source: SourceDescription(kind: .directory, path: "host"))
    snapshot.commandLine = .known(commandLine)
    snapshot.kernel = .known(kernel)
    for (name, value) in parameters {
      KernelSetting.at("/sys/module/memory_hotplug/parameters/\(name)")?
        .store(.known(value), into: &snapshot)
    }
    let options = Dictionary(uniqueKeysWithValues: config.map { ($0, KernelConfig.Value.yes) })
    snapshot.kernelConfig = .known(KernelConfig(options: options, input: "config"))
    if let auto { KernelSetting.defaultState.store(.known(auto), into: &snapshot) }
    return snapshot
  }

  @Test("the command line wins, then the running kernel, then its config, then its defaults")
  func order() {
    let config = ["MHP_DEFAULT_ONLINE_TYPE_ONLINE_KERNEL"]
    #expect(OnliningSettings(snapshot()).defaultState.value == .offline)
    #expect(OnliningSettings(snapshot(config: config)).defaultState.value == .onlineKernel)
    #expect(
      OnliningSettings(snapshot(auto: "online", config: config)).defaultState.value == .online
    )
    let all = OnliningSettings(
      snapshot("memhp_default_state=online_movable", auto: "online", config: config)
    )
    #expect(all.defaultState.value == .onlineMovable)
    #expect(all.conflicts.count == 1)
  }

  @Test("the older name of the option means online")
  func oldConfig() {
    let settings = OnliningSettings(snapshot(config: ["MEMORY_HOTPLUG_DEFAULT_ONLINE"]))
    #expect(settings.defaultState.value == .online)
  }

  @Test(
    "words that the kernel refuses change nothing",
    arguments: ["memhp_default_state=movable", "memhp_default_state=", "memhp_default_state"]
  )
  func refusedWords(line: String) {
    #expect(OnliningSettings(snapshot(line, auto: "online")).defaultState.value == .online)
  }

  @Test("the last good word wins")
  func repeats() {
    let line = "memhp_default_state=online memhp-default-state=online_kernel memhp_default_state=no"
    #expect(OnliningSettings(snapshot(line)).defaultState.value == .onlineKernel)
  }

  @Test("kernels before 5.7 know online and offline only, before 5.15 no policy")
  func versions() {
    let line = "memhp_default_state=online_movable memory_hotplug.online_policy=auto-movable"
    let old = OnliningSettings(snapshot(line, kernel: KernelVersion(major: 5, minor: 4)))
    #expect(old.defaultState.value == .offline)
    #expect(old.policy.value == .contigZones)
    let newer = OnliningSettings(snapshot(line, kernel: KernelVersion(major: 5, minor: 10)))
    #expect(newer.defaultState.value == .onlineMovable)
    #expect(newer.policy.value == .contigZones)
  }

  // mm/memory_hotplug.c, set_online_policy: match_string of contig-zones and auto-movable.
  @Test("a policy with an underscore is refused, and the policy stays")
  func underscore() {
    let line = "memory_hotplug.online_policy=auto_movable"
    #expect(OnliningSettings(snapshot(line)).policy.value == .contigZones)
  }

  @Test("module parameters are read as the kernel reads them")
  func parameters() {
    let settings = OnliningSettings(
      snapshot(
        parameters: [
          "online_policy": "auto-movable", "auto_movable_ratio": "401",
          "auto_movable_numa_aware": "N", "memmap_on_memory": "force",
        ])
    )
    #expect(settings.policy.value == .autoMovable)
    #expect(settings.autoMovableRatio.value == 401)
    #expect(!settings.numaAware.value)
    #expect(settings.memmapOnMemory.value == .force)
    for (text, value) in [("0x12d", 301), ("0455", 301), ("4294967296", 301), ("x", 301)] {
      let line = "memory_hotplug.auto_movable_ratio=\(text)"
      #expect(OnliningSettings(snapshot(line)).autoMovableRatio.value == UInt64(value), "\(text)")
    }
  }
}
