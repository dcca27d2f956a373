package import HostModel
package import Profiles

/// What a rule about a host may look at.
package struct RuleContext: Sendable {
  package let facts: HostFacts
  package let profile: Profile
  package let demand: Reading<Demand>
  package let current: CurrentBalance
  /// This host's command line, as its kernel took it.
  let line: ArgumentContext

  init(
    facts: HostFacts,
    profile: Profile,
    demand: Reading<Demand>,
    current: CurrentBalance
  ) {
    self.facts = facts
    self.profile = profile
    self.demand = demand
    self.current = current
    line = ArgumentContext(facts, limits: profile.limits)
  }

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
