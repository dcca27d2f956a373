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
}

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
}

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
}
