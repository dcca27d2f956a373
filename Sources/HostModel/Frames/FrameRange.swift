/// Page frames from a first one up to, not including, an end.
package struct FrameRange: Hashable, Sendable {
  package var start: PageFrameNumber
  package var end: PageFrameNumber

  package init(start: PageFrameNumber, end: PageFrameNumber) {
    self.start = start
    self.end = Swift.max(start, end)
  }

  package init(start: PageFrameNumber, pages: PageCount) {
    self.init(start: start, end: start + pages)
  }

  /// The frames that a range of bytes covers wholly; nil where there is none.
  package init?(whollyIn range: IOMemRange, pageSize: PageSize) {
    let bytes = ByteCount(range.last) + 1
    let first = ByteCount(range.first).pagesRoundedUp(of: pageSize)
    let behind = bytes.pages(of: pageSize)
    guard first < behind else { return nil }
    self.init(start: PageFrameNumber(first.count), end: PageFrameNumber(behind.count))
  }

  /// Every frame that a range of bytes touches.
  package init(touchedBy range: IOMemRange, pageSize: PageSize) {
    let first = ByteCount(range.first).pages(of: pageSize)
    let behind = (ByteCount(range.last) + 1).pagesRoundedUp(of: pageSize)
    self.init(start: PageFrameNumber(first.count), end: PageFrameNumber(behind.count))
  }

  package var pages: PageCount { end.distance(from: start) }

  /// The frames that both ranges have; nil where there is none.
  package func intersection(_ other: FrameRange) -> FrameRange? {
    let first = Swift.max(start, other.start)
    let behind = Swift.min(end, other.end)
    return first < behind ? FrameRange(start: first, end: behind) : nil
  }

  /// How many frames both ranges have.
  package func overlap(_ other: FrameRange) -> PageCount {
    Swift.min(end, other.end).distance(from: Swift.max(start, other.start))
  }

  package func overlaps(_ other: FrameRange) -> Bool { overlap(other) > 0 }
}

extension [FrameRange] {
  /// The same frames, each once, in ascending order.
  package func merged() -> [FrameRange] {
    var result: [FrameRange] = []
    for range in sorted(by: { $0.start < $1.start }) where range.pages > 0 {
      if let last = result.last, range.start <= last.end {
        result[result.count - 1].end = Swift.max(last.end, range.end)
      } else {
        result.append(range)
      }
    }
    return result
  }
}
