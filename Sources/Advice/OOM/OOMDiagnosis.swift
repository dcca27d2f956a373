package import HostModel
package import KernelText

/// Why memory could not be had, and what would change that.
package struct OOMDiagnosis: Hashable, Sendable {
  package enum Cause: String, Hashable, Sendable, CaseIterable {
    /// Kernel zones were used up while memory that only user pages may use was free.
    case zoneImbalance = "zone-imbalance"
    /// The process was bound to nodes that have nothing but ZONE_MOVABLE.
    case movableOnlyBinding = "movable-only-binding"
    /// The process was bound to nodes that were full while others were not.
    case nodeBinding = "node-binding"
    /// The low zones, which alone the device could address, were used up; others were not.
    case lowZone = "low-zone"
    /// Enough was free, in pieces that were too small.
    case fragmentation
    /// A request that can't wait came when much could have been reclaimed.
    case urgentRequest = "urgent-request"
    /// What was free was kept for requests that can't wait.
    case urgentReserve = "urgent-reserve"
    /// A cgroup was at its limit; the machine was not short.
    case cgroupLimit = "cgroup-limit"
    /// All memory that could be used was used.
    case shortage
    case unknown
  }

  /// Memory of one kind: what of it was free, and below what a request fails.
  package struct Memory: Hashable, Sendable {
    package var free: ByteCount = 0
    package var watermark: ByteCount = 0
    /// Zero where the report does not tell.
    package var managed: ByteCount = 0
  }

  package var report: OOMReport
  package var cause: Cause
  /// Nil where neither the mask nor its names tell.
  package var request: OOMReport.RequestZone?
  /// The zones that the request could use.
  package var usable: Memory
  /// Free memory that it could not use: Movable zones, CMA areas, or other nodes.
  package var elsewhere: Memory
  /// Whether the log names the zones of `elsewhere`; newer kernels only count them in the total.
  package var elsewhereIsPrinted: Bool
  /// The nodes that the process was bound to, in order; empty where it was to none.
  package var boundNodes: [NodeID]
  /// How much more must have been free in the usable zones; nil where there was enough, or no telling.
  package var shortfall: ByteCount?
  /// Anonymous memory in the zones that the kernel lives on; nil where the report does not tell.
  package var anonymousInKernelZones: ByteCount?
  /// What held the kernel's memory, largest first.
  package var consumers: [Consumer]

  package struct Consumer: Hashable, Sendable {
    package var use: OOMMemoryUse
    package var bytes: ByteCount

    package var name: String { use.title }
  }
}
