package import Profiles

/// What a series tells of a host or a node, in bytes.
package enum HistoryQuantity: Hashable, Sendable {
  /// A term that the kernel zones pay for.
  case term(TermID)
  /// Slab of both kinds, where a program tells no more.
  case slab
  /// RAM, as MemTotal has it.
  case memoryTotal
  /// RAM in kernel zones and in ZONE_MOVABLE, as the ratio counts it.
  case kernelPresent
  case movablePresent
  /// Pages that the buddy allocator owns.
  case kernelManaged
  case movableManaged
  case kernelFree
  case movableFree
  /// What the kernel zones hold for good.
  case kernelUse
  /// How much more unmovable memory the kernel can take now.
  case headroom
  /// The same once user memory fills the host: at worst, and likely. Of hosts, not of nodes.
  case fullHeadroomLeast
  case fullHeadroomLikely
  /// What the kernel zones must hold at the profile's horizon.
  case needed
  /// What of it is margin.
  case margin

  /// All but the terms.
  package static let sizes: [HistoryQuantity] = [
    .memoryTotal, .kernelPresent, .movablePresent, .kernelManaged, .movableManaged, .kernelFree,
    .movableFree, .kernelUse, .headroom, .fullHeadroomLeast, .fullHeadroomLikely, .needed, .margin,
    .slab,
  ]

  /// Every quantity that can be measured, in the order in which they are shown.
  package static let all: [HistoryQuantity] = sizes + TermID.measurable.map { .term($0) }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  /// The stable name, in JSON and in a database; a term has its own.
  package var id: String {
    switch self {
    case .term(let term): term.id
    case .slab: "slab"
    case .memoryTotal: "memory-total"
    case .kernelPresent: "kernel-present"
    case .movablePresent: "movable-present"
    case .kernelManaged: "kernel-managed"
    case .movableManaged: "movable-managed"
    case .kernelFree: "kernel-free"
    case .movableFree: "movable-free"
    case .kernelUse: "kernel-use"
    case .headroom: "headroom"
    case .fullHeadroomLeast: "full-headroom-least"
    case .fullHeadroomLikely: "full-headroom-likely"
    case .needed: "needed"
    case .margin: "margin"
    }
  }

  /// What people call it.
  package var title: String {
    switch self {
    case .term(let term): term.title
    case .slab: "slab, both kinds"
    case .memoryTotal: "memory"
    case .kernelPresent: "kernel zones"
    case .movablePresent: "ZONE_MOVABLE"
    case .kernelManaged: "kernel zones, managed"
    case .movableManaged: "ZONE_MOVABLE, managed"
    case .kernelFree: "kernel zones, free"
    case .movableFree: "ZONE_MOVABLE, free"
    case .kernelUse: "kernel zones, held for good"
    case .headroom: "headroom"
    case .fullHeadroomLeast: "headroom once user memory fills the host"
    case .fullHeadroomLikely: "the same, where processes are spread evenly"
    case .needed: "needed by the kernel"
    case .margin: "margin"
    }
  }

  package var term: TermID? {
    guard case .term(let term) = self else { return nil }
    return term
  }

  /// Whether the kernel's own memory grows where this does.
  package var isKernelMemory: Bool { term != nil || self == .slab }

  /// Finds a quantity by its stable name.
  package init?(id: String) {
    guard let match = Self.byID[id] else { return nil }
    self = match
  }
}
