/// A rule about a fleet's files rather than about one host: `zonewise check` asks it.
package protocol FleetRule: Rule {}

extension FleetRule {
  package static func check(_ context: RuleContext) -> RuleOutcome { .notApplicable }
}

/// The rules of `zonewise check` itself, in the order of their codes.
package enum FleetRules {
  package static let all: [any FleetRule.Type] = [
    HotUnplugGoal.self,
    MovableGoalUnsafe.self,
    MovableGoalMissed.self,
    SuppressionInvalid.self,
    SuppressionExpired.self,
    SuppressionUnused.self,
  ]
}
