internal import HostModel

/// ZW602: as much Movable as the class shall have is more than its kernel zones can bear.
package enum MovableGoalUnsafe: ClassRule {
  package static let about = RuleDescription(
    code: "ZW602",
    slug: "movable-goal-unsafe",
    title: "The Movable memory that is wished for is not safe",
    causes: ["goals"] + RuleDescription.zoneArguments,
    why: """
      The class has a goal for ZONE_MOVABLE beyond what its kernel zones can give up: the kernel \
      would run out of memory while gigabytes are free.
      """,
    observes: "goals.movable against the largest safe ZONE_MOVABLE of the class",
    severity: .error,
    remedy: "lower the goal, or lower what the profile asks of the kernel zones",
    reference:
      "Documentation/admin-guide/mm/memory-hotplug.rst, ZONE_MOVABLE Sizing Considerations"
  )

  package static func findings(in machineClass: ClassContext) -> [Finding] {
    let assessment = machineClass.assessment
    guard let wish = assessment.wish, !wish.isSafe, let sizing = assessment.sizing.value else {
      return []
    }
    return [
      Finding(
        Self.self,
        .error,
        message: "\(wish.movable.text) of Movable is the goal, and "
          + "\(sizing.maxSafeMovable.text) is the most that is safe",
        evidence: [
          "the kernel zones need \(sizing.neededKernel.text)", "limited by \(sizing.limitedBy.id)",
        ]
      )
    ]
  }
}

/// ZW603: the command line makes less Movable than the class shall have.
package enum MovableGoalMissed: ClassRule {
  package static let about = RuleDescription(
    code: "ZW603",
    slug: "movable-goal-missed",
    title: "The command line makes less Movable than the goal",
    causes: RuleDescription.zoneArguments + ["goals"],
    why: """
      The class has a goal for ZONE_MOVABLE, and under its own command line it gets less: too \
      little memory for huge pages, or for taking away.
      """,
    observes: "goals.movable against the zones that the class's command line gives",
    severity: .warning,
    remedy: "boot with the arguments that zonewise cmdline gives for the goal",
    reference: "mm/mm_init.c, find_zone_movable_pfns_for_nodes"
  )

  package static func findings(in machineClass: ClassContext) -> [Finding] {
    let assessment = machineClass.assessment
    guard let wish = assessment.wish, wish.isSafe, wish.wish != .max else { return [] }
    let movable = assessment.current.movable
    // A boundary is rounded to the largest buddy block: a hundredth is no miss.
    guard movable * 100 < wish.movable * 99 else { return [] }
    let arguments = assessment.recommendation.arguments
    return [
      Finding(
        Self.self,
        .warning,
        message: "\(movable.text) is Movable, and the goal is \(wish.movable.text)",
        evidence: ["Movable \(movable.text), kernel \(assessment.current.kernel.text)"],
        remedy: arguments.isEmpty ? nil : "boot with \(arguments.joined(separator: " "))"
      )
    ]
  }
}
