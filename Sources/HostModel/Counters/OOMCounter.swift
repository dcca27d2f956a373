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
    }
  }
}
