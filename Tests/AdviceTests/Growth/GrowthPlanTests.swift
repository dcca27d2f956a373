internal import Advice
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import Testing

@Suite("Growth without a host")
struct GrowthPlanTests {
  static let profile: Profile = {
    var profile = Profile(name: "test", title: "test")
    profile.growth[.pageTables] = Profile.Growth(floorShare: Profile.Share(1, 512))
    return profile
  }()

  private func settings(
    _ state: OnlineType,
    _ policy: OnlinePolicy = .contigZones,
    memmap: MemmapOnMemory = .no
  ) -> OnliningSettings {
    var settings = OnliningSettings()
    settings.defaultState = .init(state, from: "test")
    settings.policy = .init(policy, from: "test")
    settings.memmapOnMemory = .init(memmap, from: "test")
    return settings
  }

  private func plan(
    _ boot: ByteCount,
    _ goal: ByteCount,
    step: ByteCount? = nil,
    device: HotplugDevice = .dimm,
    _ settings: OnliningSettings
  ) throws -> GrowthPlan {
    try GrowthPlan.growing(
      from: boot,
      to: goal,
      step: step,
      device: device,
      profile: Self.profile,
      settings: settings
    )
  }

  @Test("1 GiB grows to 40 GiB and dies on the way to 60 GiB, as a field report has it")
  func fieldReport() throws {
    let works = try plan(.gibibytes(1), .gibibytes(40), settings(.onlineMovable))
    #expect(works.firstFailure == nil)
    let dies = try plan(.gibibytes(1), .gibibytes(60), settings(.onlineMovable))
    #expect(dies.firstFailure?.step == 1)
    #expect(dies.steps.first?.verdict == .impossible)
  }

  @Test("16 GiB cost the 256 MiB of descriptors and little else; a field report has 262 MiB")
  func cost() throws {
    let plan = try plan(.gibibytes(8), .gibibytes(24), settings(.onlineMovable))
    let paid = try #require(plan.steps.first?.outcome.paid.values.total())
    #expect(paid > .mebibytes(256) && paid < .mebibytes(264))
  }

  @Test("more boot memory never lowers a limit", arguments: [OnlineType.online, .onlineMovable])
  func monotone(state: OnlineType) throws {
    var physical = ByteCount.zero
    var safe = ByteCount.zero
    for boot in stride(from: UInt64(256), through: 8192, by: 256) {
      let machine = try GrowthMachine(
        boot: .mebibytes(boot),
        profile: Self.profile,
        settings: settings(state)
      )
      let limits = GrowthLimits(machine: machine, device: .dimm, node: 0)
      let next = limits.physicalLimit() ?? .max
      #expect(next >= physical, "\(boot) MiB")
      #expect(limits.maxSafeTotal() >= safe, "\(boot) MiB")
      physical = next
      safe = limits.maxSafeTotal()
    }
  }

  @Test("the boot memory that is asked for suffices, and a block less does not")
  func neededBoot() throws {
    for goal in [ByteCount.gibibytes(16), .gibibytes(48), .gibibytes(200)] {
      let boot = try #require(
        try plan(.gibibytes(1), goal, settings(.onlineMovable)).neededBoot
      )
      func isSafe(_ boot: ByteCount) throws -> Bool {
        let plan = try plan(boot, goal, settings(.onlineMovable))
        return plan.firstFailure == nil && plan.steps.allSatisfy { $0.verdict == .balanced }
      }
      #expect(try isSafe(boot))
      #expect(try !isSafe(boot.subtractingOrZero(.mebibytes(128))))
    }
  }

  @Test("auto-movable keeps 3:1, and every step stays balanced")
  func autoMovable() throws {
    let plan = try plan(
      .gibibytes(2),
      .gibibytes(64),
      step: .gibibytes(2),
      settings(.online, .autoMovable)
    )
    #expect(plan.steps.count == 31)
    #expect(plan.steps.prefix(3).allSatisfy { $0.zoneName == "Movable" })
    #expect(plan.steps.dropFirst(3).allSatisfy { $0.zoneName == "kernel" })
    #expect(plan.steps.allSatisfy { $0.verdict == .balanced })
    #expect(plan.arguments.ratio == 301)
  }

  @Test("memory that pays for itself has no physical limit below the addresses' own")
  func memmapOnMemory() throws {
    let plan = try plan(
      .gibibytes(1),
      .gibibytes(4),
      settings(.onlineMovable, memmap: .yes)
    )
    #expect(plan.steps.first?.outcome.memmap.payer == .device)
    #expect((plan.physicalLimit ?? .max) > .gibibytes(1024))
    #expect(plan.arguments.arguments.contains("memory_hotplug.memmap_on_memory=1"))
  }

  @Test("offline memory costs its descriptors and changes no zone")
  func offline() throws {
    let plan = try plan(.gibibytes(1), .gibibytes(3), settings(.offline))
    let step = try #require(plan.steps.first)
    #expect(step.zoneName == nil)
    #expect(step.movable == .zero)
    #expect(step.outcome.paid.values.total() > .mebibytes(32))
    #expect(plan.findings.contains { $0.code == "ZW503" })
  }

  @Test("a size that is no multiple of a block is refused whole, by kmem cut off")
  func blockMultiples() throws {
    let machine = try GrowthMachine(
      boot: .gibibytes(1),
      profile: Self.profile,
      settings: settings(.online)
    )
    let size = ByteCount.mebibytes(1000)
    var simulation = GrowthSimulation(machine)
    let dimm = simulation.add(GrowthStep(device: .dimm, size: size, node: 0))
    #expect(dimm.failure == .notABlockMultiple(block: .mebibytes(128)))
    #expect(simulation.total == .gibibytes(1))
    let cxl = simulation.add(GrowthStep(device: .cxl, size: size, node: 0))
    #expect(cxl.failure == nil)
    #expect(simulation.total == .gibibytes(1) + .mebibytes(896))
  }

  @Test("virtio-mem plugs sub-blocks: 2, 8 and 100 MiB are added, and fill the block they began")
  func subBlocks() throws {
    let machine = try GrowthMachine(
      boot: .gibibytes(1),
      profile: Self.profile,
      settings: settings(.onlineMovable)
    )
    var simulation = GrowthSimulation(machine)
    func add(_ size: ByteCount) -> GrowthSimulation.Outcome {
      simulation.add(GrowthStep(device: .virtioMem, size: size, node: 0))
    }
    // virtio_mem_init_hotplug: a sub-block is a pageblock, the block around it is added whole.
    let first = add(.mebibytes(2))
    #expect(first.failure == nil)
    #expect(first.memmap.bytes == .mebibytes(2))
    #expect(first.unplugged == .mebibytes(126))
    #expect(simulation.movable == .mebibytes(2))
    for size in [ByteCount.mebibytes(8), .mebibytes(100)] {
      let next = add(size)
      #expect(next.filled.left == size)
      #expect(next.filled.zone == .movable)
      #expect(next.memmap.bytes == .zero)
    }
    let crossing = add(.mebibytes(20))
    #expect(crossing.filled.left == .mebibytes(18))
    #expect(crossing.blocks { $0 == .movable } == 1)
    #expect(simulation.total == .gibibytes(1) + .mebibytes(130))
    #expect(simulation.movable == .mebibytes(130))
    #expect(add(.mebibytes(3)).failure == .notASubBlockMultiple(subBlock: .mebibytes(2)))
  }

  @Test("5 7/8 blocks of virtio-mem are a plan, and in kernel zones bring what is plugged")
  func partOfABlock() throws {
    let plan = try plan(
      .gibibytes(1),
      .mebibytes(1776),
      device: .virtioMem,
      settings(.onlineKernel)
    )
    let step = try #require(plan.steps.first)
    #expect(plan.firstFailure == nil)
    #expect(step.total == .mebibytes(1776))
    #expect(step.outcome.memmap.bytes == .mebibytes(12))
    #expect(step.outcome.unplugged == .mebibytes(16))
    #expect(plan.arguments.arguments.allSatisfy { !$0.contains("memmap_on_memory") })
  }

  @Test("a small machine that the kernel fills gets no Movable at all")
  func noMovable() throws {
    var heavy = Self.profile
    heavy.planned = [
      Profile.PlannedDemand(name: "all", amount: .size(.gibibytes(2)), basis: .host)
    ]
    let machine = try GrowthMachine(
      boot: .gibibytes(1),
      profile: heavy,
      settings: settings(.online)
    )
    let advice = OnlinePolicyArguments(machine, device: .dimm, upTo: nil)
    #expect(advice.ratio == 0)
    #expect(advice.arguments == ["memhp_default_state=online_kernel"])
  }

  @Test("a demand on the kernel lowers the ratio below the limit")
  func ratioFollowsNeed() throws {
    var ratios: [UInt64] = []
    for planned in stride(from: UInt64(0), through: 7, by: 1) {
      var profile = Self.profile
      profile.limits.fine = MovableRatio(movable: 30, kernel: 1)
      profile.planned = [
        Profile.PlannedDemand(name: "all", amount: .size(.gibibytes(planned)), basis: .host)
      ]
      let machine = try GrowthMachine(
        boot: .gibibytes(8),
        profile: profile,
        settings: settings(.online)
      )
      ratios.append(OnlinePolicyArguments(machine, device: .virtioMem, upTo: nil).ratio)
    }
    #expect(ratios == ratios.sorted(by: >))
    #expect((ratios.first ?? 0) > 2000 && (ratios.last ?? 0) < 301)
  }
}
