// Times boot layouts and the reading of a boot log: `layouts` prints a line for each.
// Built by Benchmarks/layouts out of the release build's own objects.
import HostModel
import KernelBehavior
import KernelText

@main
enum Layouts {
  static func main() throws {
    try twoNodes()
    try manyNodes()
    longLog()
  }

  /// Thousands of sizes on a PC of two nodes with the usual holes.
  private static func twoNodes() throws {
    let map = try MemoryMap(
      architecture: .x86_64,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: [
        piece(0, 0x1, 0x9f), piece(0, 0x100, 0xc_0000), piece(0, 0x10_0000, 0x104_0000),
        piece(1, 0x104_0000, 0x204_0000),
      ]
    )
    var planner = BootLayoutPlanner(map: map)
    let sizes = (0..<UInt64(2_000)).map { PageCount($0 * 16_384 + 1) }
    // Printed, so that the work is not optimised away.
    var sum: UInt64 = 0
    let starts = best(of: 200) {
      for size in sizes {
        planner.place(kernelcore: size)
        sum &+= planner.kernelPages(at: 0).count &+ planner.kernelPages(at: 1).count
      }
    }
    let zones = best(of: 200) {
      for size in sizes {
        planner.place(kernelcore: size)
        sum &+= planner.layout().movablePages.count
      }
    }
    print("two nodes, every zone: \(Int(perSecond(sizes.count, zones))) layouts/s")
    print("two nodes, starts only: \(Int(perSecond(sizes.count, starts))) placements/s (\(sum))")
  }

  /// 99 sizes on 1,024 nodes of 16 ranges, of odd lengths.
  private static func manyNodes() throws {
    var ranges: [MemoryMap.Piece] = []
    var state: UInt64 = 5
    var position: UInt64 = 256
    for node in 0..<UInt32(1024) {
      for _ in 0..<16 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let end = position + 1 + (state >> 33) % (UInt64(node) * 64 + 1)
        ranges.append(piece(node, position, end))
        position = end + 1
      }
    }
    let map = try MemoryMap(architecture: .ppc64, pageSize: .kib4, maxOrder: 10, ranges: ranges)
    var slowest = Duration.zero
    var nodes = 0
    for percent in UInt64(1)..<100 {
      let size = PageCount(map.totalPages.count * percent / 100)
      let time = best(of: 5) {
        nodes = BootLayout.predict(arguments: .kernelcore(size), map: map).nodes.count
      }
      slowest = max(slowest, time)
    }
    print("\(nodes) nodes of 16 ranges, slowest size: \(slowest)")
  }

  /// A log of lines that tell nothing, as most of a boot log's do.
  private static func longLog() {
    let line = "[  123.456789] audit: type=1400 audit(1763892000.123:45): apparmor=\"ALLOWED\" x\n"
    let chunk = Array(String(repeating: line, count: 1 << 13).utf8)
    var reader = BootLogText(file: "x")
    let time = best(of: 20) { reader.feed(chunk.span) }
    print("boot log, streamed: \(Int(perSecond(chunk.count, time)) >> 20) MiB/s")
  }

  private static func piece(_ node: UInt32, _ start: UInt64, _ end: UInt64) -> MemoryMap.Piece {
    MemoryMap.Piece(
      node: NodeID(node),
      frames: FrameRange(start: PageFrameNumber(start), end: PageFrameNumber(end))
    )
  }

  /// The shortest of several runs: what the code takes, without what else the machine does.
  private static func best(of runs: Int, _ work: () -> Void) -> Duration {
    let clock = ContinuousClock()
    return (0..<runs).map { _ in clock.measure(work) }.min() ?? .zero
  }

  private static func perSecond(_ count: Int, _ time: Duration) -> Double {
    Double(count) / (time / .seconds(1))
  }
}
