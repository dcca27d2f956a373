internal import HostModel
internal import KernelBehavior
internal import Testing

/// What holds for every machine and every size.
@Suite("Properties of boot layouts")
struct LayoutPropertyTests {
  /// Numbers that are the same in every run.
  struct Dice {
    var state: UInt64

    mutating func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
  }

  /// A machine with holes, odd sizes and nodes that may lie between each other.
  static func machine(_ seed: UInt64) throws -> MemoryMap {
    var dice = Dice(state: seed)
    let architecture = [Architecture.x86_64, .arm64, .ppc64, .riscv64][Int(dice.next(4))]
    let nodes = 1 + dice.next(6)
    var ranges: [MemoryMap.Piece] = []
    var position = dice.next(300)
    for _ in 0..<(nodes + dice.next(8)) {
      position += dice.next(3) == 0 ? dice.next(1 << 18) : 0
      let end = position + 1 + dice.next(1 << 20)
      ranges.append(
        MemoryMap.Piece(
          node: NodeID(UInt32(dice.next(nodes))),
          frames: FrameRange(
            start: PageFrameNumber(position),
            end: PageFrameNumber(end)
          )
        )
      )
      position = end
    }
    return try MemoryMap(
      architecture: architecture,
      pageSize: .kib4,
      maxOrder: UInt8(8 + dice.next(4)),
      ranges: ranges
    )
  }

  @Test("no page is lost and none is counted twice", arguments: 1...200)
  func conserved(_ seed: Int) throws {
    let map = try Self.machine(UInt64(seed))
    var planner = BootLayoutPlanner(map: map)
    var dice = Dice(state: UInt64(seed) &* 77)
    for _ in 0..<40 {
      let size = PageCount(dice.next(map.totalPages.count + 1000))
      let layout = planner.layout(for: .kernelcore(size))
      #expect(layout.kernelPages + layout.movablePages == map.totalPages)
      for (index, node) in layout.nodes.enumerated() {
        #expect(node.kernelPages == planner.kernelPages(at: index))
        #expect(node.zones.map(\.present).total() == node.kernelPages + node.movablePages)
        for zone in node.zones { #expect(zone.present <= zone.spanned) }
        #expect(node.movableStart?.isMultiple(of: map.startAlignment) != false)
      }
    }
  }

  @Test("all kernel memory together grows with kernelcore, up to rounding", arguments: 1...60)
  func monotone(_ seed: Int) throws {
    let map = try Self.machine(UInt64(seed))
    var planner = BootLayoutPlanner(map: map)
    let slack = map.startAlignment * UInt64(map.nodes.count)
    let step = max(1, map.totalPages.count / 997)
    var most = PageCount.zero
    var size: UInt64 = 1
    while size < map.totalPages.count {
      planner.place(kernelcore: PageCount(size))
      let kernel = map.nodes.indices.map { planner.kernelPages(at: $0) }.total()
      #expect(kernel + slack >= most)
      // Crumbs of less than a page per node may stay unassigned.
      #expect(kernel + PageCount(UInt64(map.nodes.count)) >= PageCount(size))
      most = max(most, kernel)
      size += step
    }
  }

  @Test("no size gives more kernel pages than is said without placing it", arguments: 1...200)
  func bounded(_ seed: Int) throws {
    let map = try Self.machine(UInt64(seed))
    var planner = BootLayoutPlanner(map: map)
    var dice = Dice(state: UInt64(seed) &* 31)
    let total = map.totalPages.count
    let sizes = Array(1...min(40, total - 1)) + (0..<100).map { _ in 1 + dice.next(total - 1) }
    for size in sizes {
      planner.place(kernelcore: PageCount(size))
      #expect(planner.kernelPages <= planner.mostKernelPages(under: size), "\(size)")
    }
  }

  @Test("1,024 nodes of 16 ranges share all memory", arguments: [1, 21, 50, 99])
  func manyNodes(_ percent: UInt64) throws {
    var ranges: [MemoryMap.Piece] = []
    var dice = Dice(state: 5)
    var position: UInt64 = 256
    for node in 0..<UInt32(1024) {
      for _ in 0..<16 {
        let end = position + 1 + dice.next(UInt64(node) * 64 + 1)
        ranges.append(
          MemoryMap.Piece(
            node: NodeID(node),
            frames: FrameRange(
              start: PageFrameNumber(position),
              end: PageFrameNumber(end)
            )
          )
        )
        position = end + 1
      }
    }
    let map = try MemoryMap(architecture: .ppc64, pageSize: .kib4, maxOrder: 10, ranges: ranges)
    let size = PageCount(map.totalPages.count * percent / 100)
    let layout = BootLayout.predict(arguments: .kernelcore(size), map: map)
    #expect(layout.nodes.count == 1024)
    #expect(layout.kernelPages + layout.movablePages == map.totalPages)
    #expect(layout.kernelPages >= size || layout.movablePages == .zero)
  }

  @Test("one node's kernel memory can fall while kernelcore rises")
  func nodeIsNotMonotone() throws {
    let map = try Machines.pc(16, 16)
    var planner = BootLayoutPlanner(map: map)
    planner.place(kernelcore: PageCount(5 << 18))
    #expect(planner.starts == [0x140000 + 0x400, 0x440000 + 0x40000 + 0x400])
    let before = planner.kernelPages(at: 0)
    planner.place(kernelcore: PageCount(6 << 18))
    #expect(planner.kernelPages(at: 0) < before)
  }

  @Test("movablecore is kernelcore for the rest", arguments: 1...60)
  func complement(_ seed: Int) throws {
    let map = try Self.machine(UInt64(seed))
    var dice = Dice(state: UInt64(seed))
    let block = map.startAlignment
    for _ in 0..<20 {
      let movable = PageCount(1 + dice.next(map.totalPages.count - 1))
      let rounded = min(map.totalPages, movable.roundedUp(to: block))
      let one = BootLayout.predict(arguments: .movablecore(movable), map: map)
      let other = BootLayout.predict(
        arguments: .kernelcore(map.totalPages.subtractingOrZero(rounded)),
        map: map
      )
      #expect(one == other)
    }
  }

  @Test("ranges that can't be are refused")
  func refused() {
    func map(_ ranges: [MemoryMap.Piece]) -> MemoryMapError? {
      do throws(MemoryMapError) {
        _ = try MemoryMap(architecture: .x86_64, pageSize: .kib4, maxOrder: 10, ranges: ranges)
        return nil
      } catch { return error }
    }
    let good = MemoryMap.Piece(node: 0, frames: FrameRange(start: 0x100, end: 0x4000))
    let inside = MemoryMap.Piece(node: 1, frames: FrameRange(start: 0x3fff, end: 0x5000))
    let backwards = MemoryMap.Piece(node: 0, frames: FrameRange(start: 0x5000, end: 0x4000))
    let huge = MemoryMap.Piece(
      node: 0,
      frames: FrameRange(start: 0x5000, end: PageFrameNumber(.max))
    )
    #expect(map([good]) == nil)
    #expect(map([]) == .empty)
    #expect(map([MemoryMap.Piece(node: 0, frames: FrameRange(start: 5, end: 5))]) == .empty)
    #expect(map([inside, good]) == .overlapping(good, inside))
    #expect(map([good, backwards]) == .backwards(backwards))
    #expect(map([good, huge]) == .addressTooLarge(huge))
    let last = MemoryMap.Piece(
      node: 0,
      frames: FrameRange(start: 0x5000, end: PageFrameNumber(1 << 52))
    )
    #expect(map([good, last]) == .addressTooLarge(last))
  }

  @Test("blocks of up to 2^24 pages are followed", arguments: [24, 25] as [UInt8])
  func largestOrder(_ order: UInt8) {
    func error() -> MemoryMapError? {
      do throws(MemoryMapError) {
        _ = try MemoryMap(
          architecture: .x86_64,
          pageSize: .kib4,
          maxOrder: order,
          ranges: [MemoryMap.Piece(node: 0, frames: FrameRange(start: 0x100, end: 0x4000))]
        )
        return nil
      } catch { return error }
    }
    #expect(error() == (order > 24 ? .maxOrderTooLarge(order) : nil))
  }

  @Test("a zone that ends before it begins is refused, an empty one is not")
  func backwardsZone() {
    func map(_ zone: ZoneLimit) -> MemoryMapError? {
      do throws(MemoryMapError) {
        _ = try MemoryMap(
          architecture: .x86_64,
          pageSize: .kib4,
          maxOrder: 10,
          ranges: [MemoryMap.Piece(node: 0, frames: FrameRange(start: 0x100, end: 0x4000))],
          zones: [ZoneLimit(kind: .normal, frames: FrameRange(start: 0, end: 0x4000)), zone]
        )
        return nil
      } catch { return error }
    }
    let empty = ZoneLimit(kind: .highMem, frames: FrameRange(start: 0x4000, end: 0x4000))
    let backwards = ZoneLimit(kind: .highMem, frames: FrameRange(start: 0x4000, end: 0x3000))
    #expect(map(empty) == nil)
    #expect(map(backwards) == .zoneBackwards(backwards))
  }

  @Test("vendor zones are refused by name")
  func vendorZones() {
    #expect(throws: MemoryMapError.unknownZone("NoSplit")) {
      try MemoryMap(
        architecture: .arm64,
        pageSize: .kib4,
        maxOrder: 10,
        ranges: [MemoryMap.Piece(node: 0, frames: FrameRange(start: 0x100, end: 0x4000))],
        zones: [
          ZoneLimit(kind: ZoneKind(name: "NoSplit"), frames: FrameRange(start: 0, end: 0x4000))
        ]
      )
    }
  }

  @Test("movable_node takes nodes from their first hot-pluggable range on")
  func movableNode() throws {
    var ranges = try Machines.pc(8).ranges
    ranges.append(
      MemoryMap.Piece(
        node: 1,
        frames: FrameRange(start: 0x240001, end: 0x300000),
        isHotPluggable: true
      )
    )
    let map = try MemoryMap(architecture: .x86_64, pageSize: .kib4, maxOrder: 10, ranges: ranges)
    let arguments = ZoneArguments(commandLine: "movable_node kernelcore=1G", pageSize: .kib4)
    let layout = BootLayout.predict(arguments: arguments, map: map)
    #expect(layout.path == .movableNode)
    #expect(layout.nodes.map(\.printedStart) == [nil, 0x240400])
    #expect(layout.nodes[1].kernelPages == PageCount(0x3ff))
  }

  @Test("mirrored memory: zones overlap, each page counts once")
  func mirror() throws {
    let ranges = [
      Machines.range(0, 0x1000, 0x9fc00, isMirrored: true),
      Machines.range(0, 1 << 20, 3 << 30, isMirrored: true),
      Machines.range(0, 4 << 30, 6 << 30, isMirrored: true),
      Machines.range(0, 6 << 30, 20 << 30),
      Machines.range(1, 20 << 30, 22 << 30, isMirrored: true),
      Machines.range(1, 22 << 30, 40 << 30),
    ]
    let map = try MemoryMap(architecture: .x86_64, pageSize: .kib4, maxOrder: 10, ranges: ranges)
    let arguments = ZoneArguments(commandLine: "kernelcore=mirror", pageSize: .kib4)
    let layout = BootLayout.predict(arguments: arguments, map: map)
    #expect(layout.path == .mirror)
    #expect(layout.nodes.map(\.printedStart) == [0x180000, 0x580000])
    #expect(layout.kernelPages + layout.movablePages == map.totalPages)
    #expect(layout.nodes[0].zone(.normal)?.spanned == PageCount(16 << 18))
    #expect(layout.nodes[0].zone(.normal)?.present == PageCount(2 << 18))
    #expect(layout.nodes[1].movablePages == PageCount(18 << 18))
  }

  @Test("HighMem: Movable is carved from it, percentages wrap at 32 bits")
  func highMem() throws {
    let map = try MemoryMap(
      architecture: .x86_32,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: [Machines.range(0, 0x1000, 0x9fc00), Machines.range(0, 1 << 20, 4 << 30)],
      zones: [
        ZoneLimit(kind: .dma, frames: FrameRange(start: 1, end: 0x1000)),
        ZoneLimit(kind: .normal, frames: FrameRange(start: 0x1000, end: 0x379fe)),
        ZoneLimit(kind: .highMem, frames: FrameRange(start: 0x379fe, end: 0x100000)),
      ]
    )
    let half = ZoneArguments(commandLine: "kernelcore=2G", pageSize: .kib4, is64Bit: false)
    let layout = BootLayout.predict(arguments: half, map: map)
    #expect(layout.nodes[0].zone(.highMem)?.frames.start == 0x379fe)
    #expect(layout.nodes[0].movableStart == 0x80400)
    let percent = ZoneArguments(commandLine: "kernelcore=50%", pageSize: .kib4, is64Bit: false)
    let total = map.totalPages.count
    let wrapped = (total * 100 * 50) % (1 << 32) / 10_000
    #expect(
      BootLayout.predict(arguments: percent, map: map).nodes[0].movableStart
        == BootLayout.predict(arguments: .kernelcore(PageCount(wrapped)), map: map).nodes[0]
        .movableStart
    )
  }
}
