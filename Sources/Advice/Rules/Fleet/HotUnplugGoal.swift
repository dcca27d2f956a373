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
      move: memory that is onlined to a kernel zone breaks the promise, and the first unmovable \
      page decides it for good. Memory that stays offline can always go.
      """,
    observes: "the zone that each device's blocks get under the class's onlining settings",
    severity: RuleSeverity(
      .warning ... .error,
      usual: .error,
      """
      error where the memory goes to a kernel zone, warning where nothing says who onlines it
      """
    ),
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

    /// Where the memory goes.
    package enum Place: Hashable, Sendable {
      case kernelZone
      /// One who chooses the zone itself, unless the command line does; and the ratio that all of it
      /// gives as Movable.
      case undecided(Onliner, MovableRatio)
    }

    package var request: GrowthStep
    package var size: ByteCount
    package var place: Place
    package var cure: Cure

    package var kind: String {
      switch place {
      case .kernelZone: "kernel"
      case .undecided: "undecided"
      }
    }
    package var amounts: FindingAmounts {
      guard case .undecided(_, let ratio) = place else { return ["size": .bytes(size)] }
      return ["size": .bytes(size), "movableToKernel": .ratio(ratio)]
    }
  }

  package static func severity(of detail: Detail) -> Finding.Severity {
    switch detail.place {
    case .kernelZone: .error
    case .undecided: .warning
    }
  }

  package static func words(for detail: Detail) -> FindingText {
    let what = "\(detail.size.text) of \(detail.request.text)"
    switch detail.place {
    case .kernelZone:
      return FindingText(
        "\(what) goes to a kernel zone: it can't be unplugged"
      )
    case .undecided(let onliner, let ratio):
      return FindingText(
        "whether \(what) can be unplugged depends on who onlines it: \(words(for: onliner)); all "
          + "of it as Movable is \(ratio)"
      )
    }
  }

  package static func remedy(for detail: Detail) -> Remedy {
    switch detail.cure {
    case .arguments(let arguments) where arguments.contains("movable_node"):
      .boot(arguments, note: "or bring its blocks online with online_movable")
    case .arguments(let arguments): .boot(arguments)
    case .memory: .action(words(for: detail.cure))
    }
  }

  private static func words(for onliner: Onliner) -> String {
    switch onliner {
    case .chmem: "chmem makes standby memory Movable unless it is told otherwise"
    case .daxctl: "daxctl makes it Movable, udev leaves it to the kernel's policy"
    case .driver, .udev, .dlpar:
      "a driver may make it Movable itself, udev leaves it to the kernel's policy"
    }
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
      let blocks = step.outcome.blocks { $0 != .movable }
      let filled = step.outcome.filled
      let inBegun = filled.zone.map { $0 != .movable } ?? false ? filled.left : .zero
      guard blocks > 0 || inBegun > 0 else { return nil }
      let lost = plan.machine.blockSize * blocks
      let isLastLost = step.outcome.runs.last?.zone.map { $0 != .movable } ?? false
      let detail = Detail(
        request: step.request,
        size: lost.subtractingOrZero(isLastLost ? step.outcome.unplugged : .zero) + inBegun,
        place: place(of: step, in: plan),
        cure: cure
      )
      return finding(
        detail,
        on: step.request.subject,
        evidence: [Evidence("memory blocks outside of Movable", nil, "\(blocks)")]
      )
    }
  }

  private static func place(of step: GrowthPlan.Step, in plan: GrowthPlan) -> Detail.Place {
    let machine = plan.machine
    let onliner = step.request.device.onliner(on: machine.rules.kernel)
    guard machine.settings.isAssumed, !onliner.leavesZoneToPolicy else { return .kernelZone }
    let added = plan.steps.filter { $0.request.device.isRAM }.map(\.request.size).total()
    let now = machine.memory
    return .undecided(
      onliner,
      MovableRatio(
        now.movable.bytes(of: machine.pageSize) + added,
        to: now.kernel.bytes(of: machine.pageSize)
      )
    )
  }

  /// The policy that onlines as Movable, where boot memory carries all that is added; else how far
  /// it does.
  private static func cure(_ plan: GrowthPlan) -> Detail.Cure {
    let added = plan.steps.filter { $0.request.device.isRAM }.map(\.request.size).total()
    let early = plan.machine.memory.kernelEarly.bytes(of: plan.pageSize)
    let carried = early.scaled(by: plan.arguments.ratio, over: 100)
    if let arguments = plan.cure({ $0.isMovable && $0.worst <= .unknown }) {
      return .arguments(arguments)
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
