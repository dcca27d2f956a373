internal import HostModel
internal import KernelBehavior
internal import Testing

/// Layouts that were worked out by hand from the kernel's algorithm and partly booted.
@Suite("Worked examples of boot layouts")
struct WorkedExampleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var line: String
    /// 0 for a node without ZONE_MOVABLE.
    var starts: [UInt64]
    var percent: UInt64

    var testDescription: String { "\(name): \(line)" }
  }

  static let examples: [Example] = [
    Example(name: "A", line: "kernelcore=512M", starts: [0x20400], percent: 297),
    Example(name: "A", line: "kernelcore=8M", starts: [0x1000], percent: 13011),
    Example(name: "A", line: "movablecore=1G", starts: [0x40000], percent: 100),
    Example(name: "B", line: "kernelcore=2G", starts: [0x100000], percent: 433),
    Example(name: "B", line: "kernelcore=4G", starts: [0x140400], percent: 299),
    Example(name: "B", line: "movablecore=12G", starts: [0x140000], percent: 300),
    Example(name: "C", line: "kernelcore=8G", starts: [0x140400, 0x540000], percent: 299),
    Example(name: "C", line: "kernelcore=3G", starts: [0x100400, 0x440400], percent: 964),
    Example(name: "C", line: "kernelcore=2G", starts: [0x100000, 0x440000], percent: 966),
    Example(name: "D", line: "kernelcore=12G", starts: [0x240400, 0], percent: 199),
    Example(name: "D", line: "movablecore=27G", starts: [0x180000, 0], percent: 300),
    Example(
      name: "E",
      line: "kernelcore=25%",
      starts: [0x440400, 0x1440000, 0x2440000, 0x3440000],
      percent: 299
    ),
    Example(
      name: "E",
      line: "movablecore=80%",
      starts: [0x373400, 0x1373400, 0x2373400, 0x3373400],
      percent: 399
    ),
    Example(name: "E", line: "movablecore=100%", starts: [0, 0, 0, 0], percent: 0),
    Example(
      name: "E",
      line: "kernelcore=30% movablecore=80%",
      starts: [0x50d000, 0x150d000, 0x250d000, 0x350d000],
      percent: 233
    ),
    Example(
      name: "E",
      line: "kernelcore=8G",
      starts: [0x110400, 0x10d0400, 0x20d0400, 0x3050400],
      percent: 3093
    ),
    Example(name: "F", line: "kernelcore=6G", starts: [0xa0000, 0, 0x2e0000], percent: 183),
    Example(name: "G", line: "kernelcore=25%", starts: [0xa0000], percent: 300),
  ]

  static func machine(_ name: String) throws -> MemoryMap {
    switch name {
    case "A": try Machines.pc(2)
    case "B": try Machines.pc(16)
    case "C": try Machines.pc(16, 16)
    case "D": try Machines.pc(32, 4)
    case "E": try Machines.pc(64, 64, 64, 64)
    case "F": try Machines.flat(8, 1, 8)
    default:
      try MemoryMap(
        architecture: .arm64,
        pageSize: .kib64,
        maxOrder: 13,
        ranges: [
          Machines.range(0, 2 << 30, 4 << 30, pageSize: .kib64),
          Machines.range(0, 34 << 30, 64 << 30, pageSize: .kib64),
        ]
      )
    }
  }

  static func layout(_ name: String, _ line: String) throws -> BootLayout {
    let map = try machine(name)
    let arguments = ZoneArguments(commandLine: line, pageSize: map.pageSize)
    return BootLayout.predict(arguments: arguments, map: map)
  }

  @Test("every node's start and the ratio are exact", arguments: examples)
  func example(_ example: Example) throws {
    let layout = try Self.layout(example.name, example.line)
    #expect(layout.nodes.map { $0.printedStart?.number ?? 0 } == example.starts)
    #expect(
      layout.movablePages.count * 100 / layout.kernelPages.count == example.percent
    )
  }

  @Test("a request below what lies under 4 GiB leaves the other nodes without kernel memory")
  func nodeWithoutKernelMemory() throws {
    let layout = try Self.layout("C", "kernelcore=2G")
    #expect(layout.nodes[0].zone(.normal) == nil)
    #expect(layout.nodes[0].kernelPages == PageCount((3 << 18) - 98))
    #expect(layout.nodes[1].kernelPages == .zero)
    #expect(layout.nodes[1].movablePages == PageCount(16 << 18))
    #expect(layout.nodes[1].movableStart == 0x440000)
  }

  @Test("a node smaller than its share is all kernel memory")
  func smallNode() throws {
    let layout = try Self.layout("D", "kernelcore=12G")
    #expect(layout.nodes[1].movableStart == nil)
    #expect(layout.nodes[1].kernelPages == PageCount(4 << 18))
    #expect(layout.nodes[0].kernelPages == PageCount((8 << 18) + 0x400 - 98))
  }

  @Test("zones of a PC without arguments have the kernel's own starts, spans and pages")
  func plainZones() throws {
    let layout = try Self.layout("B", "quiet")
    #expect(layout.path == .none)
    #expect(
      layout.nodes[0].zones == [
        BootLayout.Zone(kind: .dma, frames: FrameRange(start: 1, pages: 4095), present: 3998),
        BootLayout.Zone(
          kind: .dma32,
          frames: FrameRange(start: 0x1000, end: 0x100000),
          present: 782336
        ),
        BootLayout.Zone(
          kind: .normal,
          frames: FrameRange(start: 0x100000, end: 0x440000),
          present: 3_407_872
        ),
      ]
    )
  }

  @Test(
    "kernelcore=mirror keeps mirrored memory by frame up to 7.2, and up to the first other since",
    arguments: [((7, 2), UInt64(2), UInt64(1)), ((7, 3), 1, 2)]
  )
  func mirrorAboveFourGiB(release: (Int, Int), normal: UInt64, movable: UInt64) throws {
    // 4 to 5 and 6 to 7 GiB are mirrored, what lies between is not.
    let gib = Machines.gibibyte
    let map = try MemoryMap(
      architecture: .x86_64,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: [
        Machines.range(0, 1 << 20, 2 * gib, isMirrored: true),
        Machines.range(0, 4 * gib, 5 * gib, isMirrored: true),
        Machines.range(0, 5 * gib, 6 * gib),
        Machines.range(0, 6 * gib, 7 * gib, isMirrored: true),
      ]
    )
    let kernel = Kernel(
      version: KernelVersion(major: release.0, minor: release.1),
      architecture: .x86_64
    )
    var planner = BootLayoutPlanner(map: map, kernel: kernel)
    let arguments = ZoneArguments(
      commandLine: "kernelcore=mirror",
      pageSize: .kib4,
      kernel: kernel,
      is64Bit: true
    )
    let node = try #require(planner.layout(for: arguments).nodes.first)
    #expect(node.zone(.normal)?.present == ByteCount.gibibytes(normal).pages(of: .kib4))
    #expect(node.zone(.movable)?.present == ByteCount.gibibytes(movable).pages(of: .kib4))
    #expect(node.zone(.movable)?.frames.start == PageFrameNumber(5 * gib >> 12))
  }
}
