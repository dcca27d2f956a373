internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Testing

@Suite("Facts about a layout")
struct LayoutFactTests {
  static func find(_ line: String, _ map: MemoryMap) throws -> [LayoutFact] {
    let inputs = BootLayoutInputs(map: map, kernel: .assumed)
    let arguments = inputs.arguments(line)
    return LayoutFacts.find(
      arguments,
      before: try inputs.predict(ZoneArguments()),
      after: try inputs.predict(arguments),
      inputs: inputs,
      blockSize: .mebibytes(128)
    )
  }

  @Test("a healthy argument has none")
  func none() throws {
    #expect(try Self.find("kernelcore=8188M", Machines.pc(16, 16)) == [])
  }

  @Test("a boundary inside a memory block is named with its address")
  func boundary() throws {
    #expect(
      try Self.find("kernelcore=8G", Machines.pc(16, 16)) == [
        .boundaryInsideBlock(
          0,
          start: ByteCount(0x1_4040_0000),
          block: .mebibytes(128),
          lost: .mebibytes(124)
        )
      ]
    )
  }

  @Test("low memory that counts first leaves a node without kernel memory")
  func lowMemory() throws {
    let found = try Self.find("kernelcore=2G", Machines.pc(16, 16))
    #expect(found.contains(.nodeWithoutKernelMemory(1, movable: .gibibytes(16))))
    #expect(
      found.contains {
        if case .lowMemoryCountsFirst(0, _, _, limit: .gibibytes(4)) = $0 { true } else { false }
      }
    )
  }

  // Of two nodes each is to have half of what is asked for; below 4 GiB the first has 3068 MiB.
  @Test(
    "low memory that is just its node's share takes nothing from the other",
    arguments: [("kernelcore=6136M", false), ("kernelcore=6132M", true)]
  )
  func lowMemoryIsShare(_ line: String, _ countsFirst: Bool) throws {
    let gibibyte = Machines.gibibyte
    let map = try MemoryMap(
      architecture: .x86_64,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: [
        Machines.range(0, 4 << 20, 3 * gibibyte), Machines.range(0, 4 * gibibyte, 17 * gibibyte),
        Machines.range(1, 17 * gibibyte, 33 * gibibyte),
      ]
    )
    let found = try Self.find(line, map).contains {
      if case .lowMemoryCountsFirst(0, _, _, _) = $0 { true } else { false }
    }
    #expect(found == countsFirst)
  }

  // 392 KiB below 1 MiB and at frame 0 are nobody's.
  @Test(
    "low memory that is just what was asked for is no surprise",
    arguments: [((3 << 20) - 392, false), ((3 << 20) - 396, true)]
  )
  func lowMemoryIsAsked(_ kibibytes: Int, _ stays: Bool) throws {
    let found = try Self.find("kernelcore=\(kibibytes)K", Machines.pc(16)).contains {
      if case .lowMemoryStays = $0 { true } else { false }
    }
    #expect(found == stays)
  }

  @Test("slivers and starved nodes are named")
  func slivers() throws {
    let found = try Self.find("kernelcore=3G", Machines.pc(16, 16))
    #expect(found.contains(.sliver(1, .normal, .mebibytes(4))))
    #expect(found.contains(.sliver(0, .normal, .mebibytes(4))))
    #expect(
      found.contains { if case .starvedNode(1, _, _) = $0 { true } else { false } }
    )
  }

  @Test("a node smaller than its share is all kernel memory")
  func smallNode() throws {
    #expect(
      try Self.find("kernelcore=12G", Machines.pc(32, 4)).contains {
        if case .nodeSmallerThanShare(1, size: .gibibytes(4), share: _) = $0 { true } else { false }
      }
    )
  }

  @Test("where all is kernel memory no share is missed")
  func allKernel() throws {
    let found = try Self.find("kernelcore=1T", Machines.pc(32, 4))
    #expect(found.count == 1)
    #expect(found.contains { if case .noMovable = $0 { true } else { false } })
  }

  @Test("too little to boot")
  func tooLittle() throws {
    #expect(
      try Self.find("kernelcore=8M", Machines.pc(2)).contains {
        if case .tooLittleKernelMemory = $0 { true } else { false }
      }
    )
  }

  @Test(
    "a word that gives no ZONE_MOVABLE is named with the reason",
    arguments: [
      ("movablecore=100%", "movablecore=100%", NoMovable.Reason.allPercent(100)),
      ("kernelcore=1T", "kernelcore=1T", .allMemory(.kibibytes((16 << 20) - 392))),
      (
        "kernelcore=1T movablecore=1G", "kernelcore=1T",
        .allMemory(.kibibytes((16 << 20) - 392))
      ),
      ("movable_node", "movable_node", .nothingHotPluggable),
      ("kernelcore=mirror", "kernelcore=mirror", .nothingMirrored),
    ]
  )
  func withoutEffect(line: String, word: String, reason: NoMovable.Reason) throws {
    let facts = try Self.find(line, Machines.pc(16))
    let lost = facts.compactMap { if case .noMovable(let lost) = $0 { lost } else { nil } }
    #expect(lost.map(\.word.argument.text) == [word])
    #expect(lost.map(\.reason) == [reason])
  }

  @Test(
    "a size that was misread asks for nothing",
    arguments: ["kernelcore=1.5G", "kernelcore=0%"]
  )
  func misread(line: String) throws {
    #expect(try Self.find(line, Machines.pc(16)) == [])
  }

  @Test("with both sizes the winner is named")
  func both() throws {
    let map = try Machines.pc(16)
    #expect(
      try Self.find("kernelcore=8G movablecore=4G", map).contains(.bothSizes(counts: .movablecore))
    )
    #expect(
      try Self.find("kernelcore=8G movablecore=12G", map).contains(.bothSizes(counts: .kernelcore))
    )
  }
}
