package import HostModel

/// A setting of the kernel's that has a file of its own: where it stands, how its text is read, and
/// which part of a snapshot it is.
package struct KernelSetting: Sendable {
  package let path: String
  private let storeText: @Sendable (Reading<String>, inout HostSnapshot) -> Void
  private let readText: @Sendable (HostSnapshot) -> Reading<String>
  private let normalize: @Sendable (String) -> String?

  private init<Value>(
    _ path: String,
    _ place: any WritableKeyPath<HostSnapshot, Reading<Value>> & Sendable,
    _ format: KernelFormat<Value>
  ) {
    self.path = path
    storeText = { text, snapshot in
      snapshot[keyPath: place] = text.flatMap { text in
        guard let value = format.parse(text) else {
          let line = text.prefix { $0 != "\n" }.prefix(64)
          return .unknown(
            .rejected(input: path, field: String(line), why: "not what the kernel prints there")
          )
        }
        return .known(value, from: Input(path))
      }
    }
    readText = { $0[keyPath: place].map(format.render) }
    normalize = { format.parse($0).map(format.render) }
  }

  /// Puts a file's text, or why it could not be read, into a snapshot.
  package func store(_ text: Reading<String>, into snapshot: inout HostSnapshot) {
    storeText(text, &snapshot)
  }

  /// The setting as its file shows it.
  package func text(in snapshot: HostSnapshot) -> Reading<String> { readText(snapshot) }

  /// A value in the words in which the kernel prints it; nil where the kernel refuses it.
  package func normal(_ text: String) -> String? { normalize(text) }
}

extension KernelSetting: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.path == right.path }
  package func hash(into hasher: inout Hasher) { hasher.combine(path) }
}

extension KernelSetting {
  package static let defaultState = KernelSetting(
    SettingPath.defaultState,
    \.onlining.defaultState,
    .onlineType
  )
  package static let onlinePolicy = KernelSetting(
    SettingPath.onlinePolicy,
    \.onlining.policy,
    .onlinePolicy
  )
  package static let autoMovableRatio = KernelSetting(
    SettingPath.autoMovableRatio,
    \.onlining.autoMovableRatio,
    .unsigned
  )
  package static let numaAware = KernelSetting(
    SettingPath.numaAware,
    \.onlining.numaAware,
    .boolean
  )
  package static let memmapOnMemory = KernelSetting(
    SettingPath.memmapOnMemory,
    \.onlining.memmapOnMemory,
    .memmapOnMemory
  )
  package static let minFree = KernelSetting(
    SettingPath.minFree,
    \.virtualMemory.minFree,
    .kibibytes
  )
  package static let watermarkScale = KernelSetting(
    SettingPath.watermarkScale,
    \.virtualMemory.watermarkScale,
    .number
  )
  package static let lowmemReserve = KernelSetting(
    SettingPath.lowmemReserve,
    \.virtualMemory.lowmemReserve,
    .numbers
  )
  package static let compactsUnevictable = KernelSetting(
    SettingPath.compactsUnevictable,
    \.virtualMemory.compactsUnevictable,
    .sysctl
  )
  package static let overcommit = KernelSetting(
    SettingPath.overcommit,
    \.virtualMemory.overcommit,
    .number
  )
  package static let swappiness = KernelSetting(
    SettingPath.swappiness,
    \.virtualMemory.swappiness,
    .number
  )
  package static let profilesAllocations = KernelSetting(
    SettingPath.profilesAllocations,
    \.virtualMemory.profilesAllocations,
    .sysctl
  )
  package static let multiGenerationalLRU = KernelSetting(
    SettingPath.multiGenerationalLRU,
    \.virtualMemory.multiGenerationalLRU,
    .generations
  )
  package static let demotion = KernelSetting(
    SettingPath.demotion,
    \.virtualMemory.demotes,
    .bit
  )
  package static let movableGigantic = KernelSetting(
    SettingPath.movableGigantic,
    \.hugePages.movableGigantic,
    .sysctl
  )
  package static let optimizesVmemmap = KernelSetting(
    SettingPath.optimizesVmemmap,
    \.hugePages.optimizesVmemmap,
    .sysctl
  )
  package static let lockLimit = KernelSetting(
    SettingPath.lockLimit,
    \.lockLimit,
    .lockLimit
  )
  package static let crashKernelSize = KernelSetting(
    SettingPath.crashKernelSize,
    \.crashKernelSize,
    .bytes
  )
  package static let zswap = KernelSetting(
    SettingPath.zswap,
    \.compressesSwap,
    .boolean
  )

  package static let samePagesRun = KernelSetting(
    SettingPath.samePages + "/run",
    \.samePages.run,
    .number
  )
  package static let samePagesShared = KernelSetting(
    SettingPath.samePages + "/pages_shared",
    \.samePages.shared,
    .number
  )
  package static let samePagesSharing = KernelSetting(
    SettingPath.samePages + "/pages_sharing",
    \.samePages.sharing,
    .number
  )
  package static let samePagesUnshared = KernelSetting(
    SettingPath.samePages + "/pages_unshared",
    \.samePages.unshared,
    .number
  )
  package static let samePagesVolatile = KernelSetting(
    SettingPath.samePages + "/pages_volatile",
    \.samePages.volatile,
    .number
  )

  /// Every setting that is read of a host.
  package static let all: [KernelSetting] = [
    defaultState, onlinePolicy, autoMovableRatio, numaAware, memmapOnMemory, minFree,
    watermarkScale, lowmemReserve, compactsUnevictable, overcommit, swappiness, profilesAllocations,
    multiGenerationalLRU, demotion, movableGigantic, optimizesVmemmap, lockLimit, crashKernelSize,
    zswap,
    samePagesRun, samePagesShared, samePagesSharing, samePagesUnshared, samePagesVolatile,
  ]

  /// The setting whose file has that path; nil where none is read from there.
  package static func at(_ path: String) -> KernelSetting? { all.first { $0.path == path } }

  /// The setting that a sysctl's name stands for: `vm.min_free_kbytes`.
  package static func sysctl(_ name: String) -> KernelSetting? {
    at("/proc/sys/" + name.replacing(".", with: "/"))
  }
}
