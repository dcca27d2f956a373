internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Contig-zones and explicit onlining")
struct ZoneChoiceTests {
  private typealias Machine = HotplugMachine
  private let contiguous = HotplugMachine.settings(policy: .contigZones)

  @Test("memory above everything becomes kernel memory, with movable_node Movable")
  func above() {
    for (movableNode, zone) in [(false, ZoneKind.normal), (true, .movable)] {
      var memory = Machine.machine(Machine.node(0, early: Machine.block * 8))
      let settings = Machine.settings(movableNode: movableNode, policy: .contigZones)
      #expect(Machine.add(2, to: &memory, settings: settings) == [zone, zone])
    }
  }

  @Test("a block inside the span of one zone joins it, inside both it does not")
  func inside() {
    var node = Machine.node(0, early: Machine.block * 8, from: 0)
    node.movable.frames = FrameRange(
      start: PageFrameNumber((Machine.block * 8).count),
      pages: Machine.block * 8
    )
    var memory = Machine.machine(node)
    let hole = PageFrameNumber((Machine.block * 10).count)
    func choice() -> ZoneChoice {
      memory.choice(for: hole, on: 0, group: nil, type: .online, settings: contiguous)
    }
    #expect(choice() == ZoneChoice(zone: .movable, reason: .continuesZone(.movable)))
    memory.nodes[0].kernelZones[0].frames.end = node.movable.frames.end
    #expect(choice() == ZoneChoice(zone: .normal, reason: .undecided(movableNode: false)))
  }

  @Test("online_kernel takes the lowest zone that spans the block, else Normal")
  func kernelZone() {
    var low = HotplugMemory.Zone(.dma32)
    low.frames.end = 0x100000
    var memory = HotplugMemory(
      nodes: [HotplugMemory.Node(id: 0, kernelZones: [low])],
      blockPages: Machine.block
    )
    func zone(_ first: PageFrameNumber) -> ZoneKind {
      memory.choice(for: first, on: 0, group: nil, type: .onlineKernel, settings: contiguous).zone
    }
    #expect(zone(0x80000) == .dma32)
    #expect(zone(0x100000) == .normal)
    memory.online(0x100000, on: 0, group: nil, zone: .normal)
    #expect(memory.node(0)?.kernelZones.map(\.kind) == [.dma32, .normal])
  }

  @Test("online_movable always gives Movable, whatever the policy")
  func movable() {
    var memory = Machine.machine(Machine.node(0, early: 0))
    let settings = Machine.settings(ratio: 0)
    #expect(Machine.add(2, to: &memory, type: .onlineMovable, settings: settings).first == .movable)
  }

  @Test("a node that was empty gets its zones")
  func newNode() {
    var memory = Machine.machine(Machine.node(0, early: Machine.block))
    _ = Machine.add(1, to: &memory, node: 3, type: .onlineMovable, settings: contiguous)
    #expect(memory.nodes.map(\.id) == [0, 3])
    #expect(memory.node(3)?.movable.present == Machine.block)
  }
}
