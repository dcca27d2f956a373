package import HostModel

/// What the kernel printed when memory could not be had: the OOM killer's report (mm/oom_kill.c,
/// `dump_header`), a failed allocation's (mm/page_alloc.c, `warn_alloc`), or the same tables for
/// another reason (mm/show_mem.c, `show_mem`).
package struct OOMReport: Hashable, Sendable {
  /// One zone's line, sizes in bytes as `kB` counters.
  package struct Zone: Hashable, Sendable {
    package var node: NodeID
    package var kind: ZoneKind
    package var counters = CounterTable(of: .outOfMemory)
    /// Pages that requests for each higher zone must leave here.
    package var lowmemReserve: [UInt64] = []
    /// Free blocks per order, from the zone's buddy list; empty where the log has none.
    package var freeBlocks: [FreeBlocks] = []

    package init(node: NodeID, kind: ZoneKind) {
      self.node = node
      self.kind = kind
    }

    /// A counter in bytes.
    package func bytes(_ counter: OOMCounter) -> ByteCount? {
      counters.kibibytes(counter, in: OOMReport.input).value
    }

    /// What the buddy allocator has of the zone. Kernels before 3.8 don't print it: what is present
    /// stands in.
    package var managed: ByteCount? { bytes(.managed) ?? bytes(.present) }
  }

  package struct FreeBlocks: Hashable, Sendable {
    package var count: UInt64
    package var blockSize: ByteCount
    /// Letters of the migrate types that have such blocks: `UME`; empty where none is free, and in
    /// kernels before 3.10.
    package var types: String

    package init(count: UInt64, blockSize: ByteCount, types: String) {
      self.count = count
      self.blockSize = blockSize
      self.types = types
    }
  }

  package struct Node: Hashable, Sendable {
    package var node: NodeID
    package var counters = CounterTable(of: .outOfMemory)

    package init(node: NodeID) { self.node = node }

    /// A counter in bytes.
    package func bytes(_ counter: OOMCounter) -> ByteCount? {
      counters.kibibytes(counter, in: OOMReport.input).value
    }
  }

  /// HugeTLB pages of one size on one node.
  package struct HugePages: Hashable, Sendable {
    package var node: NodeID
    package var total: UInt64
    package var free: UInt64
    package var size: ByteCount
  }

  package var kind: Kind
  /// Line of the log on which the report begins.
  package var line: Int
  /// The process that asked for memory.
  package var task: String
  package var gfpMask: UInt64?
  /// As the kernel names them (4.7 and newer): `GFP_KERNEL`, `__GFP_ZERO`.
  package var gfpFlags: [String] = []
  /// log2 of the pages asked for at once; nil where it is not told, or was asked for by hand.
  package var order: UInt8?
  /// Whether the OOM killer was called by hand (sysrq f), which prints the order -1.
  package var isByHand = false
  /// What was asked for in bytes, where the kernel counts those: address space, or memory without
  /// an MMU.
  package var length: ByteCount?
  /// The nodes of the memory policy; nil where there is none.
  package var nodeMask: [NodeID]?
  package var cpuset: String?
  package var memsAllowed: [NodeID]?
  package var constraint: Constraint?
  /// The cgroup that is at its limit.
  package var cgroup: String?
  package var cgroupUsage: ByteCount?
  package var cgroupLimit: ByteCount?
  /// Whole-machine counters behind `Mem-Info:`, in pages.
  package var totals = CounterTable(of: .outOfMemory)
  package var nodes: [Node] = []
  package var zones: [Zone] = []
  package var hugePages: [HugePages] = []
  package var pagesOfRAM: UInt64?
  package var pagesReserved: UInt64?
  /// Pages of HighMem zones, and on some kernels of Movable ones, that are present.
  package var pagesOfHighMem: UInt64?
  package var swapFree: ByteCount?
  package var swapTotal: ByteCount?
  /// The process that was killed.
  package var victim: String?
  /// The kernel's release, as the line of the CPU or of the process has it.
  package var kernel: KernelVersion?
  /// The functions of the stack trace, innermost first, as far as they are of use.
  package var trace: [Frame] = []

  /// A function of a stack trace, and the module that it is of.
  package struct Frame: Hashable, Sendable {
    package var function: String
    package var module: String?
  }

  package init(kind: Kind, line: Int, task: String) {
    self.kind = kind
    self.line = line
    self.task = task
  }

  /// Where a report's numbers come from, for the reader.
  package static let input = Input("the OOM report")

  /// A counter of the machine; nil where the report has none.
  package func pages(_ counter: OOMCounter) -> PageCount? {
    totals.pages(counter, in: Self.input).value
  }

  /// The size of a page: that of the smallest blocks in a buddy list.
  package var pageSize: PageSize? {
    zones.lazy.compactMap { $0.freeBlocks.first }.first
      .flatMap { PageSize(bytes: $0.blockSize.count) }
  }

  /// Whether there is enough in it to judge by.
  package var hasNumbers: Bool {
    !zones.isEmpty || totals.has(OOMCounter.free) || constraint == .cgroup
  }

  /// Whether all lines of zones are here: what follows them in a report is.
  package var isWhole: Bool {
    pagesOfRAM != nil || zones.contains { !$0.freeBlocks.isEmpty }
  }
}

extension OOMReport {
  /// Why the tables were printed.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case oomKiller = "oom-killer"
    case allocationFailure = "page-allocation-failure"
    /// Kernels 4.10 to 4.14 also reported allocations that took very long.
    case allocationStall = "page-allocation-stall"
    /// vmalloc found no room between other areas, whatever memory was free.
    case addressSpace = "address-space"
    /// vmalloc had room and too few pages.
    case vmallocPages = "vmalloc-pages"
    /// Page descriptors for memory that was being added.
    case pageDescriptors = "page-descriptors"
    /// A process's memory on a kernel without an MMU, which must lie in one piece.
    case withoutMMU = "no-mmu"
    /// sysrq m: someone asked for the tables.
    case shown = "show-memory"
    /// The tables alone: the line that says what failed is lost.
    case headless
  }

  /// Which memory the allocation was bound to, in the kernel's words (5.0 and newer).
  package enum Constraint: String, Hashable, Sendable {
    case none
    case cpuset
    case memoryPolicy = "memory-policy"
    case cgroup
  }
}

/// All reports of a log: the newest in full, of the others where they begin.
package struct OOMLog: Hashable, Sendable {
  /// The reports that were kept, in order.
  package var reports: [OOMReport]
  /// The first lines of the reports, in order: of the newest, where there are very many.
  package var lines: [Int]
  /// How many reports there are.
  package var count: Int

  package init(reports: [OOMReport], lines: [Int], count: Int) {
    self.reports = reports
    self.lines = lines
    self.count = count
  }
}
