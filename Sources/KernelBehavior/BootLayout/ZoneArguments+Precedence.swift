extension ZoneArguments {
  /// What decides about ZONE_MOVABLE at boot, the strongest first: each makes the kernel ignore
  /// those behind it (`find_zone_movable_pfns_for_nodes`).
  package enum Decider: Comparable, Hashable, Sendable {
    case movableNode
    case mirror
    /// Of two sizes the kernel takes the one that leaves it more.
    case sizes
  }

  /// The strongest of these arguments; nil where none asks for anything.
  package var decider: Decider? {
    if movableNode { return .movableNode }
    if mirror { return .mirror }
    return kernelcore.isZero && movablecore.isZero ? nil : .sizes
  }

  /// What an argument does to another one on the same command line.
  package enum Conflict: Hashable, Sendable {
    /// The kernel ignores it.
    case isIgnored
    /// The kernel ignores the other one.
    case ignoresOther
    /// Both are sizes, and the kernel takes the one that leaves it more.
    case largerKernelShare
  }

  /// The kernel's pages where both sizes are given, each in pages: the larger share counts.
  ///
  /// - Parameters:
  ///   - kernelcore: What `kernelcore=` asks for.
  ///   - leftByMovablecore: What `movablecore=` leaves.
  /// - Returns: The share that counts.
  package static func kernelShare(kernelcore: UInt64, leftByMovablecore: UInt64) -> UInt64 {
    max(kernelcore, leftByMovablecore)
  }
}

extension ZoneArgumentWord.Name {
  /// What decides where an argument of this name has a size or no value.
  private var decider: ZoneArguments.Decider {
    switch self {
    case .movableNode: .movableNode
    case .kernelcore, .movablecore: .sizes
    }
  }

  /// What becomes of an argument of this name beside one of another name.
  package func conflict(with other: ZoneArgumentWord.Name) -> ZoneArguments.Conflict? {
    guard self != other else { return nil }
    if decider == other.decider { return .largerKernelShare }
    return decider < other.decider ? .ignoresOther : .isIgnored
  }
}
