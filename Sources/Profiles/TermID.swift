/// The names of what kernel zones pay for, as other programs know them.
package enum TermID: Hashable, Sendable {
  case slabUnreclaimable
  case slabReclaimable
  case pageTables
  case secondaryPageTables
  case kernelStacks
  case percpu
  case vmalloc
  case blockDeviceCache
  case giganticPages
  case unmovableHugePages
  case pinned
  case balloon
  case memmapHotAdded
  case memmapOffline
  case memmapDevice
  case memmapHugePages
  case debugMetadata
  case unevictableKernel
  case stuckUserPages
  /// Demand that a profile announces.
  case planned(String)

  /// Whether it is so much for each base page, so that it falls as pages grow.
  package var isPerPage: Bool {
    switch self {
    case .pageTables, .secondaryPageTables, .memmapHotAdded, .memmapOffline, .memmapDevice: true
    default: false
    }
  }

  /// The terms that can be measured, in the order in which they are shown.
  package static let measurable: [TermID] = [
    .slabUnreclaimable, .slabReclaimable, .pageTables, .secondaryPageTables, .kernelStacks,
    .percpu, .vmalloc, .blockDeviceCache, .giganticPages, .unmovableHugePages, .pinned, .balloon,
    .memmapHotAdded, .memmapOffline, .memmapDevice, .memmapHugePages, .debugMetadata,
    .unevictableKernel, .stuckUserPages,
  ]

  /// The stable name in JSON and profiles.
  package var id: String {
    switch self {
    case .slabUnreclaimable: "slab-unreclaimable"
    case .slabReclaimable: "slab-reclaimable"
    case .pageTables: "page-tables"
    case .secondaryPageTables: "secondary-page-tables"
    case .kernelStacks: "kernel-stacks"
    case .percpu: "percpu"
    case .vmalloc: "vmalloc"
    case .blockDeviceCache: "block-device-cache"
    case .giganticPages: "gigantic-pages"
    case .unmovableHugePages: "unmovable-hugepages"
    case .pinned: "pinned"
    case .balloon: "balloon"
    case .memmapHotAdded: "memmap-hot-added"
    case .memmapOffline: "memmap-offline"
    case .memmapDevice: "memmap-device"
    case .memmapHugePages: "memmap-hugepages"
    case .debugMetadata: "debug-metadata"
    case .unevictableKernel: "unevictable-kernel"
    case .stuckUserPages: "stuck-user-pages"
    case .planned(let name): "planned:\(name)"
    }
  }

  /// What people call it.
  package var title: String {
    switch self {
    case .slabUnreclaimable: "slab, unreclaimable"
    case .slabReclaimable: "slab, reclaimable"
    case .pageTables: "page tables"
    case .secondaryPageTables: "page tables of KVM and IOMMU"
    case .kernelStacks: "kernel stacks"
    case .percpu: "per-cpu memory"
    case .vmalloc: "vmalloc"
    case .blockDeviceCache: "block-device cache"
    case .giganticPages: "gigantic pages"
    case .unmovableHugePages: "unmovable huge pages"
    case .pinned: "pinned pages"
    case .balloon: "balloon"
    case .memmapHotAdded: "memmap of hot-added memory"
    case .memmapOffline: "memmap of offline blocks"
    case .memmapDevice: "memmap of DAX devices"
    case .memmapHugePages: "memmap kept by huge pages"
    case .debugMetadata: "debug metadata"
    case .unevictableKernel: "ramfs, secret memory"
    case .stuckUserPages: "user pages stuck here"
    case .planned(let name): "planned: \(name)"
    }
  }

  /// Finds a measurable term by its stable name.
  package init?(id: String) {
    guard let match = Self.measurable.first(where: { $0.id == id }) else { return nil }
    self = match
  }
}
