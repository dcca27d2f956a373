internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Auto-movable")
struct AutoMovableTests {
  private typealias Machine = HotplugMachine

  @Test(
    "24 GiB go onto an 8 GiB PC at 301 percent and not at 300",
    arguments: [(UInt64(300), ZoneKind.normal), (301, .movable)]
  )
  func boundary(ratio: UInt64, zone: ZoneKind) {
    // 8 GiB without the 98 pages that firmware keeps below 1 MiB: 6291162 < 6291456 pages.
    var memory = Machine.machine(Machine.node(0, early: 2_097_054))
    let zones = Machine.add(
      192,
      to: &memory,
      kind: Machine.dimm(192),
      settings: Machine.settings(ratio: ratio)
    )
    #expect(zones == Array(repeating: zone, count: 192))
  }

  @Test("the percentage is taken of whole pages, rounded down")
  func rounding() {
    let memory = Machine.machine(Machine.node(0, early: 199))
    let policy = AutoMovable(ratio: 101, numaAware: false)
    #expect(policy.room(in: memory, group: nil, node: nil) == 200)
    #expect(policy.allows(200, in: memory, group: nil, node: nil))
    #expect(!policy.allows(201, in: memory, group: nil, node: nil))
  }

  @Test("a DIMM goes to one zone as a whole: its remaining size must fit")
  func wholeDevice() {
    var memory = Machine.machine(Machine.node(0, early: Machine.block * 8))
    let settings = Machine.settings(ratio: 300)
    #expect(
      Machine.add(20, to: &memory, kind: Machine.dimm(20), settings: settings).last == .movable
    )
    // Four more blocks would fit; a DIMM of five goes to the kernel, one of four to Movable.
    #expect(Machine.add(5, to: &memory, kind: Machine.dimm(5), settings: settings).first == .normal)
    #expect(
      Machine.add(4, to: &memory, kind: Machine.dimm(4), settings: settings).first == .movable
    )
  }

  @Test("the rest of a DIMM that has kernel memory becomes kernel memory")
  func kernelMemoryInGroup() {
    var memory = Machine.machine(Machine.node(0, early: Machine.block * 8))
    var group = HotplugMemory.Group(Machine.dimm(2), node: 0)
    group.kernel = Machine.block
    memory.groups = [group]
    let refusal = AutoMovable(ratio: 301, numaAware: true).refusal(
      of: 0x200000,
      in: memory,
      node: 0,
      group: 0
    )
    #expect(refusal == .groupHasKernelMemory)
  }

  @Test("blocks without a group are decided alone, and kernel blocks allow for nothing")
  func noGroup() {
    var memory = Machine.machine(Machine.node(0, early: Machine.block))
    let zones = Machine.add(6, to: &memory, settings: Machine.settings())
    #expect(zones == [.movable, .movable, .movable, .normal, .normal, .normal])
  }

  @Test("kernel blocks of a virtio-mem device allow for Movable of the same device only")
  func dynamicGroup() {
    var memory = Machine.machine(Machine.node(0, early: Machine.block))
    let settings = Machine.settings(ratio: 300)
    let zones = Machine.add(
      11,
      to: &memory,
      kind: .dynamic(unit: Machine.block),
      settings: settings
    )
    #expect(
      zones == [
        .movable, .movable, .movable, .normal, .movable, .movable, .movable, .normal, .movable,
        .movable, .movable,
      ]
    )
    // The boot memory is used up: a DIMM finds nothing, although the device has kernel memory.
    #expect(Machine.add(1, to: &memory, kind: Machine.dimm(1), settings: settings) == [.normal])
  }

  @Test("a unit larger than a block goes to one zone")
  func unit() {
    let memory = Machine.machine(Machine.node(0, early: Machine.block))
    var grown = memory
    grown.groups = [HotplugMemory.Group(.dynamic(unit: Machine.block * 4), node: 0)]
    let policy = AutoMovable(ratio: 301, numaAware: true)
    #expect(policy.refusal(of: 0x200000, in: grown, node: 0, group: 0) == .ratio)
    #expect(
      policy.refusal(
        of: 0x200000,
        in: grown,
        node: 0,
        group: 0,
        movableInUnit: Machine.block
      ) == nil
    )
    #expect(
      policy.refusal(
        of: 0x200000,
        in: grown,
        node: 0,
        group: 0,
        unitHasKernelPages: true
      )
        == .groupHasKernelMemory
    )
  }

  @Test("CMA counts as Movable, and a ratio of zero refuses everything")
  func cma() {
    var node = Machine.node(0, early: 1000)
    node.kernelZones[0].cma = 200
    let memory = Machine.machine(node)
    #expect(
      AutoMovable(ratio: 100, numaAware: false).room(in: memory, group: nil, node: nil) == 600
    )
    let none = AutoMovable(ratio: 0, numaAware: false)
    #expect(none.refusal(of: 0, in: memory, node: 0, group: nil) == .ratioIsZero)
  }

  @Test("each node must keep the ratio where the policy is NUMA aware")
  func nodes() {
    for (aware, zone) in [(true, ZoneKind.normal), (false, .movable)] {
      var memory = Machine.machine(
        Machine.node(0, early: Machine.block * 8),
        Machine.node(1, early: 0)
      )
      let zones = Machine.add(
        8,
        to: &memory,
        node: 1,
        kind: Machine.dimm(8),
        settings: Machine.settings(numaAware: aware)
      )
      #expect(zones.first == zone, "a node without boot memory, numa_aware \(aware)")
    }
  }

  @Test("hot-added kernel memory does not count")
  func earlyOnly() {
    var memory = Machine.machine(Machine.node(0, early: Machine.block))
    _ = Machine.add(100, to: &memory, type: .onlineKernel, settings: Machine.settings())
    #expect(memory.kernelEarly == Machine.block)
    let zones = Machine.add(4, to: &memory, kind: Machine.dimm(4), settings: Machine.settings())
    #expect(zones.first == .normal)
  }

  // MARK: Working a ratio out

  @Test("the ratio that lets memory in is the smallest one", arguments: [1, 98, 32768, 2_097_054])
  func smallest(early: UInt64) throws {
    for movable in [UInt64(1), 97, 6_291_456, 12_345_678] {
      let ratio = try #require(
        AutoMovable.smallestRatio(admitting: PageCount(movable), onto: PageCount(early))
      )
      #expect(PageCount(early).scaled(by: ratio, over: 100) >= PageCount(movable))
      #expect(ratio == 0 || PageCount(early).scaled(by: ratio - 1, over: 100) < PageCount(movable))
    }
  }

  @Test("24 GiB on 8 GiB take 301 percent, as the kernel's default has it")
  func kernelDefault() {
    #expect(AutoMovable.smallestRatio(admitting: 6_291_456, onto: 2_097_054) == 301)
    #expect(AutoMovable.smallestRatio(admitting: 1, onto: 0) == nil)
  }

  @Test("more boot memory never lowers the safe ratio, more need never raises it")
  func monotone() {
    func ratio(_ early: UInt64, _ needed: UInt64) -> UInt64 {
      AutoMovable.largestSafeRatio(
        kernelEarly: PageCount(early),
        needed: PageCount(needed),
        cost: (1, 40),
        limit: PageCount(early * 30)
      )
    }
    for early in stride(from: UInt64(10_000), to: 500_000, by: 10_000) {
      #expect(ratio(early + 10_000, 20_000) >= ratio(early, 20_000))
      #expect(ratio(early, 30_000) <= ratio(early, 20_000))
    }
    #expect(ratio(10_000, 20_000) == 0)
  }
}
