package import HostModel

/// Memory that reclaim could have freed: what need not be written first, or can be swapped out.
package struct OOMReclaimable: Hashable, Sendable {
  /// Pages of files that are neither dirty nor being written.
  package var cleanCache: ByteCount = 0
  /// Slab pages that shrinkers may free; how many of them hold something in use, nothing tells.
  package var slab: ByteCount = 0
  /// Anonymous memory for which swap was free.
  package var swappable: ByteCount = 0
  /// Whether it is a bound from below: the report counts this by node, not by zone.
  package var isAtLeast = false

  package var total: ByteCount { cleanCache + slab + swappable }

  /// What goes at once, without the slab.
  package var pages: ByteCount { cleanCache + swappable }
}

/// Memory that the request could not use, and where it lay.
package struct OOMPlace: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case movable
    case highMem = "high-mem"
    case cma
    case otherNodes = "other-nodes"
    /// Zones above those that a device can address.
    case above
    /// In zones of which the kernel printed no line: since 6.1 those that the request can't use.
    case notPrinted = "not-printed"
  }

  package var kind: Kind
  package var memory: OOMDiagnosis.Memory

  package init(_ kind: Kind, _ memory: OOMDiagnosis.Memory) {
    self.kind = kind
    self.memory = memory
  }

  package var isPrinted: Bool { kind != .notPrinted }

  /// Free and reclaimable together.
  package var available: ByteCount { memory.free + (memory.reclaimable?.pages ?? 0) }

  /// Whether so much of it was to be had that it can't have been short itself: a tenth, and more
  /// than the largest watermarks that small machines have.
  var isPlentiful: Bool {
    let spare = available.subtractingOrZero(memory.watermark)
    return spare > .mebibytes(16) && spare > memory.managed.scaled(by: 1, over: 10)
  }

  /// What the reader calls it.
  package var title: String {
    switch kind {
    case .movable: "ZONE_MOVABLE"
    case .highMem: "HighMem"
    case .cma: "CMA areas"
    case .otherNodes: "other nodes"
    case .above: "higher zones"
    case .notPrinted: "zones that the kernel did not print"
    }
  }
}
