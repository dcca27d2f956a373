/// ZW801: a suppression that can't be taken at its word.
package enum SuppressionInvalid: SuppressionRule {
  package static let about = RuleDescription(
    code: "ZW801",
    slug: "suppression-invalid",
    title: "This suppression is not understood",
    causes: [],
    why: """
      A suppression names rules that there are, and a reason: without one nobody can tell later \
      whether it still holds. One that is not understood suppresses nothing.
      """,
    observes: "comments with zonewise-ignore, suppressions in .zonewise.yaml",
    severity: .error,
    remedy: "write zonewise-ignore RULE[,RULE] [until YYYY-MM-DD]: reason",
    reference: "Documentation/ci.md"
  )

  /// What is wrong with it.
  package enum Detail: FindingDetail {
    case noReason
    case badDay
    case noRule
    case unknownRule(String)
    /// It stands in a file whose kind has no comments.
    case noComment

    package var kind: String {
      switch self {
      case .noReason: "noReason"
      case .badDay: "badDay"
      case .noRule: "noRule"
      case .unknownRule: "unknownRule"
      case .noComment: "noComment"
      }
    }
    package var amounts: FindingAmounts { [:] }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .error }

  package static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .noReason: FindingText("it has no reason: write ': why' behind it")
    case .badDay: FindingText("until takes a day such as 2027-01-31")
    case .noRule: FindingText("it names no rule")
    case .unknownRule(let name): FindingText("no rule \(name); zonewise explain lists them")
    case .noComment:
      FindingText("a file of this kind has no comments, so this suppresses nothing")
    }
  }

  package static func remedy(for detail: Detail) -> Remedy {
    switch detail {
    case .noComment:
      .action("write it under suppressions: in .zonewise.yaml, with rule, paths and reason")
    case .noReason, .badDay, .noRule, .unknownRule: .action(about.remedy)
    }
  }
}
