package import HostModel

/// What the kernel printed when it ran out of memory: the OOM killer's report (mm/oom_kill.c,
/// `dump_header`) or a failed page allocation's (mm/page_alloc.c, `warn_alloc`).
package struct OOMReport: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case oomKiller = "oom-killer"
    case allocationFailure = "page-allocation-failure"
    /// Kernels 4.10 to 4.14 also reported allocations that took very long.
    case allocationStall = "page-allocation-stall"
  }

  /// Which memory the allocation was bound to, in the kernel's words (5.0 and newer).
  package enum Constraint: String, Hashable, Sendable {
    case none
    case cpuset
    case memoryPolicy = "memory-policy"
    case cgroup
  }

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
  }

  package struct FreeBlocks: Hashable, Sendable {
    package var count: UInt64
    package var blockSize: ByteCount
    /// Letters of the migrate types that have such blocks: `UME`; empty where none is free.
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

    /// Kernel stacks, which the kernel counts by node.
    package var kernelStack: ByteCount {
      counters.kibibytes(OOMCounter.kernelStack, in: OOMReport.input).value ?? .zero
    }
  }

  package var kind: Kind
  /// Line of the log on which the report begins.
  package var line: Int
  /// The process that asked for memory.
  package var task: String
  package var gfpMask: UInt64?
  /// As the kernel names them (4.7 and newer): `GFP_KERNEL`, `__GFP_ZERO`.
  package var gfpFlags: [String] = []
  /// log2 of the pages asked for at once; nil where it was asked for by hand (sysrq prints -1).
  package var order: UInt8?
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
  package var pagesOfRAM: UInt64?
  package var pagesReserved: UInt64?
  package var swapFree: ByteCount?
  package var swapTotal: ByteCount?
  /// The process that was killed.
  package var victim: String?

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
}

extension OOMReport {
  /// The highest zone that the allocation could come from.
  package enum RequestZone: String, Hashable, Sendable, CaseIterable {
    case dma = "DMA"
    case dma32 = "DMA32"
    case normal = "Normal"
    case highMem = "HighMem"
    case movable = "Movable"

    package func allows(_ kind: ZoneKind) -> Bool {
      switch kind {
      case .dma: true
      case .dma32: self != .dma
      case .normal: self != .dma && self != .dma32
      case .highMem: self == .highMem || self == .movable
      case .movable: self == .movable
      case .device, .other: false
      }
    }
  }

  /// By the mask's lowest four bits, which have meant the same since 2.6.23 (include/linux/gfp.h:
  /// DMA, HIGHMEM, DMA32, MOVABLE), or by the flags' names.
  package var requestZone: RequestZone? {
    if let mask = gfpMask {
      if mask & 0x01 != 0 { return .dma }
      if mask & 0x04 != 0 { return .dma32 }
      if mask & 0x0A == 0x0A { return .movable }
      return mask & 0x02 != 0 ? .highMem : .normal
    }
    guard !gfpFlags.isEmpty else { return nil }
    if gfpFlags.contains(where: { $0 == "GFP_DMA" || $0 == "__GFP_DMA" }) { return .dma }
    if gfpFlags.contains(where: { $0 == "GFP_DMA32" || $0 == "__GFP_DMA32" }) { return .dma32 }
    if gfpFlags.contains(where: { $0.hasPrefix("GFP_HIGHUSER_MOVABLE") }) { return .movable }
    if gfpFlags.contains(where: { $0.hasPrefix("GFP_TRANSHUGE") }) { return .movable }
    return gfpFlags.contains("GFP_HIGHUSER") || gfpFlags.contains("__GFP_HIGHMEM")
      ? .highMem : .normal
  }
}

extension OOMReport {
  /// Whether the request could wait for memory to be reclaimed; nil where that is not told.
  ///
  /// Kernels before 4.7 print no names: before 4.4 __GFP_WAIT (0x10) says so, then
  /// __GFP_DIRECT_RECLAIM (0x400000).
  package var canWait: Bool? {
    if gfpFlags.isEmpty { return gfpMask.map { $0 & 0x40_0010 != 0 } }
    return !gfpFlags.contains { $0 == "GFP_ATOMIC" || $0 == "GFP_NOWAIT" || $0 == "__GFP_HIGH" }
  }

  /// Whether there is enough in it to judge by.
  package var hasNumbers: Bool {
    !zones.isEmpty || totals.has(OOMCounter.free) || constraint == .cgroup
  }
}

/// All reports of a log, of which one is told in full.
package struct OOMLog: Hashable, Sendable {
  /// The last report that says enough to be judged, or the last one where none does.
  package var report: OOMReport
  /// The first lines of the reports, in order: of the newest, where there are very many.
  package var lines: [Int]
  /// How many reports there are.
  package var count: Int

  package init(report: OOMReport, lines: [Int], count: Int) {
    self.report = report
    self.lines = lines
    self.count = count
  }
}
