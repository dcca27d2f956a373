package import HostModel
package import KernelText

/// Why memory could not be had, with the amounts that show it.
package enum OOMCause: Hashable, Sendable {
  /// The zones that the request could use were used up beside memory in zones that it could not.
  case zoneImbalance([OOMPlace])
  /// The process was bound to nodes that have nothing but ZONE_MOVABLE.
  case movableOnlyBinding
  /// The process was bound to nodes that were full while others were not.
  case nodeBinding(OOMPlace)
  /// The low zones, which alone the device could address, were used up; others were not.
  case lowZone(OOMPlace?)
  /// Enough was free, in pieces that were too small.
  case fragmentation(Pieces)
  /// A request that can't wait came when much could have been reclaimed.
  case urgentRequest(OOMReclaimable)
  /// What was free was kept for requests that can't wait.
  case urgentReserve(ByteCount)
  /// A request that could wait failed beside much that reclaim should have freed.
  case reclaimStuck(OOMReclaimable)
  /// Most of the memory was in no counter.
  case uncounted(ByteCount)
  /// A cgroup was at its limit; the machine was not short.
  case cgroupLimit
  /// All memory that could be used was used.
  case shortage
  /// Pages were not what was missing.
  case noShortage(NoShortage)
  case unknown(Unknown)

  /// Blocks that were too small, or kept for others.
  package struct Pieces: Hashable, Sendable {
    /// What was free in the zones that had enough of it.
    package var free: ByteCount
    /// The size that was asked for, as a block of the buddy allocator.
    package var wanted: ByteCount
    /// Blocks of that size and larger that only others may have.
    package var kept: UInt64
    /// Blocks of that size that are free and that the kernel did not give: before 4.4 each order had
    /// a watermark of its own.
    package var withheld: UInt64
    /// Memory in zones that the request could not use.
    package var beside: [OOMPlace]
  }

  package enum NoShortage: Hashable, Sendable {
    case calledByHand
    case pageFault
    case addressSpace
    /// vmalloc wanted huge pages and makes do with small ones.
    case hugeVmalloc
    /// A zone whose watermark or reserve is more than the machine has.
    case brokenCount(OOMReport.Zone)
    /// The buddy allocator had nothing yet.
    case beforeMemory
    case shown
  }

  package enum Unknown: Hashable, Sendable {
    case requestLost
    case noNumbers
    case noZones
    /// The report was cut, so that more may have been printed.
    case cut
    case otherNodesNotTold
    /// A zone that mainline does not have.
    case vendorZone(String)
    /// Memory was free above the watermarks when the report was printed.
    case cameFree
    /// The same, and blocks of the size asked for, or larger.
    case blocksFree(count: UInt64)
    /// The lists of free blocks are not in the report.
    case noLists
  }
}

extension OOMCause {
  /// What it is called in JSON and in the documentation.
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case zoneImbalance = "zone-imbalance"
    case movableOnlyBinding = "movable-only-binding"
    case nodeBinding = "node-binding"
    case lowZone = "low-zone"
    case fragmentation
    case urgentRequest = "urgent-request"
    case urgentReserve = "urgent-reserve"
    case reclaimStuck = "reclaim-stuck"
    case uncounted
    case cgroupLimit = "cgroup-limit"
    case shortage
    case noShortage = "no-shortage"
    case unknown
  }

  package var name: Name {
    switch self {
    case .zoneImbalance: .zoneImbalance
    case .movableOnlyBinding: .movableOnlyBinding
    case .nodeBinding: .nodeBinding
    case .lowZone: .lowZone
    case .fragmentation: .fragmentation
    case .urgentRequest: .urgentRequest
    case .urgentReserve: .urgentReserve
    case .reclaimStuck: .reclaimStuck
    case .uncounted: .uncounted
    case .cgroupLimit: .cgroupLimit
    case .shortage: .shortage
    case .noShortage: .noShortage
    case .unknown: .unknown
    }
  }
}
