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
  package var meminfo: Reading<CounterTable>
  package var vmstat: Reading<CounterTable>
  package var buddyinfo: Reading<BuddyInfo>
  package var pagetypeinfo: Reading<PageTypeInfo>
  /// In ascending order of their numbers.
  package var nodes: Reading<[NUMANode]>
  /// Nodes with memory, and those whose memory the kernel itself can use: a node in the first and
  /// not in the second has only ZONE_MOVABLE.
  package var nodesWithMemory: Reading<[NodeID]>
  package var nodesWithNormalMemory: Reading<[NodeID]>
  package var memoryBlocks: Reading<MemoryBlockTable>
  /// The host's HugeTLB pools (node nil).
  package var hugePagePools: Reading<[HugePagePool]>
  package var iomem: Reading<[IOMemRange]>
  package var swaps: Reading<[SwapArea]>
  package var kernelConfig: Reading<KernelConfig>
  package var modules: Reading<[String]>
  /// Sysctls and module parameters by the path under which they were read, e.g.
  /// `/proc/sys/vm/min_free_kbytes`; text without its newline.
  package var settings: [String: Reading<String>]
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
    memoryBlocks = missing("/sys/devices/system/memory")
    hugePagePools = missing("/sys/kernel/mm/hugepages")
    iomem = missing("/proc/iomem")
    swaps = missing("/proc/swaps")
    kernelConfig = missing("the kernel's config")
    modules = missing("/proc/modules")
    settings = [:]
    pins = PinStatistics()
    devices = HostDevices()
    processes = .unknown(.notAsked(input: "/proc/PID/status", option: "--processes"))
    unread = []
  }

  package func setting(_ path: String) -> Reading<String> {
    settings[path] ?? .unknown(.missing(input: path))
  }
}

/// Where a snapshot came from.
package struct SourceDescription: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case live
    case directory
    case archive
    case snapshot
    case bootLog = "boot-log"
    case spec
  }

  package var kind: Kind
  /// As the user gave it; empty for the live host.
  package var path: String

  package init(kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }
}

/// A file that stood in for an input.
package struct Substitute: Hashable, Sendable {
  package var input: String
  /// As the source names it: `sos_commands/memory/lsmem`.
  package var from: String

  package init(input: String, from: String) {
    self.input = input
    self.from = from
  }
}

/// An input that could not be read.
package struct UnreadInput: Hashable, Sendable {
  package var input: String
  package var reason: String
  /// What can't be told without it.
  package var effect: String

  package init(input: String, reason: String, effect: String) {
    self.input = input
    self.reason = reason
    self.effect = effect
  }
}

/// Outstanding long-term pins, as far as counters tell.
///
/// References, not unique pages; the smallest of several samples, so that short direct I/O drops out.
package struct PinStatistics: Hashable, Sendable {
  package var system: Reading<PageCount>
  package var perNode: [NodeID: Reading<PageCount>]
  /// How many samples the minimum was taken over.
  package var samples: Int

  package init(
    system: Reading<PageCount> = .unknown(.missing(input: "/proc/vmstat")),
    perNode: [NodeID: Reading<PageCount>] = [:],
    samples: Int = 0
  ) {
    self.system = system
    self.perNode = perNode
    self.samples = samples
  }
}

/// Sums over /proc/PID/status.
package struct ProcessTotals: Hashable, Sendable {
  package var pinned: ByteCount = 0
  package var locked: ByteCount = 0
  package var pageTables: ByteCount = 0
  package var resident: ByteCount = 0
  package var swapped: ByteCount = 0
  package var processesRead = 0
  /// Processes that vanished are not counted here; those that were refused are.
  package var processesRefused = 0
  /// True where the bound on the number of processes was reached.
  package var isTruncated = false

  package init() {}
}
