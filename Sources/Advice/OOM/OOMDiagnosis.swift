package import HostModel
internal import KernelBehavior
package import KernelText

/// Why memory could not be had, and what would change that.
package struct OOMDiagnosis: Hashable, Sendable {
  package typealias Cause = OOMCause.Name

  /// Memory of one kind: what of it was free, and below what a request fails.
  package struct Memory: Hashable, Sendable {
    package var free: ByteCount = 0
    package var watermark: ByteCount = 0
    /// Zero where the report does not tell.
    package var managed: ByteCount = 0
    /// Nil where the report does not tell.
    package var reclaimable: OOMReclaimable?

    /// Sums; what is unknown of one is unknown of both.
    static func + (left: Memory, right: Memory) -> Memory {
      var sum = Memory(
        free: left.free + right.free,
        watermark: left.watermark + right.watermark,
        managed: left.managed + right.managed
      )
      if let first = left.reclaimable, let second = right.reclaimable {
        sum.reclaimable = OOMReclaimable(
          cleanCache: first.cleanCache + second.cleanCache,
          slab: first.slab + second.slab,
          swappable: first.swappable + second.swappable,
          isAtLeast: first.isAtLeast || second.isAtLeast
        )
      }
      return sum
    }
  }

  package var report: OOMReport
  package var why: OOMCause
  /// Nil where neither the mask nor its names tell.
  package var request: OOMReport.RequestZone?
  /// The zones that the request could use.
  package var usable = Memory()
  /// The nodes that the process was bound to, in order; empty where it was to none.
  package var boundNodes: [NodeID] = []
  /// How much more must have been free in the usable zones; nil where there was enough, or no telling.
  package var shortfall: ByteCount?
  /// Anonymous memory in the zones that the kernel lives on; nil where the report does not tell.
  package var anonymousInKernelZones: ByteCount?
  /// What of the usable zones is in no counter; nil where the report does not tell.
  package var uncountedInUsable: ByteCount?
  /// What held the kernel's memory, largest first.
  package var consumers: [Consumer] = []

  package struct Consumer: Hashable, Sendable {
    package var use: OOMMemoryUse
    package var bytes: ByteCount

    package var name: String { use.title }
  }

  package init(report: OOMReport, why: OOMCause, request: OOMReport.RequestZone? = nil) {
    self.report = report
    self.why = why
    self.request = request
  }

  package var cause: Cause { why.name }

  /// What the answer takes for granted, a sentence each.
  package var assumptions: [String] { Kernel(version: report.kernel).unreadNotes }

  /// Memory that the request could not use, where the cause names some.
  package var places: [OOMPlace] {
    switch why {
    case .zoneImbalance(let places): places
    case .nodeBinding(let place): [place]
    case .lowZone(let place): place.map { [$0] } ?? []
    case .fragmentation(let pieces): pieces.beside
    case .movableOnlyBinding: movableOnly.map { [$0] } ?? []
    default: []
    }
  }

  /// What the nodes of `movableOnlyBinding` have.
  package var movableOnly: OOMPlace?

  /// The places together.
  package var elsewhere: Memory {
    guard let first = places.first else { return Memory() }
    return places.dropFirst().reduce(first.memory) { $0 + $1.memory }
  }

  /// Whether the log names the zones of `places`; newer kernels only count them in the total.
  package var elsewhereIsPrinted: Bool { places.allSatisfy(\.isPrinted) }
}
