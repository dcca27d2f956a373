internal import HostModel
internal import KernelText

/// What a report counts memory under.
package enum OOMMemoryUse: Hashable, Sendable, CaseIterable {
  case slabUnreclaimable
  case slabReclaimable
  /// Kernels before 2.6.31 count all slabs as one.
  case slab
  case miscReclaimable
  case pageTables
  case secondaryPageTables
  case kernelStacks
  case anonymous
  case pageCache
  /// Kernels before 2.6.28 don't tell anonymous memory from page cache.
  case userPages
  case unevictable
  case isolated
  case hugePages
  /// What no counter of the report explains.
  case unexplained

  package var title: String {
    switch self {
    case .slabUnreclaimable: "unreclaimable slab"
    case .slabReclaimable: "reclaimable slab"
    case .slab: "slab"
    case .miscReclaimable: "other reclaimable kernel memory"
    case .pageTables: "page tables"
    case .secondaryPageTables: "secondary page tables"
    case .kernelStacks: "kernel stacks"
    case .anonymous: "anonymous memory"
    case .pageCache: "page cache"
    case .userPages: "anonymous memory and page cache"
    case .unevictable: "unevictable memory"
    case .isolated: "pages that reclaim was looking at"
    case .hugePages: "HugeTLB pages"
    case .unexplained: "in no counter: drivers, pipe and socket buffers, vmalloc, balloons"
    }
  }

  /// The counters that it is the sum of; none for what stands elsewhere in a report.
  private var counters: [OOMCounter] {
    switch self {
    case .slabUnreclaimable: [.slabUnreclaimable]
    case .slabReclaimable: [.slabReclaimable]
    case .slab: [.slab]
    case .miscReclaimable: [.miscReclaimable]
    case .pageTables: [.pageTables]
    case .secondaryPageTables: [.secondaryPageTables]
    case .anonymous: [.activeAnon, .inactiveAnon]
    case .pageCache: [.activeFile, .inactiveFile]
    case .userPages: [.active, .inactive]
    case .unevictable: [.unevictable]
    case .isolated: [.isolatedAnon, .isolatedFile]
    case .kernelStacks, .hugePages, .unexplained: []
    }
  }

  /// What the report counts under each, in bytes.
  static func sums(_ memory: OOMMemory) -> [OOMMemoryUse: ByteCount] {
    var sums: [OOMMemoryUse: ByteCount] = [:]
    for use in allCases where !use.counters.isEmpty {
      sums[use] = use.counters.map(memory.total).total()
    }
    sums[.kernelStacks] = memory.kernelStacks
    sums[.hugePages] = memory.report.hugePages.map { $0.size * $0.total }.total()
    return sums
  }

  /// Whether it is the kernel's own use, and not users' pages.
  package var isOfKernel: Bool {
    switch self {
    case .slabUnreclaimable, .slabReclaimable, .slab, .miscReclaimable, .pageTables,
      .secondaryPageTables, .kernelStacks, .unexplained:
      true
    case .anonymous, .pageCache, .userPages, .unevictable, .isolated, .hugePages: false
    }
  }
}
