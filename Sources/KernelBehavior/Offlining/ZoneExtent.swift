internal import HostModel

/// A populated zone of one node with its frames, and what is known of what lies in it.
struct ZoneExtent: Hashable, Sendable {
  var zone: ZoneSnapshot
  var frames: FrameRange
  /// Pages that the buddy allocator does not own: reserved at boot, or ballooned.
  var reserved: Reading<PageCount>
  var present: PageCount
  /// Pages of existing blocks of the zone that are not present: a hole inside of some block.
  private(set) var holesInBlocks = PageCount.zero

  /// All populated zones whose place is known.
  static func all(
    of zoneinfo: ZoneInfo,
    table: MemoryBlockTable,
    blockPages: PageCount
  ) -> [ZoneExtent] {
    var zones = zoneinfo.zones.compactMap { ZoneExtent($0) }
    let online = table.blocks.filter { $0.state.value != .offline }
      .map { FrameRange(start: PageFrameNumber((blockPages * $0.number).count), pages: blockPages) }
      .merged()
    for index in zones.indices {
      let zone = zones[index]
      let existing = online.map { $0.overlap(zone.frames) }.total()
      // Zones of several nodes may interleave: the others' pages are no holes. They may also lie
      // outside of what both span, so that nothing is left.
      let others = zones.filter { $0 != zone && $0.frames.overlaps(zone.frames) }
        .map(\.present).total()
      zones[index].holesInBlocks = existing.subtractingOrZero(zone.present + others)
    }
    return zones
  }

  init?(_ zone: ZoneSnapshot) {
    guard zone.isPopulated, let frames = zone.frames.value else { return nil }
    self.zone = zone
    self.frames = frames
    reserved = zone.reserved
    present = zone.present.value ?? .zero
  }

  var isMovable: Bool { zone.kind == .movable }

  var name: String { "node \(zone.node) \(zone.kind.name)" }
}

/// How much of a kernel zone holds memory that can't move.
struct UnmovableShare: Hashable, Sendable {
  var unmovable: PageCount
  var all: PageCount
  var evidence: String

  /// From a quarter on, hardly any block is spared: kernel memory is spread over pageblocks that are
  /// far smaller than a block.
  var isLarge: Bool { unmovable * 4 >= all && all > 0 }
}
