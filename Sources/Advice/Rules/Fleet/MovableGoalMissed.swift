package import HostModel

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

  package struct Detail: FindingDetail {
    package var movable: ByteCount
    package var goal: ByteCount
    package var amounts: FindingAmounts { ["movable": .bytes(movable), "goal": .bytes(goal)] }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .warning }

  package static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.movable.text) is Movable, and the goal is \(detail.goal.text)"
    )
  }

  package static func remedy(for detail: Detail) -> Remedy {
    .layout("the goal needs \(detail.goal.subtractingOrZero(detail.movable).text) more of Movable")
  }

  package static func findings(in machineClass: ClassContext) -> [Finding] {
    let assessment = machineClass.assessment
    guard let wish = assessment.wish, wish.isSafe, wish.wish != .max else { return [] }
    let movable = assessment.current.movable
    // Nothing misses what arguments can give; a boundary is rounded to the largest buddy block, so a
    // hundredth is no miss either.
    let goal = min(wish.movable, wish.gives ?? wish.movable)
    guard movable * 100 < goal * 99 else { return [] }
    return [
      finding(
        Detail(
          movable: movable,
          goal: wish.movable
        ),
        on: .machineClass(machineClass.name),
        evidence: [
          Evidence("Movable \(movable.text), kernel \(assessment.current.kernel.text)")
        ]
      )
    ]
  }
}
