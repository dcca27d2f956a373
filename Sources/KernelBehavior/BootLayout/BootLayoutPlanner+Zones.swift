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
    let extent = (
      start: rangeStarts[firstRanges[node]], end: rangeEnds[firstRanges[node + 1] - 1]
    )
    var zones: [BootLayout.Zone] = []
    zones.reserveCapacity(map.zones.count + 1)
    var kernelPages: UInt64 = 0
    var highPages: UInt64 = 0
    for limit in map.zones {
      let zone = regularZone(limit, extent, node)
      guard zone.present > .zero else { continue }
      // At most the node's own pages.
      if zone.kind == .highMem {
        highPages &+= zone.present.count
      } else {
        kernelPages &+= zone.present.count
      }
      zones.append(zone)
    }
    var movablePages = PageCount.zero
    if let movable = movableZone(extent, node) {
      if movable.spanned > .zero { movablePages = movable.present }
      zones.append(movable)
    }
    return BootLayout.Node(
      id: nodes[node],
      start: PageFrameNumber(extent.start),
      end: PageFrameNumber(extent.end),
      printedStart: starts[node] == 0 ? nil : PageFrameNumber(starts[node]),
      zones: zones,
      kernelPages: PageCount(kernelPages),
      movablePages: movablePages,
      highPages: PageCount(highPages)
    )
  }

  private func regularZone(
    _ limit: ZoneLimit,
    _ extent: (start: UInt64, end: UInt64),
    _ node: Int
  ) -> BootLayout.Zone {
    let low = limit.start.number
    let high = limit.end.number
    var start = min(max(extent.start, low), high)
    var end = min(max(extent.end, low), high)
    let movable = starts[node]
    if movable > 0 {
      if !separatesMirrored, start < movable, movable < end {
        end = movable
      } else if start >= movable {
        start = end
      }
    }
    let nothing = BootLayout.Zone(kind: limit.kind, start: 0, spanned: .zero, present: .zero)
    guard start < end, end >= extent.start, start <= extent.end else { return nothing }
    end = min(end, extent.end)
    start = max(start, extent.start)
    guard start < end else { return nothing }
    var present = pages(from: start, to: end, at: node)
    if separatesMirrored, movable > 0, limit.kind == .normal {
      present -= min(present, allPages(from: start, to: end, mirrored: false))
    }
    return BootLayout.Zone(
      kind: limit.kind,
      start: PageFrameNumber(start),
      spanned: PageCount(end - start),
      present: PageCount(present)
    )
  }

  private func movableZone(
    _ extent: (start: UInt64, end: UInt64),
    _ node: Int
  ) -> BootLayout.Zone? {
    let start = starts[node]
    guard start > 0 else { return nil }
    let end = min(extent.end, map.movableParent.end.number)
    guard start < end else {
      // Up to 5.17 a start behind the node's end gives a zone that spans nothing and counts the
      // frames from the end to the start as present.
      guard start > end, !kernel.hasOrAssumed(.dropsStartsBehindNodeEnd) else { return nil }
      return BootLayout.Zone(
        kind: .movable,
        start: 0,
        spanned: .zero,
        present: PageCount(start - end)
      )
    }
    let first = max(start, extent.start)
    var present = pages(from: first, to: end, at: node)
    if separatesMirrored {
      present -= min(present, allPages(from: first, to: end, mirrored: true))
    }
    guard present > 0 else { return nil }
    return BootLayout.Zone(
      kind: .movable,
      start: PageFrameNumber(first),
      spanned: PageCount(end - first),
      present: PageCount(present)
    )
  }

  /// Pages of one node's RAM between two frames.
  private func pages(from start: UInt64, to end: UInt64, at node: Int) -> UInt64 {
    var pages: UInt64 = 0
    for index in firstRanges[node]..<firstRanges[node + 1] {
      let first = max(start, rangeStarts[index])
      let last = min(end, rangeEnds[index])
      if first < last { pages &+= last &- first }  // the map bounds all frames below 2^52
    }
    return pages
  }

  /// Pages of any node's RAM between two frames, mirrored or not: the kernel subtracts them without
  /// asking for the node.
  private func allPages(from start: UInt64, to end: UInt64, mirrored: Bool) -> UInt64 {
    var pages: UInt64 = 0
    for range in map.ranges where range.isMirrored == mirrored {
      let first = max(start, range.start.number)
      let last = min(end, range.end.number)
      if first < last { pages &+= last &- first }  // the map bounds all frames below 2^52
    }
    return pages
  }
}
