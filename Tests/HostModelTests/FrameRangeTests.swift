internal import HostModel
internal import Testing

@Suite("Half-open ranges")
struct FrameRangeTests {
  private static let ends: [PageFrameNumber] = [0, 1, 2, 5, 6, 9, PageFrameNumber(.max)]

  private static let ranges = ends.flatMap { start in
    ends.map { FrameRange(start: start, end: $0) }
  }

  private static func frames(_ range: FrameRange) -> Set<UInt64> {
    // The largest end stands for all that lie behind the others.
    let end = min(range.end.number, 12)
    return range.start.number < end ? Set(range.start.number..<end) : []
  }

  @Test("ranges meet, hold and part as the sets of their frames do, backwards ones as empty ones")
  func sets() {
    for left in Self.ranges {
      for right in Self.ranges {
        let common = Self.frames(left).intersection(Self.frames(right))
        #expect(left.overlaps(right) == !common.isEmpty)
        #expect(left.intersection(right).map(Self.frames) ?? [] == common)
        #expect(Self.frames(left.hull(right)).isSuperset(of: Self.frames(left)))
        let rest = left.without(right)
        #expect(
          rest.reduce(into: []) { $0.formUnion(Self.frames($1)) }
            == Self.frames(left).subtracting(Self.frames(right))
        )
        #expect(rest.allSatisfy { !$0.overlaps(right) })
        let merged = [left, right].merged()
        #expect(
          merged.reduce(into: []) { $0.formUnion(Self.frames($1)) }
            == Self.frames(left).union(Self.frames(right))
        )
        #expect(merged.allSatisfy { !$0.isEmpty })
      }
    }
  }

  @Test("ends stay as they were given, and a backwards range holds nothing")
  func backwards() {
    let range = FrameRange(start: 5, end: 2)
    #expect(range.isBackwards && range.isEmpty)
    #expect(range.pages == 0)
    #expect(range.pages(below: 9) == 0)
    #expect(!FrameRange(start: 5, end: 5).isBackwards)
  }

  @Test("frames before an end stop at frame 0")
  func beforeEnd() {
    #expect(FrameRange(end: 5, pages: 2) == FrameRange(start: 3, end: 5))
    #expect(FrameRange(end: 5, pages: 9) == FrameRange(start: 0, end: 5))
    #expect(FrameRange(start: 3, end: 9).pages(below: 5) == 2)
  }

  @Test("addresses cover some frames wholly and touch others")
  func addresses() {
    func wholly(_ first: UInt64, _ last: UInt64) -> FrameRange {
      FrameRange(whollyIn: AddressRange(first: first, last: last), pageSize: .kib4)
    }
    #expect(wholly(0x1000, 0x2fff) == FrameRange(start: 1, end: 3))
    #expect(wholly(0x1001, 0x2ffe).isEmpty)
    #expect(!wholly(0x1100, 0x1200).isBackwards)
    #expect(wholly(0x5000, 0x1fff).isBackwards)
    let touched = FrameRange(
      touchedBy: AddressRange(first: 0x1fff, last: 0x2000),
      pageSize: .kib4
    )
    #expect(touched == FrameRange(start: 1, end: 3))
    #expect(
      FrameRange(start: 1, end: 3).addresses(pageSize: .kib4)
        == AddressRange(first: 0x1000, last: 0x2fff)
    )
  }

  @Test("the last byte of the address space does not wrap")
  func lastByte() {
    let all = AddressRange(first: 0, last: .max)
    #expect(all.size == .max)
    #expect(AddressRange(first: 7, last: 7).last == 7)
    #expect(AddressRange(start: 7, end: 7).last == nil)
  }
}
