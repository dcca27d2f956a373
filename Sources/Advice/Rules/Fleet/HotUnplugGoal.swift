internal import HostModel
internal import KernelBehavior
internal import Profiles

/// ZW601: memory that has to be unpluggable does not become Movable.
package enum HotUnplugGoal: ClassRule {
  package static let about = RuleDescription(
    code: "ZW601",
    slug: "hot-unplug-goal",
    title: "Added memory can't be taken away again",
    causes: ["memory_hotplug.online_policy", "memhp_default_state", "goals", "devices"],
    why: """
      The class has the goal hotUnplug: required. A block can go only if everything in it can \
      move: memory that is onlined to a kernel zone, or stays offline, breaks the promise, and the \
      first unmovable page decides it for good.
      """,
    observes: "the zone that each device's blocks get under the class's onlining settings",
    severity: .error,
    remedy: """
      online it as Movable: memory_hotplug.online_policy=auto-movable with a ratio that the boot \
      memory carries, or memhp_default_state=online_movable
      """,
    reference: "Documentation/admin-guide/mm/memory-hotplug.rst, Offlining and Zones"
  )

  /// The devices of a plan of which some memory ends outside ZONE_MOVABLE.
  package static func findings(in machineClass: ClassContext) -> [Finding] {
    guard machineClass.needsHotUnplug, let plan = machineClass.plan else { return [] }
    return plan.steps.compactMap { step in
      guard step.request.device.isRAM, step.outcome.failure == nil else { return nil }
      let lost = step.outcome.runs.filter { $0.zone != .movable }
      guard !lost.isEmpty else { return nil }
      let blocks = lost.map(\.blocks).reduce(0, +)
      let size = plan.machine.blockSize * blocks
      let place = lost.contains { $0.zone == nil } ? "stay offline" : "go to a kernel zone"
      return Finding(
        Self.self,
        .error,
        node: step.request.node,
        message: "\(size.text) of \(step.request.text) \(place): it can't be unplugged",
        evidence: ["\(blocks) of its memory blocks \(place)"],
        remedy: remedy(plan)
      )
    }
  }

  /// The policy that onlines as Movable, where boot memory carries all that is added; else how far
  /// it does.
  private static func remedy(_ plan: GrowthPlan) -> String {
    let added = plan.steps.filter { $0.request.device.isRAM }.map(\.request.size).total()
    let early = plan.machine.memory.kernelEarly.bytes(of: plan.pageSize)
    let carried = early.scaled(by: plan.arguments.ratio, over: 100)
    let arguments = plan.arguments.arguments.joined(separator: " ")
    if carried >= plan.machine.memory.movable.bytes(of: plan.pageSize) + added {
      return "boot with \(arguments)"
    }
    let limit = plan.machine.profile.limits.fine
    let needed = added.scaled(by: max(1, limit.kernel), over: max(1, limit.movable))
    guard plan.arguments.ratio > 0 else {
      return "boot with more memory: \(early.text) carry no Movable; \(added.text) take "
        + "\(needed.text) or more at \(limit)"
    }
    return "boot with more memory, \(needed.text) or more for \(limit), and \(arguments): "
      + "\(early.text) carry \(carried.text) of Movable, and \(added.text) are added"
  }
}
