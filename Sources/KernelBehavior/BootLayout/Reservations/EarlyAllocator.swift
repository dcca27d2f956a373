internal import HostModel

/// Memory that is still free before there are zones: what memblock hands out.
///
/// `memblock_find_in_range_node` (mm/memblock.c): from the top of memory downwards, or upwards where
/// the caller asks for that; never across the end of a node.
struct EarlyAllocator {
  private struct Piece {
    var node: NodeID
    var frames: FrameRange
  }

  enum Direction {
    case up
    case down
  }

  /// Ascending, without overlaps.
  private var free: [Piece] = []

  /// - Parameters:
  ///   - map: The machine.
  ///   - sparesHotPluggable: Whether memory that may be unplugged is left alone (`movable_node`).
  init(_ map: MemoryMap, sparesHotPluggable: Bool) {
    for range in map.ranges where !(sparesHotPluggable && range.isHotPluggable) {
      if let last = free.last, last.node == range.node, last.frames.end == range.frames.start {
        free[free.count - 1].frames.end = range.frames.end
      } else {
        free.append(Piece(node: range.node, frames: range.frames))
      }
    }
  }

  /// Takes frames out of the free ones, as many of them as there are.
  mutating func take(_ taken: FrameRange) {
    free = free.flatMap { piece in
      piece.frames.without(taken).map { Piece(node: piece.node, frames: $0) }
    }
  }

  /// Takes the highest pages of a node.
  mutating func takeTop(_ pages: PageCount, of node: NodeID) {
    guard let last = free.last(where: { $0.node == node })?.frames else { return }
    let top = FrameRange(end: last.end, pages: pages)
    take(FrameRange(start: max(last.start, top.start), end: last.end))
  }

  /// The lowest free frame.
  var first: PageFrameNumber? { free.first?.frames.start }

  /// The node of a frame that is free.
  func node(of frame: PageFrameNumber) -> NodeID? {
    free.first { $0.frames.start <= frame && frame < $0.frames.end }?.node
  }

  /// Whether all of these frames are free, in one piece.
  func isFree(_ frames: FrameRange) -> Bool {
    free.contains { $0.frames.contains(frames) }
  }

  /// Finds room and takes it.
  ///
  /// - Parameters:
  ///   - pages: How much.
  ///   - alignment: The start is a multiple of that many pages.
  ///   - limits: Where it may lie.
  ///   - node: On this node only; nil for any.
  ///   - direction: Where the search begins.
  /// - Returns: The frames; nil where there is no room.
  mutating func allocate(
    _ pages: PageCount,
    alignment: PageCount,
    within limits: FrameRange,
    node: NodeID? = nil,
    direction: Direction
  ) -> FrameRange? {
    let order = direction == .up ? Array(free.indices) : Array(free.indices.reversed())
    for index in order where node == nil || free[index].node == node {
      guard let room = free[index].frames.intersection(limits), room.pages >= pages else {
        continue
      }
      let start =
        direction == .up
        ? room.start.roundedUp(to: alignment)
        : FrameRange(end: room.end, pages: pages).start.roundedDown(to: alignment)
      let found = FrameRange(start: start, pages: pages)
      guard room.contains(found) else { continue }
      take(found)
      return found
    }
    return nil
  }
}
