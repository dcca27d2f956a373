/// A counter in an OOM report: of a zone or node in KiB, of the machine (`Mem-Info:`) in pages.
package enum OOMCounter: UInt8, CounterName {
  case free
  case freeCMA
  case freePerCPU
  /// Free pages of blocks for requests that can't wait, since 6.13.
  case freeHighatomic
  case reservedHighatomic
  case min
  case low
  case high
  case present
  case managed
  case activeAnon
  case inactiveAnon
  case activeFile
  case inactiveFile
  case unevictable
  case slabReclaimable
  case slabUnreclaimable
  case pageTables
  case secondaryPageTables
  case kernelStack
  case shadowCallStack
  case isolatedAnon
  case isolatedFile
  /// Pages that have to be written before they can go, of the machine.
  case dirty
  case writeback
  /// The same of a zone, since 4.8.
  case writePending
  /// What zswap and zram hold, by zone, since 6.19.
  case zsPages
  case miscReclaimable
  /// Pages of all slabs, before 2.6.31 told them apart.
  case slab
  /// Pages on the lists of reclaim, before 2.6.28 told anonymous ones from file pages.
  case active
  case inactive

  package var text: String {
    switch self {
    case .free: "free"
    case .freeCMA: "free_cma"
    case .freePerCPU: "free_pcp"
    case .freeHighatomic: "free_highatomic"
    case .reservedHighatomic: "reserved_highatomic"
    case .min: "min"
    case .low: "low"
    case .high: "high"
    case .present: "present"
    case .managed: "managed"
    case .activeAnon: "active_anon"
    case .inactiveAnon: "inactive_anon"
    case .activeFile: "active_file"
    case .inactiveFile: "inactive_file"
    case .unevictable: "unevictable"
    case .slabReclaimable: "slab_reclaimable"
    case .slabUnreclaimable: "slab_unreclaimable"
    case .pageTables: "pagetables"
    case .secondaryPageTables: "sec_pagetables"
    case .kernelStack: "kernel_stack"
    case .shadowCallStack: "shadow_call_stack"
    case .isolatedAnon: "isolated_anon"
    case .isolatedFile: "isolated_file"
    case .dirty: "dirty"
    case .writeback: "writeback"
    case .writePending: "writepending"
    case .zsPages: "zspages"
    case .miscReclaimable: "kernel_misc_reclaimable"
    case .slab: "slab"
    case .active: "active"
    case .inactive: "inactive"
    }
  }
}
