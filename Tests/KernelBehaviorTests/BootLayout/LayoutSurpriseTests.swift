internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Surprises of a layout")
struct LayoutSurpriseTests {
  static func find(_ line: String, _ map: MemoryMap) throws -> [LayoutSurprise] {
    let inputs = BootLayoutInputs(map: map, kernel: .assumed)
    let arguments = inputs.arguments(line)
    if arguments.crashes { return LayoutSurprises.misread(arguments) }
    return LayoutSurprises.find(
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
        .boundaryInsideBlock(0, start: ByteCount(0x1_4040_0000), block: .mebibytes(128))
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
    #expect(found.allSatisfy { !$0.description.isEmpty })
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

  @Test("sizes without effect are named with the reason")
  func withoutEffect() throws {
    let map = try Machines.pc(16)
    #expect(try Self.find("movablecore=100%", map).contains(.noMovable(asked: "movablecore=100%")))
    let large = try Self.find("kernelcore=1T", map)
    #expect(large.contains(.noMovable(asked: "kernelcore=1T")))
    #expect(
      large.contains {
        if case .largerThanMemory("kernelcore=1T", asked: _, memory: _) = $0 { true } else { false }
      }
    )
    #expect(
      try Self.find("kernelcore=1.5G", map) == [
        .misread(word: 0, text: "kernelcore=1.5G", trap: .fraction),
        .misread(word: 0, text: "kernelcore=1.5G", trap: .zeroPages),
      ]
    )
    #expect(try Self.find("movable_nodemask=1", map) == [.lookalike(text: "movable_nodemask=1")])
    #expect(try Self.find("movable_node", map) == [.nothingHotPluggable])
    #expect(try Self.find("kernelcore=mirror", map) == [.nothingMirrored])
  }

  @Test("with both sizes the winner is named")
  func both() throws {
    let map = try Machines.pc(16)
    #expect(
      try Self.find("kernelcore=8G movablecore=4G", map).contains(.bothSizes(winner: "movablecore"))
    )
    #expect(
      try Self.find("kernelcore=8G movablecore=12G", map).contains(.bothSizes(winner: "kernelcore"))
    )
  }
}
