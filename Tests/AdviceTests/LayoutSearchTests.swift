internal import Advice
internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Sizes that arguments really give")
struct LayoutSearchTests {
  static let gibibyte: UInt64 = 1 << 18

  /// Nodes one behind the other, with a PC's hole below 4 GiB on the first.
  static func machine(_ gibibytes: [UInt64]) throws -> MemoryMap {
    var ranges = [MemoryMap.Piece(node: 0, frames: FrameRange(start: 1, end: 0x9f))]
    ranges.append(MemoryMap.Piece(node: 0, frames: FrameRange(start: 0x100, end: 0xc0000)))
    var position: UInt64 = 0x10_0000
    for (index, size) in gibibytes.enumerated() {
      let pages = (index == 0 ? size - 3 : size) * gibibyte
      ranges.append(
        MemoryMap.Piece(
          node: NodeID(UInt32(index)),
          frames: FrameRange(
            start: PageFrameNumber(position),
            end: PageFrameNumber(position + pages)
          )
        )
      )
      position += pages
    }
    return try MemoryMap(architecture: .x86_64, pageSize: .kib4, maxOrder: 10, ranges: ranges)
  }

  static func need(_ gibibytes: [UInt64]) -> [NodeID: PageCount] {
    var need: [NodeID: PageCount] = [:]
    for (index, size) in gibibytes.enumerated() {
      need[NodeID(UInt32(index))] = PageCount(size * gibibyte)
    }
    return need
  }

  static let cases: [(nodes: [UInt64], need: [UInt64])] = [
    ([16], [4]), ([16], [1]), ([16, 16], [4, 4]), ([16, 16], [2, 1]), ([16, 16], [4, 1]),
    ([32, 4], [8, 2]), ([64, 64, 64, 64], [1, 1, 1, 8]), ([64, 64, 64, 64], [16, 16, 16, 16]),
    ([8, 1, 8], [3, 1, 2]), ([512, 512], [100, 20]), ([4, 4], [1, 1]), ([16, 16], [10, 3]),
  ]

  /// What an argument gives on a machine, by the kernel's own way.
  static func layout(_ argument: String, _ map: MemoryMap) -> BootLayout {
    BootLayout.predict(
      arguments: ZoneArguments(commandLine: argument, pageSize: .kib4),
      map: map
    )
  }

  static func keeps(_ layout: BootLayout, _ need: [NodeID: PageCount]) -> Bool {
    layout.nodes.allSatisfy { $0.kernelPages >= need[$0.id] ?? .zero }
  }

  /// Some 128 sizes of both forms, and every third percentage.
  static func otherArguments(_ map: MemoryMap) -> [String] {
    let total = map.totalPages.bytes(of: .kib4).count >> 20
    let step = max(32, total / 128 / 32 * 32)
    return stride(from: step, to: total, by: Int(step)).flatMap {
      ["kernelcore=\($0)M", "movablecore=\($0)M"]
    } + stride(from: 1, to: 100, by: 3).flatMap { ["kernelcore=\($0)%", "movablecore=\($0)%"] }
  }

  @Test(
    "no other argument gives more Movable and leaves every node its need",
    arguments: cases.indices
  )
  func most(_ index: Int) throws {
    let (nodes, sizes) = Self.cases[index]
    let map = try Self.machine(nodes)
    let need = Self.need(sizes)
    var search = LayoutSearch(map: map, kernel: .assumed)
    let answer = try search.largestMovable(keeping: LayoutSearch.Bounds(nodes: need))
    #expect(Self.layout(answer.argument, map) == answer.layout)
    #expect(Self.keeps(answer.layout, need))
    // A size in whole MiB is worth a hundredth of it.
    let most = answer.layout.movablePages.scaled(by: 101, over: 100)
    for other in Self.otherArguments(map) {
      let layout = Self.layout(other, map)
      #expect(
        layout.movablePages <= most || !Self.keeps(layout, need),
        "\(other) gives more than \(answer.argument)"
      )
    }
  }

  @Test(
    "sizes are in whole MiB",
    arguments: cases + [
      ([4, 4, 2, 2], [3, 1, 0, 0]), ([3, 5, 7], [1, 1, 1]), ([4, 4, 2, 6], [1, 1, 1, 1]),
      ([4, 4, 2, 2], [2, 2, 2, 1]),
    ]
  )
  func wholeMebibytes(_ nodes: [UInt64], _ sizes: [UInt64]) throws {
    let map = try Self.machine(nodes)
    let spares: [UInt64] = [0, 1, 1027]
    for (spare, block) in spares.flatMap({ [($0, PageCount?.none), ($0, PageCount(32_768))] }) {
      let need = Self.need(sizes).mapValues { $0 + PageCount(spare) }
      var search = LayoutSearch(map: map, kernel: .assumed, block: block)
      guard let answer = try? search.largestMovable(keeping: LayoutSearch.Bounds(nodes: need))
      else { continue }
      #expect(!answer.argument.hasSuffix("K"), "\(answer.argument)")
      #expect(Self.keeps(answer.layout, need))
    }
  }

  static let wishes: [UInt64] = [1, 2, 3, 5, 7, 13, 100]

  @Test("no other argument comes nearer to a wish from below", arguments: cases.indices, wishes)
  func nearest(_ index: Int, _ gibibytes: UInt64) throws {
    let map = try Self.machine(Self.cases[index].nodes)
    let wish = PageCount(gibibytes * Self.gibibyte)
    var search = LayoutSearch(map: map, kernel: .assumed)
    let answer = try search.largestMovable(keeping: LayoutSearch.Bounds(), atMost: wish)
    #expect(Self.layout(answer.argument, map) == answer.layout)
    #expect(answer.layout.movablePages <= wish)
    let above = try? search.smallestMovable(atLeast: wish)
    for other in Self.otherArguments(map) {
      let movable = Self.layout(other, map).movablePages
      #expect(
        movable <= answer.layout.movablePages || movable > wish,
        "\(other) is nearer to \(wish) pages than \(answer.argument)"
      )
      if let above {
        #expect(movable < wish || movable >= above.layout.movablePages, "\(other) lies between")
      } else {
        #expect(movable < wish, "\(other) reaches what is said to be out of reach")
      }
    }
  }

  @Test("the number is that of the layout, and keeps off its ends")
  func number() throws {
    let map = try Self.machine([5])
    var search = LayoutSearch(map: map, kernel: .assumed)
    let answer = try search.largestMovable(keeping: LayoutSearch.Bounds())
    // 3 GiB lie below 4 GiB: less is never Movable, whatever is asked for.
    #expect(answer.layout.movablePages == PageCount(2 * Self.gibibyte))
    #expect(answer.argument == "kernelcore=2944M")
    #expect(answer.holdsWithin > .mebibytes(100) && answer.holdsWithin < .mebibytes(128))
    #expect(Self.layout("kernelcore=3G", map).movablePages < answer.layout.movablePages)
  }

  // Of two nodes each gets half: 100 GiB of the first are 200 GiB in all, far above the 120 that are needed.
  @Test("a need that is met far above the least total is met just so")
  func farAbove() throws {
    let map = try Self.machine([512, 512])
    var search = LayoutSearch(map: map, kernel: .assumed)
    let bounds = LayoutSearch.Bounds(nodes: Self.need([100, 20]))
    let answer = try search.largestMovable(keeping: bounds)
    #expect(answer.argument == "kernelcore=200G")
    // The first node's boundary is a block further: 98 pages below 1 MiB are nobody's.
    let pages = 100 * Self.gibibyte
    #expect(answer.layout.nodes.map(\.kernelPages.count) == [pages + 926, pages])
  }

  @Test(
    "boundaries on memory blocks are preferred where they cost little",
    arguments: cases.indices
  )
  func aligned(_ index: Int) throws {
    let (nodes, sizes) = Self.cases[index]
    let map = try Self.machine(nodes)
    let bounds = LayoutSearch.Bounds(nodes: Self.need(sizes))
    var plain = LayoutSearch(map: map, kernel: .assumed)
    let least = try plain.largestMovable(keeping: bounds)
    let block = PageCount(1 << 15)
    var search = LayoutSearch(map: map, kernel: .assumed, block: block)
    let answer = try search.largestMovable(keeping: bounds)
    #expect(Self.layout(answer.argument, map) == answer.layout)
    #expect(Self.keeps(answer.layout, bounds.nodes))
    #expect(answer.layout.movablePages <= least.layout.movablePages)
    #expect(
      answer.layout.movablePages.count * 10 >= least.layout.movablePages.count * 9
    )
    if answer.isBlockAligned == true {
      for node in answer.layout.nodes {
        #expect(node.movableStart?.isMultiple(of: block) ?? true)
      }
    }
  }

  @Test("what no size can give is an error that names the node")
  func impossible() throws {
    var search = LayoutSearch(map: try Self.machine([16, 4]), kernel: .assumed)
    #expect(
      throws: LayoutSearch.Impossible.nodeTooSmall(
        1,
        pages: PageCount(4 * Self.gibibyte),
        need: PageCount(5 * Self.gibibyte)
      )
    ) { _ = try search.largestMovable(keeping: LayoutSearch.Bounds(nodes: Self.need([1, 5]))) }
    #expect(throws: LayoutSearch.Impossible.nodeWithoutMemory(7, need: 1)) {
      _ = try search.largestMovable(keeping: LayoutSearch.Bounds(nodes: [7: 1]))
    }
    let all = try Self.machine([16]).totalPages
    #expect(throws: LayoutSearch.Impossible.nothingLeft(need: all, total: all)) {
      var single = LayoutSearch(map: try Self.machine([16]), kernel: .assumed)
      _ = try single.largestMovable(keeping: LayoutSearch.Bounds(host: all))
    }
    // 3 of 16 GiB lie below 4 GiB.
    #expect(throws: LayoutSearch.Impossible.beyondReach(PageCount(14 * Self.gibibyte))) {
      var single = LayoutSearch(map: try Self.machine([16]), kernel: .assumed)
      _ = try single.smallestMovable(atLeast: PageCount(14 * Self.gibibyte))
    }
  }
}
