package import HostModel

/// Whether the kernel would let a memory block go offline.
package enum Offlinable: String, Hashable, Sendable, Comparable, CaseIterable {
  /// Nothing that user space can see speaks against it.
  case yes
  /// Something that can't be seen from here decides.
  case unknown
  /// Most likely refused, or retried without end.
  case unlikely
  /// Refused for certain.
  case no

  private var rank: Int {
    switch self {
    case .yes: 0
    case .unknown: 1
    case .unlikely: 2
    case .no: 3
    }
  }

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// One thing that stands in the way of a block, and how sure it is.
package struct OfflineObstacle: Hashable, Sendable {
  /// The names are stable: other programs know them.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case alreadyOffline = "already-offline"
    case noHotRemove = "no-hot-remove"
    case stateUnknown = "state-unknown"
    case mixedZones = "mixed-zones"
    case mixedNodes = "mixed-nodes"
    case holes
    case bootMemoryARM64 = "boot-memory-arm64"
    case mappingARM64 = "mapping-arm64"
    case s390xCrashKernel = "s390x-crashkernel"
    case crashKernel = "crashkernel"
    case kernelImage = "kernel-image"
    case kernelZone = "kernel-zone"
    case unmovablePages = "unmovable-pages"
    case reservedPages = "reserved-pages"
    case cma
    case giganticDestination = "gigantic-destination"
    case hvoDissolve = "hvo-dissolve"
    case pinned
    case hwpoison
    case noRoomElsewhere = "no-room-elsewhere"
  }

  package var kind: Kind
  /// What the obstacle alone makes of the block.
  package var verdict: Offlinable
  /// File, field and value, or what can't be seen.
  package var evidence: String

  package init(_ kind: Kind, _ verdict: Offlinable, _ evidence: String) {
    self.kind = kind
    self.verdict = verdict
    self.evidence = evidence
  }
}

/// A block, its place, and everything that speaks against taking it offline.
package struct BlockOfflinability: Hashable, Sendable {
  package var block: MemoryBlock
  package var frames: FrameRange
  /// The zone it is in; nil for an offline block, a mixed one, and where it can't be told.
  package var zone: ZoneKind?
  /// Worst first.
  package var obstacles: [OfflineObstacle]

  package init(
    block: MemoryBlock,
    frames: FrameRange,
    zone: ZoneKind?,
    obstacles: [OfflineObstacle]
  ) {
    self.block = block
    self.frames = frames
    self.zone = zone
    self.obstacles = obstacles.sorted {
      $0.verdict == $1.verdict ? $0.kind.order < $1.kind.order : $0.verdict > $1.verdict
    }
  }

  package var offlinable: Offlinable { obstacles.map(\.verdict).max() ?? .yes }

  /// The obstacles' names, each once, worst first.
  package var reasons: [OfflineObstacle.Kind] {
    var seen: [OfflineObstacle.Kind] = []
    for obstacle in obstacles where !seen.contains(obstacle.kind) { seen.append(obstacle.kind) }
    return seen
  }
}

extension OfflineObstacle.Kind {
  fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
