/// ZW802: a suppression whose day has come.
package enum SuppressionExpired: SuppressionRule {
  package static let about = RuleDescription(
    code: "ZW802",
    slug: "suppression-expired",
    title: "This suppression has expired",
    causes: [],
    why: "It was given an end, so that somebody looks again. From that day on it counts no more.",
    observes: "the date of a suppression against the day of the check",
    severity: .warning,
    remedy: "mend what was suppressed, or give it a new date and a reason why",
    reference: "Documentation/ci.md"
  )

  package struct Detail: FindingDetail {
    /// Codes of the rules.
    package var rules: [String]
    /// YYYY-MM-DD.
    package var day: String
    package var reason: String
    package var amounts: FindingAmounts { [:] }

    package init(rules: [String], day: String, reason: String) {
      self.rules = rules
      self.day = day
      self.reason = reason
    }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .warning }

  package static func words(for detail: Detail) -> FindingText {
    FindingText(
      "the suppression of \(detail.rules.joined(separator: ", ")) ended on \(detail.day): "
        + detail.reason
    )
  }

  package static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }
}
