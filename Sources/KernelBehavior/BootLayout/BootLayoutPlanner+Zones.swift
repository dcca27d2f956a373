internal import HostModel

extension BootLayoutPlanner {
  /// Places the arguments and works out every zone of every node.
  package mutating func layout(for arguments: ZoneArguments) -> BootLayout {
    place(arguments)
    return layout()
  }

  /// The zones of the last placement (`calculate_node_totalpages`).
  package func layout() -> BootLayout {
    var result: [BootLayout.Node] = []
    result.reserveCapacity(nodes.count)
    for node in nodes.indices { result.append(layout(ofNodeAt: node)) }
    return BootLayout(path: path, nodes: result)
  }

  private func layout(ofNodeAt node: Int) -> BootLayout.Node {
    let own = FrameRange(
      start: PageFrameNumber(rangeStarts[firstRanges[node]]),
      end: PageFrameNumber(rangeEnds[firstRanges[node + 1] - 1])
    )
    var zones: [BootLayout.Zone] = []
    zones.reserveCapacity(map.zones.count + 1)
    var kernelPages: UInt64 = 0
    var highPages: UInt64 = 0
    for limit in map.zones {
      guard let zone = regularZone(limit, own, node), zone.present > .zero else { continue }
      // At most the node's own pages.
      if zone.kind == .highMem {
        highPages &+= zone.present.count
      } else {
        kernelPages &+= zone.present.count
      }
      zones.append(zone)
    }
    var movablePages = PageCount.zero
    if let movable = movableZone(own, node) {
      if movable.spanned > .zero { movablePages = movable.present }
      zones.append(movable)
    }
    return BootLayout.Node(
      id: nodes[node],
      frames: own,
      printedStart: starts[node] == 0 ? nil : PageFrameNumber(starts[node]),
      zones: zones,
      kernelPages: PageCount(kernelPages),
      movablePages: movablePages,
      highPages: PageCount(highPages)
    )
  }

  private func regularZone(
    _ limit: ZoneLimit,
    _ own: FrameRange,
    _ node: Int
  ) -> BootLayout.Zone? {
    let low = limit.frames.start
    let high = limit.frames.end
    var start = min(max(own.start, low), high)
    var end = min(max(own.end, low), high)
    let movable = PageFrameNumber(starts[node])
    if movable > 0 {
      if !separatesMirrored, start < movable, movable < end {
        end = movable
      } else if start >= movable {
        start = end
      }
    }
    guard let frames = FrameRange(start: start, end: end).intersection(own) else { return nil }
    var present = pages(frames, at: node)
    if separatesMirrored, movable > 0, limit.kind == .normal {
      // Other nodes' pages count too, so that there may be more of them than the node has.
      present = present.subtractingOrZero(allPages(frames, mirrored: false))
    }
    return BootLayout.Zone(kind: limit.kind, frames: frames, present: present)
  }

  private func movableZone(
    _ own: FrameRange,
    _ node: Int
  ) -> BootLayout.Zone? {
    guard starts[node] > 0 else { return nil }
    let start = PageFrameNumber(starts[node])
    let end = min(own.end, map.movableParent.frames.end)
    guard start < end else {
      // Up to 5.17 a start behind the node's end gives a zone that spans nothing and counts the
      // frames from the end to the start as present.
      guard start > end, !dropsStartsBehindNodeEnd else { return nil }
      return BootLayout.Zone(
        kind: .movable,
        frames: Self.nothing,
        present: FrameRange(start: end, end: start).pages
      )
    }
    let frames = FrameRange(start: max(start, own.start), end: end)
    var present = pages(frames, at: node)
    if separatesMirrored {
      present = present.subtractingOrZero(allPages(frames, mirrored: true))
    }
    guard present > 0 else { return nil }
    return BootLayout.Zone(kind: .movable, frames: frames, present: present)
  }

  /// What the kernel shows of a zone that spans nothing.
  private static let nothing = FrameRange(start: 0, end: 0)

  /// Pages of one node's RAM among the frames.
  private func pages(_ frames: FrameRange, at node: Int) -> PageCount {
    let rangeStarts = rangeStarts.span
    let rangeEnds = rangeEnds.span
    let behind = firstRanges[node + 1]
    var index = firstRanges[node]
    var pages: UInt64 = 0
    while index < behind {
      let first = max(frames.start.number, rangeStarts[index])
      let last = min(frames.end.number, rangeEnds[index])
      if first < last { pages &+= last &- first }  // the map bounds all frames below 2^52
      index &+= 1
    }
    return PageCount(pages)
  }

  /// Pages of any node's RAM among the frames, mirrored or not: the kernel subtracts them without
  /// asking for the node.
  private func allPages(_ frames: FrameRange, mirrored: Bool) -> PageCount {
    map.ranges.lazy.filter { $0.isMirrored == mirrored }.map { $0.frames.overlap(frames) }.total()
  }
}
