internal import HostModel

/// What a report counts memory under.
package enum OOMMemoryUse: Hashable, Sendable, CaseIterable {
  case slabUnreclaimable
  case slabReclaimable
  case pageTables
  case secondaryPageTables
  case kernelStacks
  case anonymous
  case pageCache
  case unevictable
  /// What no counter of the report explains.
  case unexplained

  package var title: String {
    switch self {
    case .slabUnreclaimable: "unreclaimable slab"
    case .slabReclaimable: "reclaimable slab"
    case .pageTables: "page tables"
    case .secondaryPageTables: "secondary page tables"
    case .kernelStacks: "kernel stacks"
    case .anonymous: "anonymous memory"
    case .pageCache: "page cache"
    case .unevictable: "unevictable memory"
    case .unexplained: "in no counter: drivers, pipe and socket buffers, balloons, HugeTLB"
    }
  }

  /// The counters that it is the sum of; none for stacks, which nodes count, and the rest.
  var counters: [OOMCounter] {
    switch self {
    case .slabUnreclaimable: [.slabUnreclaimable]
    case .slabReclaimable: [.slabReclaimable]
    case .pageTables: [.pageTables]
    case .secondaryPageTables: [.secondaryPageTables]
    case .anonymous: [.activeAnon, .inactiveAnon]
    case .pageCache: [.activeFile, .inactiveFile]
    case .unevictable: [.unevictable]
    case .kernelStacks, .unexplained: []
    }
  }

  /// Whether it is the kernel's own use, and not users' pages.
  var isOfKernel: Bool {
    switch self {
    case .slabUnreclaimable, .slabReclaimable, .pageTables, .secondaryPageTables, .kernelStacks,
      .unexplained:
      true
    case .anonymous, .pageCache, .unevictable: false
    }
  }
}
