internal import HostModel
internal import KernelBehavior
internal import Testing

/// The steps that are shown are those by which the zones come about.
@Suite("Steps of the spread")
struct SpreadTraceTests {
  @Test("what the steps give is what is laid out, on every machine", arguments: 1...120)
  func agrees(_ seed: Int) throws {
    let map = try LayoutPropertyTests.machine(UInt64(seed))
    var planner = BootLayoutPlanner(map: map)
    var dice = LayoutPropertyTests.Dice(state: UInt64(seed) &* 31)
    for _ in 0..<20 {
      let size = PageCount(1 + dice.next(map.totalPages.count + 1000))
      let layout = planner.layout(for: .kernelcore(size))
      let starts = planner.starts
      guard let trace = planner.trace(.kernelcore(size)) else {
        #expect(layout.movablePages == .zero && size >= map.totalPages)
        continue
      }
      #expect(planner.starts == starts)
      #expect(trace.wanted == size)
      #expect(trace.roundings.map { $0.rounded?.number ?? 0 } == starts)
      #expect(
        trace.passes.map(\.divisor)
          == (0..<trace.passes.count).map {
            UInt64(map.nodes.count - $0)
          }
      )
      for node in map.nodes {
        let turns = trace.passes.flatMap(\.turns).filter { $0.node == node }
        #expect(turns.count == trace.passes.count)
        let taken = turns.flatMap(\.taken)
        for (one, next) in zip(taken, taken.dropFirst()) {
          #expect(one.frames.end <= next.frames.start, "a frame is taken twice")
        }
        for turn in turns {
          // What is the kernel's in any case may be more than the share.
          let shared = turn.taken.filter { !$0.isKernelOnly }.map(\.frames.pages).total()
          #expect(shared <= turn.portion)
        }
        // A start may lie behind a hole above what was taken: no RAM is between.
        let start = trace.roundings.first { $0.node == node }?.start ?? 0
        let below = map.ranges.filter { $0.node == node }.map { $0.frames.pages(below: start) }
        #expect(below.total() == taken.map(\.frames.pages).total())
      }
    }
  }

  @Test("two nodes of different size: the small one gives all it has, the large one the rest")
  func worked() throws {
    let map = try MemoryMap(
      architecture: .arm64,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: [
        MemoryMap.Piece(node: 0, frames: FrameRange(start: 0x10_0000, end: 0x10_4000)),
        MemoryMap.Piece(node: 1, frames: FrameRange(start: 0x20_0000, end: 0x24_0000)),
      ]
    )
    var planner = BootLayoutPlanner(map: map)
    let found = planner.trace(.kernelcore(PageCount(0x1_0000)))
    let trace = try #require(found)
    #expect(trace.passes.count == 2)
    #expect(trace.passes[0].turns.map(\.portion) == [PageCount(0x8000), PageCount(0x8000)])
    #expect(
      trace.passes[0].turns.map { $0.taken.map(\.frames.pages).total().count }
        == [0x4000, 0x8000]
    )
    #expect(trace.passes[1].wanted == PageCount(0x4000))
    #expect(trace.passes[1].divisor == 1)
    #expect(
      trace.passes[1].turns.map { $0.taken.map(\.frames.pages).total().count } == [0, 0x4000]
    )
    #expect(trace.roundings[0].rounded == nil, "nothing of node 0 is left")
  }

  @Test("where no size decides there are no steps")
  func none() throws {
    let map = try LayoutPropertyTests.machine(3)
    var planner = BootLayoutPlanner(map: map)
    for arguments in [ZoneArguments(), .kernelcore(map.totalPages)] {
      let trace = planner.trace(arguments)
      #expect(trace == nil)
    }
  }
}
