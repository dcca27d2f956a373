package import HostModel
package import Profiles

/// One thing that kernel zones pay for: now, and at the horizon.
package struct DemandTerm: Hashable, Sendable {
  package var id: TermID
  /// Nil where the kernel counts it for the whole host only.
  package var node: NodeID?
  package var now: ByteCount
  package var projected: ByteCount
  /// File and field.
  package var source: String
  /// How `projected` follows from `now`.
  package var formula: String

  package init(
    id: TermID,
    node: NodeID?,
    now: ByteCount,
    projected: ByteCount,
    source: String,
    formula: String
  ) {
    self.id = id
    self.node = node
    self.now = now
    self.projected = projected
    self.source = source
    self.formula = formula
  }
}

/// Everything that kernel zones must hold, with its terms.
package struct Demand: Hashable, Sendable {
  package var terms: [DemandTerm]
  /// Hard use measured in the kernel zones, and what sits on their LRU lists for good.
  package var now: ByteCount
  /// What no term explains: negative where terms overlap with memory outside the zones' account.
  package var unexplained: Int64
  package var projected: ByteCount
  package var reserve: ByteCount
  package var margin: ByteCount
  /// Needed per node: projected, reserve and margin.
  package var neededByNode: [NodeID: ByteCount]
  /// What needs ask of kernel zones, by node.
  package var askedByNode: [NodeID: ByteCount] = [:]

  /// User pages in kernel zones now that are to be in ZONE_MOVABLE: `now` has them, `projected` not.
  package var stuck: ByteCount {
    terms.filter { $0.id == .stuckUserPages }.map(\.now).total()
  }

  /// What is still to come until the horizon.
  package var growth: ByteCount { projected.subtractingOrZero(now.subtractingOrZero(stuck)) }

  /// What the kernel zones of the host must hold.
  package var needed: ByteCount { projected + reserve + margin }
}
