/// ZW803: a suppression for which nothing was found.
package enum SuppressionUnused: SuppressionRule {
  package static let about = RuleDescription(
    code: "ZW803",
    slug: "suppression-unused",
    title: "This suppression suppresses nothing",
    causes: [],
    why: "What it was for is gone; left in place it would hide the next finding of the same rule.",
    observes: "suppressions that no finding met",
    severity: .note,
    remedy: "remove it",
    reference: "Documentation/ci.md"
  )

  package struct Detail: FindingDetail {
    /// Codes of the rules.
    package var rules: [String]
    package var amounts: FindingAmounts { [:] }

    package init(rules: [String]) { self.rules = rules }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .note }

  package static func words(for detail: Detail) -> FindingText {
    FindingText("nothing of \(detail.rules.joined(separator: ", ")) was found here")
  }

  package static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }
}
