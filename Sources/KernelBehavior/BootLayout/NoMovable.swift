package import HostModel

/// A word that the kernel understands and that gives no ZONE_MOVABLE all the same.
package struct NoMovable: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// It asks for all memory, or more: this much there is.
    case allMemory(ByteCount)
    case allPercent(UInt64)
    /// The firmware marks no memory as hot-pluggable that the kernel doesn't use itself.
    case nothingHotPluggable
    /// What firmware marks is not known: there may be some.
    case hotPluggableUnknown
    case nothingMirrored
    case undetermined
  }

  package var word: ZoneArgumentWord
  package var reason: Reason

  /// The word that counts, on a machine that got no ZONE_MOVABLE; nil where nothing asks for one.
  ///
  /// - Parameters:
  ///   - arguments: What was asked for.
  ///   - memory: RAM of the machine.
  ///   - pageSize: The base page size.
  ///   - tellsHotPluggable: Whether it is known what firmware marks as hot-pluggable.
  package init?(
    _ arguments: ZoneArguments,
    memory: ByteCount,
    pageSize: PageSize,
    tellsHotPluggable: Bool = true
  ) {
    let words = arguments.words
    if let flag = words.last(where: { $0.meaning == .movableNode }) {
      word = flag
      reason = tellsHotPluggable ? .nothingHotPluggable : .hotPluggableUnknown
    } else if let mirror = words.last(where: { $0.meaning == .mirror }) {
      word = mirror
      reason = .nothingMirrored
    } else {
      let sizes = words.reversed().filter { $0.isSize && $0.isEffective }
      let reasons = sizes.map { Self.reason($0, memory: memory, pageSize: pageSize) }
      // Of two sizes the one that takes all of it is to blame.
      guard let first = sizes.first else { return nil }
      let index = reasons.firstIndex { $0 != .undetermined }
      word = index.map { sizes[$0] } ?? first
      reason = index.map { reasons[$0] } ?? .undetermined
    }
  }

  private static func reason(
    _ word: ZoneArgumentWord,
    memory: ByteCount,
    pageSize: PageSize
  ) -> Reason {
    switch word.meaning {
    case .pages(let pages) where pages.bytes(of: pageSize) >= memory: .allMemory(memory)
    case .percent(let percent) where percent >= 100: .allPercent(percent)
    default: .undetermined
    }
  }
}
