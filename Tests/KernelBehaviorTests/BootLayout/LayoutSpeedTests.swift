internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Testing

/// Prints how fast layouts are made (`swift test -c release --filter LayoutSpeed` for figures worth
/// quoting); asserts what they hold, never how long they took.
@Suite("Speed of boot layouts", .serialized)
struct LayoutSpeedTests {
  #if DEBUG
    static let isOptimised = false
  #else
    static let isOptimised = true
  #endif

  /// The shortest of several runs: what the code takes, without what else the machine does.
  private func best(of runs: Int, _ work: () -> Void) -> Duration {
    let clock = ContinuousClock()
    return (0..<runs).map { _ in clock.measure(work) }.min() ?? .zero
  }

  private func perSecond(_ count: Int, _ time: Duration) -> Double {
    let seconds =
      Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    return Double(count) / max(seconds, 1e-12)
  }

  @Test("two nodes, thousands of layouts")
  func twoNodes() throws {
    let map = try Machines.pc(64, 64)
    var planner = BootLayoutPlanner(map: map)
    let count = 2_000
    var sum: UInt64 = 0
    let starts = best(of: Self.isOptimised ? 200 : 3) {
      for index in 0..<count {
        planner.place(kernelcore: PageCount(UInt64(index) * 16_384 + 1))
        sum &+= planner.kernelPages(at: 0).count &+ planner.kernelPages(at: 1).count
      }
    }
    let zones = best(of: Self.isOptimised ? 200 : 3) {
      for index in 0..<count {
        planner.place(kernelcore: PageCount(UInt64(index) * 16_384 + 1))
        sum &+= planner.layout().movablePages.count
      }
    }
    #expect(sum > 0)
    print("2 nodes: \(Int(perSecond(count, starts))) placements/s,", terminator: " ")
    print("\(Int(perSecond(count, zones))) layouts with all zones/s")
  }

  @Test("1,024 nodes of 16 ranges, at every size")
  func manyNodes() throws {
    var ranges: [MemoryMap.Piece] = []
    var dice = LayoutPropertyTests.Dice(state: 5)
    var position: UInt64 = 256
    for node in 0..<UInt32(1024) {
      for _ in 0..<16 {
        let end = position + 1 + dice.next(UInt64(node) * 64 + 1)
        ranges.append(
          MemoryMap.Piece(
            node: NodeID(node),
            start: PageFrameNumber(position),
            end: PageFrameNumber(end)
          )
        )
        position = end + 1
      }
    }
    let map = try MemoryMap(architecture: .ppc64, pageSize: .kib4, maxOrder: 10, ranges: ranges)
    var slowest = Duration.zero
    for percent in stride(from: UInt64(1), to: 100, by: Self.isOptimised ? 1 : 20) {
      let size = PageCount(map.totalPages.count * percent / 100)
      var layout: BootLayout?
      let time = best(of: 5) { layout = BootLayout.predict(arguments: .kernelcore(size), map: map) }
      #expect(layout?.nodes.count == 1024)
      slowest = max(slowest, time)
    }
    print("1024 nodes × 16 ranges: at most \(slowest)")
  }

  @Test("a long log streams through")
  func longLog() throws {
    let line = "[  123.456789] audit: type=1400 audit(1763892000.123:45): apparmor=\"ALLOWED\" x\n"
    let chunk = Array(String(repeating: line, count: 1 << 13).utf8)
    var reader = BootLogText(file: "x")
    let time = best(of: 3) { reader.feed(chunk.span) }
    print("boot log: \(Int(perSecond(chunk.count, time)) >> 20) MiB/s")
    #expect(time > .zero)
  }
}
