package import HostModel
package import KernelBehavior
package import Profiles

/// How a machine grows step by step, how far it can, and with which arguments.
package struct GrowthPlan: Sendable {
  /// One device and the machine after it.
  package struct Step: Sendable {
    package var request: GrowthStep
    package var outcome: GrowthSimulation.Outcome
    package var total: ByteCount
    package var kernel: ByteCount
    package var movable: ByteCount
    package var headroom: ByteCount
    /// The same once user memory fills the machine.
    package var headroomWhenFull: ByteCount
    package var verdict: Verdict
    package var reason: BalanceReason?
    /// The verdict, but for what growth can't mend.
    var settled: Verdict

    package var ratio: MovableRatio { MovableRatio(movable, to: kernel) }
  }

  package struct Failure: Sendable {
    /// Counted from 1.
    package var step: Int
    package var total: ByteCount
    var request: GrowthStep
    var failure: GrowthSimulation.Failure

    package var reason: String { failure.text(for: request) }
  }

  package var machine: GrowthMachine
  package var source: SourceDescription?
  package var steps: [Step]
  package var firstFailure: Failure?
  /// Nil where only the kernel's addresses end growth.
  package var physicalLimit: ByteCount?
  package var maxSafeTotal: ByteCount
  /// The total that is asked for, and the boot memory that makes it safe.
  package var goal: ByteCount?
  package var neededBoot: ByteCount?
  package var safeStep: ByteCount?
  package var arguments: OnlinePolicyArguments
  /// All that is to be added, beyond a step that fails too.
  let requests: [GrowthStep]
  /// Whether what is added has to be removable: then only ZONE_MOVABLE will do.
  package var mustBeRemovable = false

  /// Worst first.
  package var findings: [Finding] {
    RuleRegistry.growth.flatMap { $0.findings(in: self) }.sorted { $0.severity > $1.severity }
  }

  /// User memory that fills the machine with all of it: as much as ZONE_MOVABLE holds.
  package var userMemory: ByteCount { steps.last?.movable ?? .zero }

  package var isBootPlan: Bool { source == nil }
  package var pageSize: PageSize { machine.pageSize }
}

extension GrowthPlan {
  /// Adds devices to a host, one after the other.
  package init(
    _ machine: GrowthMachine,
    adding requests: [GrowthStep],
    source: SourceDescription?,
    goal: ByteCount? = nil,
    piece: ByteCount? = nil
  ) {
    self.machine = machine
    self.source = source
    self.goal = goal
    self.requests = requests
    var simulation = GrowthSimulation(machine)
    steps = []
    firstFailure = nil
    for (index, request) in requests.enumerated() {
      let outcome = simulation.add(request)
      let failed = outcome.failure
      let judged = simulation.judge()
      steps.append(
        Step(
          request: request,
          outcome: outcome,
          total: simulation.total,
          kernel: simulation.kernel,
          movable: simulation.movable,
          headroom: simulation.headroomInUse,
          headroomWhenFull: simulation.fullInUse,
          verdict: failed == nil ? simulation.verdict() : .impossible,
          reason: failed == nil ? judged.reason : nil,
          settled: failed == nil ? simulation.settled : .impossible
        )
      )
      guard let failed else { continue }
      let total = simulation.total + (request.device.isRAM ? request.size : .zero)
      firstFailure = Failure(step: index + 1, total: total, request: request, failure: failed)
      break
    }
    let ram = requests.first { $0.device.isRAM }
    let limits = GrowthLimits(
      machine: machine,
      device: ram?.device ?? .dimm,
      node: ram?.node ?? machine.memory.nodes.first?.id ?? 0,
      onlined: ram?.onlined,
      piece: piece
    )
    physicalLimit = limits.physicalLimit()
    maxSafeTotal = limits.maxSafeTotal()
    let last = simulation.total
    safeStep = limits.safeStep(upTo: goal ?? last)
    arguments = OnlinePolicyArguments(
      machine,
      device: ram?.device ?? .dimm,
      adding: requests.filter(\.device.isRAM).map { ($0.node, $0.size) },
      upTo: goal
    )
  }

  /// Grows a virtual machine of which nothing but its size is known.
  ///
  /// - Parameters:
  ///   - boot: What it boots with.
  ///   - goal: What it shall reach.
  ///   - step: Size of each device; nil for one device.
  ///   - device: The kind of device.
  ///   - profile: What the workload asks of the kernel.
  ///   - settings: How added memory is onlined.
  /// - Returns: The plan, with the boot memory that the goal needs.
  /// - Throws: Why no machine has such memory.
  package static func growing(
    from boot: ByteCount,
    to goal: ByteCount,
    step: ByteCount?,
    device: HotplugDevice,
    profile: Profile,
    settings: OnliningSettings
  ) throws(MemoryMapError) -> GrowthPlan {
    let machine = try GrowthMachine(boot: boot, profile: profile, settings: settings)
    let node = NodeID(0)
    let addition = goal.subtractingOrZero(boot)
    let size = step ?? addition
    var requests: [GrowthStep] = []
    var left = addition
    while left > 0 {
      requests.append(GrowthStep(device: device, size: left.take(upTo: size), node: node))
    }
    var plan = GrowthPlan(machine, adding: requests, source: nil, goal: goal, piece: step)
    plan.neededBoot = neededBoot(for: goal, step: step, like: machine, device: device)
    return plan
  }

  /// The smallest boot memory, in blocks, from which growing to `goal` is safe.
  private static func neededBoot(
    for goal: ByteCount,
    step: ByteCount?,
    like machine: GrowthMachine,
    device: HotplugDevice
  ) -> ByteCount? {
    let block = ByteCount.mebibytes(128)
    func suffices(_ blocks: UInt64) -> Bool {
      let boot = block * blocks
      guard
        let machine = try? GrowthMachine(
          boot: boot,
          profile: machine.profile,
          settings: machine.settings
        )
      else { return false }
      let piece = step.map { max($0, machine.blockSize) }
      let limits = GrowthLimits(machine: machine, device: device, node: 0, piece: piece)
      let addition = goal.subtractingOrZero(boot).roundedUp(to: machine.blockSize)
      return limits.isSafe(addition: addition)
    }
    var low: UInt64 = 0
    var high = goal.roundedUp(to: block).scaled(by: 1, over: block.count).count
    guard suffices(high) else { return nil }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    return block * high
  }
}
