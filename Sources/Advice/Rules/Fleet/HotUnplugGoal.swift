package import HostModel
package import KernelBehavior
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
  package struct Detail: FindingDetail {
    /// What would make all of it Movable.
    package enum Cure: Hashable, Sendable {
      /// Boot memory carries all that is added, under these arguments.
      case arguments([String])
      /// Boot memory carries some of it only.
      case memory(needed: ByteCount, upTo: MovableRatio, Carried)
    }

    /// What boot memory carries of what is added.
    package struct Carried: Hashable, Sendable {
      package var boot: ByteCount
      package var movable: ByteCount
      package var added: ByteCount
      /// None where no Movable is safe.
      package var arguments: [String]
    }

    package var request: GrowthStep
    package var size: ByteCount
    package var isOffline: Bool
    package var cure: Cure

    package var kind: String { isOffline ? "offline" : "kernel" }
    package var amounts: FindingAmounts { ["size": .bytes(size)] }

    fileprivate var place: String { isOffline ? "stays offline" : "goes to a kernel zone" }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .error }

  package static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.size.text) of \(detail.request.text) \(detail.place): it can't be unplugged",
      remedy: words(for: detail.cure)
    )
  }

  private static func words(for cure: Detail.Cure) -> String {
    switch cure {
    case .arguments(let arguments): "boot with \(arguments.joined(separator: " "))"
    case .memory(let needed, let limit, let carried) where carried.arguments.isEmpty:
      "boot with more memory: \(carried.boot.text) carries no Movable; \(carried.added.text) takes "
        + "\(needed.text) or more at \(limit)"
    case .memory(let needed, let limit, let carried):
      "boot with more memory, \(needed.text) or more for \(limit), and "
        + "\(carried.arguments.joined(separator: " ")): \(carried.boot.text) carries "
        + "\(carried.movable.text) of Movable, and \(carried.added.text) is added"
    }
  }

  /// The devices of which some memory ends outside ZONE_MOVABLE.
  package static func findings(in machineClass: ClassContext) -> [Finding] {
    guard machineClass.needsHotUnplug, let plan = machineClass.plan else { return [] }
    let cure = cure(plan)
    return plan.steps.compactMap { step in
      guard step.request.device.isRAM, step.outcome.failure == nil else { return nil }
      let lost = step.outcome.runs.filter { $0.zone != .movable }
      guard !lost.isEmpty else { return nil }
      let blocks = lost.map(\.blocks).reduce(0, +)
      let detail = Detail(
        request: step.request,
        size: plan.machine.blockSize * blocks,
        isOffline: lost.contains { $0.zone == nil },
        cure: cure
      )
      return finding(
        detail,
        on: step.request.subject,
        evidence: [Evidence("memory blocks outside of Movable", nil, "\(blocks)")]
      )
    }
  }

  /// The policy that onlines as Movable, where boot memory carries all that is added; else how far
  /// it does.
  private static func cure(_ plan: GrowthPlan) -> Detail.Cure {
    let added = plan.steps.filter { $0.request.device.isRAM }.map(\.request.size).total()
    let early = plan.machine.memory.kernelEarly.bytes(of: plan.pageSize)
    let carried = early.scaled(by: plan.arguments.ratio, over: 100)
    if carried >= plan.machine.memory.movable.bytes(of: plan.pageSize) + added {
      return .arguments(plan.arguments.arguments)
    }
    let limit = plan.machine.profile.limits.fine
    return .memory(
      needed: added.scaled(by: max(1, limit.kernel), over: max(1, limit.movable)),
      upTo: limit,
      Detail.Carried(
        boot: early,
        movable: carried,
        added: added,
        arguments: plan.arguments.ratio > 0 ? plan.arguments.arguments : []
      )
    )
  }
}
