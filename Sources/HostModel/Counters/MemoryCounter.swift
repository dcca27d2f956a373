/// A counter of zones, nodes and the host, all under the names of `vmstat_text` (mm/vmstat.c).
///
/// Pages, but for `kernelStack`. What is counted by zone and what by node changed with the kernel.
package enum MemoryCounter: UInt8, CounterName {
  case freePages
  case freeCMA
  /// LRU lists of a zone, since 4.8.
  case zoneInactiveAnon
  case zoneActiveAnon
  case zoneInactiveFile
  case zoneActiveFile
  case zoneUnevictable
  /// LRU lists of a node; of a zone before 4.8.
  case inactiveAnon
  case activeAnon
  case inactiveFile
  case activeFile
  case unevictable
  case mlocked
  case zspages
  case slabReclaimable
  case slabUnreclaimable
  /// Of the trees of page cache, with nothing but traces of pages that were evicted.
  case workingsetNodes
  case pageTables
  /// Of KVM and IOMMUs, since 6.1.
  case secondaryPageTables
  /// In KiB.
  case kernelStack
  /// Long-term and other pins, since 5.7: references, not pages.
  case pinsAcquired
  case pinsReleased
  case balloon
  /// Events since boot.
  case balloonInflated
  case balloonDeflated
  case balloonMigrated
  /// Page descriptors that came after boot, since 6.11.
  case memmap
  case bootMemmap

  package var text: String {
    switch self {
    case .freePages: "nr_free_pages"
    case .freeCMA: "nr_free_cma"
    case .zoneInactiveAnon: "nr_zone_inactive_anon"
    case .zoneActiveAnon: "nr_zone_active_anon"
    case .zoneInactiveFile: "nr_zone_inactive_file"
    case .zoneActiveFile: "nr_zone_active_file"
    case .zoneUnevictable: "nr_zone_unevictable"
    case .inactiveAnon: "nr_inactive_anon"
    case .activeAnon: "nr_active_anon"
    case .inactiveFile: "nr_inactive_file"
    case .activeFile: "nr_active_file"
    case .unevictable: "nr_unevictable"
    case .mlocked: "nr_mlock"
    case .zspages: "nr_zspages"
    case .slabReclaimable: "nr_slab_reclaimable"
    case .slabUnreclaimable: "nr_slab_unreclaimable"
    case .workingsetNodes: "workingset_nodes"
    case .pageTables: "nr_page_table_pages"
    case .secondaryPageTables: "nr_sec_page_table_pages"
    case .kernelStack: "nr_kernel_stack"
    case .pinsAcquired: "nr_foll_pin_acquired"
    case .pinsReleased: "nr_foll_pin_released"
    case .balloon: "nr_balloon_pages"
    case .balloonInflated: "balloon_inflate"
    case .balloonDeflated: "balloon_deflate"
    case .balloonMigrated: "balloon_migrate"
    case .memmap: "nr_memmap_pages"
    case .bootMemmap: "nr_memmap_boot_pages"
    }
  }
}
