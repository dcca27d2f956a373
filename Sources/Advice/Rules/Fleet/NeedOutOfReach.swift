internal import HostModel

/// ZW605: memory that a class needs in one piece, or unmoved, and that it does not get.
package enum NeedOutOfReach: ClassRule {
  package static let about = RuleDescription(
    code: "ZW605",
    slug: "need-out-of-reach",
    title: "What must be contiguous or pinned is not there",
    causes: [
      "needs", "hugepages", "hugepagesz", "hugetlb_cma", "cma", "numa_cma", "movablecore",
      "kernelcore",
    ],
    why: """
      Gigantic pages, CMA areas and pinned memory come out of certain zones, some of them only at \
      boot. What is given to ZONE_MOVABLE is lost for most of them, and what is not had fails late: \
      nr_hugepages gives fewer pages without an error, a pin fails with ENOMEM.
      """,
    observes: "needs of the class, and the zones that its arguments give",
    severity: .error,
    remedy: "boot with the arguments that give it: zonewise advise names them",
    reference: "mm/hugetlb.c; mm/cma.c; mm/gup.c, check_and_migrate_movable_pages"
  )

  package enum Detail: FindingDetail {
    /// It can be had, with other arguments.
    case arguments(NeedAnswer, arguments: [String])
    /// It can't be had on such machines.
    case impossible(NeedAnswer)

    package var kind: String {
      switch self {
      case .arguments(let answer, _): "arguments.\(answer.need.text)"
      case .impossible(let answer): "impossible.\(answer.need.text)"
      }
    }

    var answer: NeedAnswer {
      switch self {
      case .arguments(let answer, _), .impossible(let answer): answer
      }
    }

    package var amounts: FindingAmounts {
      ["asked": .bytes(answer.need.bytes), "had": .bytes(answer.there + answer.atRunTime)]
    }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .error }

  package static func words(for detail: Detail) -> FindingText {
    let answer = detail.answer
    let had = answer.amount(answer.there + answer.atRunTime)
    switch detail {
    case .arguments(_, let arguments):
      return FindingText(
        "\(answer.need.text): \(had) can be had as the class boots"
          + (answer.limits.first.map { "; \($0.text)" } ?? ""),
        remedy: "boot with \(arguments.joined(separator: " "))"
      )
    case .impossible:
      return FindingText(
        "\(answer.need.text) can't be had"
          + (answer.limits.last.map { ": \($0.text)" } ?? ""),
        remedy: "ask for less, or give the machines more memory"
      )
    }
  }

  package static func findings(in machineClass: ClassContext) -> [Finding] {
    guard let needs = machineClass.assessment.needs else { return [] }
    let advised = machineClass.assessment.recommendation.arguments
    return needs.all.compactMap { answer in
      let subject =
        answer.need.node.map { FindingSubject.node($0) } ?? .machineClass(machineClass.name)
      let seen = [
        Evidence("needs", nil, answer.need.text),
        Evidence("as it boots", nil, answer.amount(answer.there + answer.atRunTime)),
      ]
      guard answer.isMet else { return finding(.impossible(answer), on: subject, evidence: seen) }
      guard answer.way == .boot, !advised.isEmpty else { return nil }
      return finding(.arguments(answer, arguments: advised), on: subject, evidence: seen)
    }
  }
}
