package import HostModel
package import KernelBehavior
internal import Profiles

/// How far a machine can grow by devices of one kind on one node.
package struct GrowthLimits: Sendable {
  let machine: GrowthMachine
  let device: HotplugDevice
  let node: NodeID
  /// How each device is onlined, where it says so itself.
  var onlined: OnlineType?
  /// The size of each device; nil for all in one piece.
  let piece: ByteCount?

  package init(
    machine: GrowthMachine,
    device: HotplugDevice,
    node: NodeID,
    onlined: OnlineType? = nil,
    piece: ByteCount? = nil
  ) {
    self.machine = machine
    self.device = device
    self.node = node
    self.onlined = onlined
    self.piece = piece
  }

  private var block: ByteCount { machine.blockSize }
  private var isGradual: Bool { device == .virtioMem || device == .block }

  private func step(_ size: ByteCount) -> GrowthStep {
    var step = GrowthStep(device: device, size: size, node: node)
    step.onlined = onlined
    return step
  }

  /// All that addresses allow to be added, in whole blocks.
  private var mostAddable: ByteCount {
    let end = machine.memory.end.address(pageSize: machine.pageSize)
    return MemoryBlockSize.addressLimit(machine.rules.architecture).subtractingOrZero(end)
      .roundedDown(to: block)
  }

  /// The total above which adding in one piece kills the machine or fails; nil where only the
  /// kernel's addresses end it.
  package func physicalLimit() -> ByteCount? {
    guard device.isRAM else { return nil }
    let most = mostAddable
    let largest = largestAddition(upTo: most) { addition in
      var simulation = GrowthSimulation(machine)
      return simulation.add(step(addition)).failure == nil
    }
    return largest == most ? nil : machine.size + largest
  }

  /// The largest total at which, on the way and at the end, the kernel zones hold what the profile
  /// expects with its margin and the ratio stays fine.
  package func maxSafeTotal() -> ByteCount {
    guard let piece else {
      return machine.size + largestAddition(upTo: mostAddable) { isSafe(addition: $0) }
    }
    // Steps below a block fill it one after the other: it is judged whole.
    let size = device == .virtioMem ? piece.roundedUp(to: block) : piece
    var simulation = GrowthSimulation(machine)
    guard simulation.isSafe else { return machine.size }
    for _ in 0..<Self.mostSteps {
      let before = simulation.total
      let outcome = simulation.add(step(size))
      guard outcome.failure == nil, simulation.isSafe else { return before }
    }
    return machine.size + mostAddable
  }

  /// Whether growing by so much is safe at every step.
  func isSafe(addition: ByteCount) -> Bool {
    var simulation = GrowthSimulation(machine)
    var left = addition
    let size = max(piece ?? addition, block)
    if addition == .zero { return simulation.isSafe }
    while left > 0 {
      let part = left.take(upTo: size)
      let outcome = simulation.add(step(part))
      guard outcome.failure == nil, simulation.isSafe else { return false }
    }
    return true
  }

  /// The largest number of blocks up to which `works` holds: probed in steps of 5 percent (devices
  /// that go block by block: of 100 percent) and by bisection in between.
  private func largestAddition(
    upTo most: ByteCount,
    _ works: (ByteCount) -> Bool
  ) -> ByteCount {
    func blocks(_ count: UInt64) -> ByteCount { block * count }
    let last = most.scaled(by: 1, over: block.count).count
    var low: UInt64 = 0
    var high: UInt64 = 1
    while high <= last {
      // More steps than anybody plans: only addresses are left to end it.
      if steps(blocks(high)) > Self.mostSteps { return most }
      guard works(blocks(high)) else { break }
      low = high
      high += max(1, high / (isGradual ? 1 : 20))
      if low < last, high > last { high = last }
    }
    if low == last { return most }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if works(blocks(middle)) { low = middle } else { high = middle }
    }
    return blocks(low)
  }

  /// Devices, or blocks that are decided one by one, that a probe goes through.
  private func steps(_ addition: ByteCount) -> UInt64 {
    if let piece, piece > 0 { return addition.scaled(by: 1, over: piece.count).count }
    return isGradual ? addition.scaled(by: 1, over: block.count).count : 1
  }

  /// A plan of more steps is nobody's; virtio-mem devices of 4 TiB in 128 MiB blocks still fit.
  private static let mostSteps: UInt64 = 1 << 15

  /// The largest device by which the machine can safely grow to `total`, again and again; nil where
  /// no size does.
  package func safeStep(upTo total: ByteCount) -> ByteCount? {
    let addition = total.subtractingOrZero(machine.size).roundedDown(to: block)
    guard addition > 0 else { return nil }
    var size = addition
    while size >= block {
      let limits = GrowthLimits(
        machine: machine,
        device: device,
        node: node,
        onlined: onlined,
        piece: size
      )
      if limits.steps(addition) <= Self.mostSteps, limits.isSafe(addition: addition) { return size }
      if size == block { return nil }
      size = max(block, size.scaled(by: 1, over: 2).roundedDown(to: block))
    }
    return nil
  }
}

extension GrowthSimulation {
  /// How the machine stands with what was added, by the same judgement as for a host.
  package func verdict() -> Verdict {
    guard let standing else { return judge().verdict }
    return isChanged ? max(judge().verdict, standing) : standing
  }

  /// Whether nothing is wrong that another device, or another policy for it, could mend.
  ///
  /// With the older lists user memory may take the kernel zones at worst, whatever is added: a setting
  /// of the machine cures that (ZW122), and growth doesn't.
  var isSafe: Bool { settled == .balanced }

  /// The verdict, but for what growth can't mend.
  var settled: Verdict {
    let judged = judge()
    guard judged.verdict == .tight, judged.reason == .whenFull, machine.full?.reclaim == .lists
    else {
      return judged.verdict
    }
    let need = machine.need
    let needed = need.growth(total: total) + need.spare(total: total)
    return needed <= full.likely ? .balanced : judged.verdict
  }

  /// The machine as a whole, with what makes it so.
  func judge() -> (verdict: Verdict, reason: BalanceReason?) {
    let machine = self.machine
    let need = machine.need
    let growth = need.growth(total: total)
    let spare = need.spare(total: total)
    return BalancePolicy(profile: machine.profile, pageSize: machine.pageSize).judge(
      BalancePolicy.Position(
        kernel: kernel,
        movable: movable,
        lateMovable: movable.subtractingOrZero(memory.movableEarly.bytes(of: machine.pageSize)),
        needed: need.now + growth + spare + machine.reserved,
        growth: growth,
        margin: spare,
        headroom: totalHeadroom,
        full: full,
        isFilled: machine.full != nil,
        total: kernel + movable,
        hasCPUs: true
      )
    )
  }

  /// What the kernel can take once user memory fills the machine: at worst, and likely.
  package var full: (least: ByteCount, likely: ByteCount) {
    guard let before = machine.full else { return (totalHeadroom, totalHeadroom) }
    var movable: [NodeID: ByteCount] = [:]
    for node in memory.nodes {
      let old = machine.memory.node(node.id)?.movable.present ?? .zero
      let more = node.movable.present.subtractingOrZero(old).bytes(of: machine.pageSize)
      if more > .zero { movable[node.id] = more }
    }
    let grown = before.grown(movable: movable, headroom: headroom).headroom
    return (grown.least, grown.likely)
  }

  /// What of that is left beyond what use of the added memory costs.
  package var fullInUse: ByteCount {
    full.least.subtractingOrZero(machine.need.growth(from: machine.size, to: total))
  }

  /// What the kernel can take after the step beyond what use of the added memory costs.
  package var headroomInUse: ByteCount {
    totalHeadroom.subtractingOrZero(machine.need.growth(from: machine.size, to: total))
  }
}
