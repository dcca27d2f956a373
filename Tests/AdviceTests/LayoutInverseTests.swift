internal import Advice
internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("The smallest size that suffices")
struct LayoutInverseTests {
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

  @Test(
    "fed back it satisfies every node, and one step less does not",
    arguments: cases.indices,
    [LayoutInverse.Form.kernelcore, .movablecore]
  )
  func smallest(_ index: Int, _ form: LayoutInverse.Form) throws {
    let (nodes, sizes) = Self.cases[index]
    let map = try Self.machine(nodes)
    let need = Self.need(sizes)
    var inverse = LayoutInverse(map: map, kernel: .assumed)
    let answer = try inverse.solve(form, need: need)

    func suffices(_ size: ByteCount) -> Bool {
      let line = "\(form.rawValue)=\(size.count >> 10)K"
      let arguments = ZoneArguments(commandLine: line, pageSize: .kib4)
      let layout = BootLayout.predict(arguments: arguments, map: map)
      return layout.nodes.allSatisfy { $0.kernelPages >= need[$0.id] ?? .zero }
    }
    #expect(suffices(answer.size))
    let arguments = ZoneArguments(commandLine: answer.argument, pageSize: .kib4)
    #expect(BootLayout.predict(arguments: arguments, map: map) == answer.layout)
    #expect(answer.layout.movablePages > 0)
    let step = map.startAlignment.bytes(of: .kib4)
    if form == .kernelcore {
      #expect(answer.size <= step || !suffices(answer.size.subtractingOrZero(step)))
    } else {
      let more = answer.size + step
      #expect(more >= map.totalPages.bytes(of: .kib4) || !suffices(more))
    }
  }

  @Test("boundaries on memory blocks are preferred", arguments: cases.indices)
  func aligned(_ index: Int) throws {
    let (nodes, sizes) = Self.cases[index]
    let map = try Self.machine(nodes)
    let need = Self.need(sizes)
    var inverse = LayoutInverse(map: map, kernel: .assumed)
    let least = try inverse.solve(.kernelcore, need: need)
    let block = ByteCount.mebibytes(128)
    let answer = try inverse.solve(.kernelcore, need: need, block: block.pages(of: .kib4))
    #expect(answer.isBlockAligned == true)
    #expect(answer.size >= least.size)
    #expect(answer.size.subtractingOrZero(least.size) <= block * UInt64(nodes.count + 1))
    for node in answer.layout.nodes {
      #expect(node.kernelPages >= need[node.id] ?? .zero)
      let start = node.movableStart?.address(pageSize: .kib4) ?? .zero
      #expect(start.count % block.count == 0)
    }
  }

  @Test("what can't be is said of the node")
  func impossible() throws {
    var inverse = LayoutInverse(map: try Self.machine([16, 4]), kernel: .assumed)
    #expect(
      throws: LayoutInverse.Impossible.nodeTooSmall(
        1,
        pages: PageCount(4 * Self.gibibyte),
        need: PageCount(5 * Self.gibibyte)
      )
    ) {
      try inverse.solve(.kernelcore, need: Self.need([1, 5]))
    }
    #expect(throws: LayoutInverse.Impossible.nodeWithoutMemory(7, need: 1)) {
      try inverse.solve(.kernelcore, need: [7: 1])
    }
    let all = PageCount(16 * Self.gibibyte - 98)
    #expect(throws: LayoutInverse.Impossible.noSizeSuffices(0, need: all)) {
      var single = LayoutInverse(map: try Self.machine([16]), kernel: .assumed)
      _ = try single.solve(.kernelcore, need: [0: all])
    }
  }
}
