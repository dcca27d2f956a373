package import HostModel
package import Profiles

/// What a rule about a host may look at.
package struct RuleContext: Sendable {
  package let facts: HostFacts
  package let profile: Profile
  package let demand: Reading<Demand>
  package let current: CurrentBalance

  package var snapshot: HostSnapshot { facts.snapshot }
}

extension RuleContext {
  /// What rules may look at on that host.
  package init(_ snapshot: HostSnapshot, profile: Profile) throws(AssessmentError) {
    let facts = try HostFacts(snapshot)
    let demand = DemandModel(facts: facts, survey: TermMeasurement(facts), profile: profile)
      .demand()
    self.init(
      facts: facts,
      profile: profile,
      demand: demand,
      current: CurrentBalance.judge(facts, demand: demand, profile: profile)
    )
  }
}
