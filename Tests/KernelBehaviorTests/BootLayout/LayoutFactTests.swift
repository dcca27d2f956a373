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
