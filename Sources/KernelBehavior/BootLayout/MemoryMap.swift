package import HostModel

/// The RAM that a kernel finds at boot, and everything else that its zone layout depends on.
///
/// The same as `memblock.memory`: usable ranges with their nodes, everything reserved included.
package struct MemoryMap: Hashable, Sendable {
  /// Whole pages of RAM on one node.
  package struct Piece: Hashable, Sendable {
    package var node: NodeID
    package var frames: FrameRange
    /// Firmware says that it may be unplugged, and nothing of the kernel lies on its node.
    package var isHotPluggable: Bool
    /// Firmware keeps a second copy of it.
    package var isMirrored: Bool

    package init(
      node: NodeID,
      frames: FrameRange,
      isHotPluggable: Bool = false,
      isMirrored: Bool = false
    ) {
      self.node = node
      self.frames = frames
      self.isHotPluggable = isHotPluggable
      self.isMirrored = isMirrored
    }

    package var pages: PageCount { frames.pages }
  }

  package let architecture: Architecture
  package let pageSize: PageSize
  /// The largest order of the buddy allocator, inclusive: starts are rounded to its blocks.
  package let maxOrder: UInt8
  /// Ascending, without overlaps and without empty ranges.
  package let ranges: [Piece]
  /// The zones of the architecture, lowest first, without Movable and Device.
  package let zones: [ZoneLimit]
  /// Whether this is a crash kernel, which never mirrors.
  package var isCrashKernel = false

  /// Checks and orders the ranges.
  ///
  /// - Parameters:
  ///   - architecture: Decides the word size and, where `zones` is nil, the zones.
  ///   - pageSize: The base page size.
  ///   - maxOrder: The largest order, inclusive.
  ///   - ranges: In any order.
  ///   - zones: The kernel's own limits where they are known.
  /// - Throws: What is wrong with the ranges.
  package init(
    architecture: Architecture,
    pageSize: PageSize,
    maxOrder: UInt8,
    ranges: [Piece],
    zones: [ZoneLimit]? = nil
  ) throws(MemoryMapError) {
    guard maxOrder <= 24 else { throw .maxOrderTooLarge(maxOrder) }
    for range in ranges where range.frames.isBackwards { throw .backwards(range) }
    let sorted = ranges.filter { !$0.frames.isEmpty }.sorted {
      ($0.frames.start, $0.node) < ($1.frames.start, $1.node)
    }
    guard let first = sorted.first, let last = sorted.last else { throw .empty }
    for (lower, upper) in zip(sorted, sorted.dropFirst())
    where lower.frames.overlaps(upper.frames) {
      throw .overlapping(lower, upper)
    }
    // No machine has 2^52 frames; the bound keeps every sum of pages inside 64 bits.
    guard last.frames.end.number < 1 << 52 else { throw .addressTooLarge(last) }
    let limits =
      zones
      ?? ZoneLimit.standard(
        architecture: architecture,
        pageSize: pageSize,
        memory: FrameRange(start: first.frames.start, end: last.frames.end)
      )
    for limit in limits {
      if case .other(let name) = limit.kind { throw .unknownZone(name) }
      if limit.frames.isBackwards { throw .zoneBackwards(limit) }
    }
    guard limits.contains(where: { !$0.frames.isEmpty }) else { throw .noZones }
    self.architecture = architecture
    self.pageSize = pageSize
    self.maxOrder = maxOrder
    self.ranges = sorted
    self.zones = limits
  }

  /// The same machine with less memory, or other nodes.
  ///
  /// - Parameter words: What changes it.
  /// - Returns: The machine that is left, with the same zones as far as it reaches.
  /// - Throws: Where nothing is left.
  func limited(by words: MemoryArguments) throws(MemoryMapError) -> MemoryMap {
    let left = words.apply(to: ranges, pageSize: pageSize)
    let end = left.last?.frames.end ?? 0
    let memory = FrameRange(
      start: ranges.first?.frames.start ?? 0,
      end: ranges.last?.frames.end ?? 0
    )
    let usual = ZoneLimit.standard(architecture: architecture, pageSize: pageSize, memory: memory)
    let limits = zones.map { zone in
      // The highest zone ends with memory; a boundary between two stays where it is.
      let start = min(zone.frames.start, end)
      let limit = zone.frames.end == memory.end ? end : min(zone.frames.end, end)
      return ZoneLimit(kind: zone.kind, frames: FrameRange(start: start, end: max(start, limit)))
    }
    var result = try MemoryMap(
      architecture: architecture,
      pageSize: pageSize,
      maxOrder: maxOrder,
      ranges: left,
      zones: zones == usual ? nil : limits
    )
    result.isCrashKernel = isCrashKernel
    return result
  }

  /// `MAX_ORDER_NR_PAGES`: the pages that a start of ZONE_MOVABLE is a multiple of.
  package var startAlignment: PageCount { PageCount(1 << UInt64(maxOrder)) }

  /// All RAM: what percentages are taken of.
  package var totalPages: PageCount { ranges.lazy.map(\.pages).total() }

  /// The zone that ZONE_MOVABLE is carved from: the highest that is not empty.
  package var movableParent: ZoneLimit {
    // `init` has made sure that one is not empty.
    zones.last { !$0.frames.isEmpty }
      ?? ZoneLimit(kind: .normal, frames: FrameRange(start: 0, end: 0))
  }

  /// Frames below this one can never be movable under a size argument.
  package var usableStart: PageFrameNumber { movableParent.frames.start }

  /// Where ZONE_HIGHMEM begins, which ordinary kernel allocations can't use; nil where there is none.
  package var highStart: PageFrameNumber? {
    zones.first { $0.kind == .highMem && !$0.frames.isEmpty }?.frames.start
  }

  /// Nodes that own RAM, ascending.
  package var nodes: [NodeID] {
    var found: Set<NodeID> = []
    var last: NodeID?
    for range in ranges where range.node != last {
      found.insert(range.node)
      last = range.node
    }
    return found.sorted()
  }
}
