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
  mutating func spread(_ kernelcore: UInt64) {
    let rangeStarts = rangeStarts.span
    let rangeEnds = rangeEnds.span
    let firstRanges = firstRanges.span
    var starts = starts.mutableSpan
    var cursors = cursors.mutableSpan
    var wanted = kernelcore
    var divisor = UInt64(starts.count)
    repeat {
      var portion = wanted / divisor
      var node = 0
      while node < starts.count {
        if wanted < portion { portion = wanted / divisor }
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
          if rest == 0 { break }
          index &+= 1
        }
        cursors[node] = index
        node &+= 1
      }
      divisor &-= 1  // from the number of nodes down to 0, where the loop ends
    } while divisor > 0 && wanted > divisor
  }

  /// Rounds the starts up to blocks of the largest order and drops those that leave nothing.
  mutating func round() {
    let rangeEnds = rangeEnds.span
    let firstRanges = firstRanges.span
    var starts = starts.mutableSpan
    var node = 0
    while node < starts.count {
      // Frames lie below 2^52 and blocks below 2^25: no overflow.
      let rounded = (starts[node] &+ alignment &- 1) & ~(alignment &- 1)
      let end = rangeEnds[firstRanges[node &+ 1] &- 1]
      starts[node] = dropsStartsBehindNodeEnd && rounded >= end ? 0 : rounded
      node &+= 1
    }
  }

  mutating func clear() {
    path = .none
    let firstRanges = firstRanges.span
    var starts = starts.mutableSpan
    var cursors = cursors.mutableSpan
    var node = 0
    while node < starts.count {
      starts[node] = 0
      cursors[node] = firstRanges[node]
      node &+= 1
    }
  }
}
