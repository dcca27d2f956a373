/// What the kernel is told to do with a memory block: a word of memhp_default_state,
/// auto_online_blocks and memoryN/state.
package enum OnlineType: String, Hashable, Sendable, CaseIterable {
  case offline
  /// Into the zone that the online policy chooses.
  case online
  case onlineKernel = "online_kernel"
  case onlineMovable = "online_movable"

  /// A word as the kernel takes it (`mhp_online_type_from_str`); a newline at the end is allowed.
  package init?(word: String) {
    self.init(rawValue: word.hasSuffix("\n") ? String(word.dropLast()) : word)
  }
}

/// Which zone plain `online` chooses (`memory_hotplug.online_policy`, since 5.15).
package enum OnlinePolicy: String, Hashable, Sendable, CaseIterable {
  case contigZones = "contig-zones"
  case autoMovable = "auto-movable"
}

/// `memory_hotplug.memmap_on_memory`: whether a block may hold its own page descriptors.
package enum MemmapOnMemory: String, Hashable, Sendable, CaseIterable {
  case no
  case yes
  /// Also where that wastes memory: descriptors are rounded up to whole pageblocks (since 6.6).
  case force

  /// A value of the module parameter: a boolean, or `force`.
  package init?(parameter: String) {
    switch parameter {
    case "force", "FORCE": self = .force
    case "Y", "y", "1", "on", "ON", "yes": self = .yes
    case "N", "n", "0", "off", "OFF", "no": self = .no
    default: return nil
    }
  }
}

/// Everything that decides about the zone of hot-added memory, and where each value comes from.
package struct OnliningSettings: Hashable, Sendable {
  package var defaultState = Setting(OnlineType.offline, from: "the kernel's default")
  package var policy = Setting(OnlinePolicy.contigZones, from: "the kernel's default")
  /// Largest MOVABLE:KERNEL in percent under auto-movable; 301 lets 24 GiB on 8 GiB, since a few of
  /// the 8 GiB's pages are never present.
  package var autoMovableRatio = Setting(UInt64(301), from: "the kernel's default")
  package var numaAware = Setting(true, from: "the kernel's default")
  package var memmapOnMemory = Setting(MemmapOnMemory.no, from: "the kernel's default")
  package var movableNode = Setting(false, from: "the kernel's default")

  /// Where the running kernel and its command line differ: somebody changed it after boot.
  package var conflicts: [String] = []

  package init() {}

  /// A value and the place that set it.
  package struct Setting<Value: Hashable & Sendable>: Hashable, Sendable {
    package var value: Value
    /// For the reader: `the command line`, `--online-policy`.
    package var origin: String

    package init(_ value: Value, from origin: String) {
      self.value = value
      self.origin = origin
    }
  }
}
