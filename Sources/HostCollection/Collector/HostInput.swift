/// A file or directory that is read of a host, and what can't be told without it.
struct HostInput {
  var path: String
  /// Nil where its absence costs nothing: most hosts don't have it, or another input stands in.
  var effect: String?
  /// Bytes beyond which no kernel's file goes.
  var limit = 1 << 20

  static let zoneinfo = HostInput(
    path: "/proc/zoneinfo",
    effect: "nothing can be judged",
    limit: 64 << 20
  )
  static let meminfo = HostInput(
    path: "/proc/meminfo",
    effect: "per-cpu memory, vmalloc and swap are unknown"
  )
  static let vmstat = HostInput(
    path: "/proc/vmstat",
    effect: "pins, balloon and memmap counters are unknown"
  )
  static let buddyinfo = HostInput(
    path: "/proc/buddyinfo",
    effect: "the largest order is taken from the architecture",
    limit: 8 << 20
  )
  static let pagetypeinfo = HostInput(
    path: "/proc/pagetypeinfo",
    effect: "unmovable pageblocks can't be counted (root reads it)",
    limit: 64 << 20
  )
  static let commandLine = HostInput(
    path: "/proc/cmdline",
    effect: "arguments in force are unknown"
  )
  static let release = HostInput(
    path: "/proc/sys/kernel/osrelease",
    effect: "the kernel's version is unknown"
  )
  /// The machine as uname(2) prints it; kernels since 6.1 have it.
  static let architecture = HostInput(path: "/proc/sys/kernel/arch", effect: nil)
  static let version = HostInput(path: "/proc/version", effect: nil)
  static let hostName = HostInput(path: "/proc/sys/kernel/hostname", effect: nil)
  static let osRelease = HostInput(path: "/etc/os-release", effect: nil)
  static let iomem = HostInput(
    path: "/proc/iomem",
    effect: "exact memory ranges are unknown (root reads them)",
    limit: 8 << 20
  )
  static let swaps = HostInput(path: "/proc/swaps", effect: "swap devices are unknown")
  static let modules = HostInput(path: "/proc/modules", effect: "loaded drivers are unknown")
  static let cpuinfo = HostInput(path: "/proc/cpuinfo", effect: nil, limit: 64 << 20)
  static let config = HostInput(path: "/proc/config.gz", effect: nil, limit: 4 << 20)

  static let nodes = HostInput(
    path: "/sys/devices/system/node",
    effect: "NUMA topology is unknown"
  )
  static let hasMemory = HostInput(path: "/sys/devices/system/node/has_memory", effect: nil)
  static let hasNormalMemory = HostInput(
    path: "/sys/devices/system/node/has_normal_memory",
    effect: nil
  )
  static let memoryTiers = HostInput(
    path: "/sys/devices/virtual/memory_tiering",
    effect: nil
  )
  static let onlineNodes = HostInput(path: "/sys/devices/system/node/online", effect: nil)
  static let memory = HostInput(
    path: "/sys/devices/system/memory",
    effect: "memory blocks and their zones are unknown"
  )
  /// Memory blocks as one text, in captures: each block's files where it is not there.
  static let memoryBlockRuns = HostInput(
    path: BundleFormat.memoryBlocks,
    effect: memory.effect,
    limit: 8 << 20
  )
  /// Sums over processes, in captures: each process's status where it is not there.
  static let processTotals = HostInput(path: BundleFormat.processes, effect: nil)
  static let pageFlags = HostInput(path: "/proc/kpageflags", effect: nil)
  static let hugePages = HostInput(
    path: "/sys/kernel/mm/hugepages",
    effect: "HugeTLB pools are unknown"
  )

  func at(_ path: String) -> HostInput { HostInput(path: path, effect: effect, limit: limit) }
}
