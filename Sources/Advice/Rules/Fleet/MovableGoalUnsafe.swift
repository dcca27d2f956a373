package import HostModel

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

  package struct Detail: FindingDetail {
    package var goal: ByteCount
    package var mostSafe: ByteCount
    package var amounts: FindingAmounts { ["goal": .bytes(goal), "mostSafe": .bytes(mostSafe)] }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .error }

  package static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.goal.text) of Movable is the goal, and \(detail.mostSafe.text) is the most that is "
        + "safe"
    )
  }

  package static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  package static func findings(in machineClass: ClassContext) -> [Finding] {
    guard let wish = machineClass.assessment.wish, !wish.isSafe,
      let sizing = machineClass.assessment.sizing.value
    else { return [] }
    return [
      finding(
        Detail(goal: wish.movable, mostSafe: sizing.maxSafeMovable),
        on: .machineClass(machineClass.name),
        evidence: [
          Evidence("the kernel zones need \(sizing.neededKernel.text)"),
          Evidence("limited by", sizing.limitedBy.id),
        ]
      )
    ]
  }
}
