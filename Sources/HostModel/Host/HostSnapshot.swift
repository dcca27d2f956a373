/// Everything that was read of one host, as plain values: the only thing that advice is made from.
package struct HostSnapshot: Hashable, Sendable {
  package var source: SourceDescription
  package var hostName: Reading<String>
  package var kernel: Reading<KernelVersion>
  package var architecture: Reading<Architecture>
  /// PRETTY_NAME of os-release.
  package var operatingSystem: Reading<String>
  /// /proc/cmdline without its newline.
  package var commandLine: Reading<String>
  package var pageSize: Reading<PageSize>
  /// The largest order of the buddy allocator, inclusive: columns of /proc/buddyinfo minus one.
  package var maxOrder: Reading<UInt8>

  package var zoneinfo: Reading<ZoneInfo>
  package var meminfo: Reading<Meminfo>
  package var vmstat: Reading<MemoryCounters>
  package var buddyinfo: Reading<BuddyInfo>
  package var pagetypeinfo: Reading<PageTypeInfo>
  /// In ascending order of their numbers.
  package var nodes: Reading<[NUMANode]>
  /// Nodes with memory, and those whose memory the kernel itself can use: a node in the first and
  /// not in the second has only ZONE_MOVABLE.
  package var nodesWithMemory: Reading<[NodeID]>
  package var nodesWithNormalMemory: Reading<[NodeID]>
  package var memoryTiers: Reading<[MemoryTier]>
  package var memoryBlocks: Reading<MemoryBlockTable>
  package var iomem: Reading<[IOMemRange]>
  package var swaps: Reading<[SwapArea]>
  package var kernelConfig: Reading<KernelConfig>
  package var modules: Reading<[String]>
  package var onlining = OnliningReadings()
  package var hugePages = HugePageReadings()
  package var virtualMemory = VirtualMemoryReadings()
  package var samePages = SamePageReadings()
  /// How much memory services may lock by default: the soft limit of process 1, the largest size
  /// where there is none.
  package var lockLimit: Reading<ByteCount>
  /// Memory set aside for a crash kernel, in low memory.
  package var crashKernelSize: Reading<ByteCount>
  /// Whether zswap compresses what would go to swap.
  package var compressesSwap: Reading<Bool>
  package var pins: PinStatistics
  package var devices: HostDevices
  package var processes: Reading<ProcessTotals>
  /// Every input that could not be read, with what that costs.
  package var unread: [UnreadInput]
  /// What stood in for inputs that the source lacks.
  package var substitutes: [Substitute] = []

  /// A snapshot of which nothing has been read yet.
  package init(source: SourceDescription) {
    self.source = source
    func missing<T>(_ input: String) -> Reading<T> { .unknown(.missing(input: input)) }
    hostName = missing("/proc/sys/kernel/hostname")
    kernel = missing("/proc/sys/kernel/osrelease")
    architecture = missing("the machine's architecture")
    operatingSystem = missing("/etc/os-release")
    commandLine = missing("/proc/cmdline")
    pageSize = missing("the page size")
    maxOrder = missing("/proc/buddyinfo")
    zoneinfo = missing("/proc/zoneinfo")
    meminfo = missing("/proc/meminfo")
    vmstat = missing("/proc/vmstat")
    buddyinfo = missing("/proc/buddyinfo")
    pagetypeinfo = missing("/proc/pagetypeinfo")
    nodes = missing("/sys/devices/system/node")
    nodesWithMemory = missing("/sys/devices/system/node/has_memory")
    nodesWithNormalMemory = missing("/sys/devices/system/node/has_normal_memory")
    memoryTiers = missing("/sys/devices/virtual/memory_tiering")
    memoryBlocks = missing("/sys/devices/system/memory")
    iomem = missing("/proc/iomem")
    swaps = missing("/proc/swaps")
    kernelConfig = missing("the kernel's config")
    modules = missing("/proc/modules")
    lockLimit = missing(SettingPath.lockLimit)
    crashKernelSize = missing(SettingPath.crashKernelSize)
    compressesSwap = missing(SettingPath.zswap)
    pins = PinStatistics()
    devices = HostDevices()
    processes = .unknown(.notAsked(input: "/proc/PID/status", option: "--processes"))
    unread = []
  }
}
