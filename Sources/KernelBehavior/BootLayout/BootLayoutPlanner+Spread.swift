// Handing out kernel pages: what a search of layouts does hundreds of times a host. Spans are taken once,
// so that no array is asked on each write whether it is its only owner.

extension BootLayoutPlanner {
  /// Hands out `kernelcore` pages in equal shares; what a node can't take goes to the others in
  /// further passes.
  ///
  /// A pass divides what is left at its beginning by the nodes still counted, and once more for each
  /// node that comes when less than a share is left. Memory below `usableStart` is the kernel's in
  /// any case and counts first. Starts only ever rise, so ranges that lie below one are never looked
  /// at again.
  ///
  /// Starts are rounded up to blocks of the largest order then, and those that leave nothing dropped.
  mutating func spread(_ kernelcore: UInt64) {
    var nobody = UnwatchedSpread()
    spread(kernelcore, watchedBy: &nobody)
  }

  /// The same for somebody who wants to see each step; that costs nothing where nobody does.
  mutating func spread(_ kernelcore: UInt64, watchedBy watcher: inout some SpreadWatcher) {
    // Taken out and put back, so that spans of them and of the ranges may stand side by side.
    var placed: [UInt64] = []
    var used: [Int] = []
    swap(&placed, &starts)
    swap(&used, &cursors)
    Self.spread(
      kernelcore,
      usableStart: usableStart,
      rounding: Rounding(alignment: alignment, dropsBehindEnd: dropsStartsBehindNodeEnd),
      rangeStarts.span,
      rangeEnds.span,
      firstRanges.span,
      &placed,
      &used,
      &watcher
    )
    swap(&placed, &starts)
    swap(&used, &cursors)
  }

  private static func spread(
    _ kernelcore: UInt64,
    usableStart: UInt64,
    rounding: Rounding,
    _ rangeStarts: Span<UInt64>,
    _ rangeEnds: Span<UInt64>,
    _ firstRanges: Span<Int>,
    _ placed: inout [UInt64],
    _ used: inout [Int],
    _ watcher: inout some SpreadWatcher
  ) {
    var starts = placed.mutableSpan
    var cursors = used.mutableSpan
    var cleared = 0
    while cleared < starts.count {
      starts[cleared] = 0
      cursors[cleared] = firstRanges[cleared]
      cleared &+= 1
    }
    var wanted = kernelcore
    var divisor = UInt64(starts.count)
    repeat {
      var portion = wanted / divisor
      var node = 0
      watcher.beginPass(wanted: wanted, divisor: divisor)
      while node < starts.count {
        if wanted < portion { portion = wanted / divisor }
        watcher.beginNode(node, wanted: wanted, portion: portion)
        // Up to `portion` pages more for this node.
        var rest = portion
        var index = cursors[node]
        let behind = firstRanges[node &+ 1]
        while index < behind {
          let end = rangeEnds[index]
          var start = max(rangeStarts[index], starts[node])
          guard start < end else {
            index &+= 1
            continue
          }
          if start < usableStart {
            let kernelOnly = min(end, usableStart) &- start  // both lie above the start
            rest &-= min(kernelOnly, rest)
            wanted &-= min(kernelOnly, wanted)
            watcher.take(start, pages: kernelOnly, isKernelOnly: true)
            if end <= usableStart {
              starts[node] = end
              index &+= 1
              continue
            }
            start = usableStart
          }
          let taken = min(end &- start, rest)
          starts[node] = start &+ taken  // at most the range's end
          wanted &-= min(wanted, taken)
          rest &-= taken
          watcher.take(start, pages: taken, isKernelOnly: false)
          if rest == 0 { break }
          index &+= 1
        }
        cursors[node] = index
        node &+= 1
      }
      divisor &-= 1  // from the number of nodes down to 0, where the loop ends
    } while divisor > 0 && wanted > divisor
    var node = 0
    while node < starts.count {
      let end = rangeEnds[firstRanges[node &+ 1] &- 1]
      let rounded = rounding.rounded(starts[node], end: end)
      watcher.round(node, from: starts[node], to: rounded)
      starts[node] = rounded
      node &+= 1
    }
  }

  /// How starts are rounded.
  private struct Rounding {
    var alignment: UInt64
    var dropsBehindEnd: Bool

    /// A start rounded up, or 0 where that leaves nothing in front of the node's end.
    @inline(__always)
    func rounded(_ start: UInt64, end: UInt64) -> UInt64 {
      // Frames lie below 2^52 and blocks below 2^25: no overflow.
      let rounded = (start &+ alignment &- 1) & ~(alignment &- 1)
      return dropsBehindEnd && rounded >= end ? 0 : rounded
    }
  }

  /// Rounds the starts up to blocks of the largest order and drops those that leave nothing.
  mutating func round() {
    let rounding = Rounding(alignment: alignment, dropsBehindEnd: dropsStartsBehindNodeEnd)
    for node in starts.indices {
      let end = rangeEnds[firstRanges[node + 1] - 1]
      starts[node] = rounding.rounded(starts[node], end: end)
    }
  }

  mutating func clear() {
    path = .none
    for node in starts.indices {
      starts[node] = 0
      cursors[node] = firstRanges[node]
    }
  }
}
