package import HostModel
package import Profiles

/// Makes an assessment of one host: same snapshot, profile and wish in, same answer out.
package enum Advisor {
  package static func assess(
    _ snapshot: HostSnapshot,
    profile: Profile,
    chosenBy choice: ProfileChoice,
    wish: MovableWish? = nil,
    suiting needs: ClassNeeds? = nil
  ) throws(AssessmentError) -> Assessment {
    let facts = try HostFacts(snapshot)
    let survey = TermMeasurement(facts)
    let demand = DemandModel(facts: facts, survey: survey, profile: profile).demand()
    let standing = CurrentBalance.judge(facts, demand: demand, profile: profile)
    let way = MovableWay(facts, suiting: needs)
    let sizing = demand.map { demand in
      let sums = Sizing.size(facts, demand: demand, profile: profile)
      guard case .boot(let boot) = way else { return sums }
      return sums.bounded(by: boot)
    }
    let answer = (wish ?? profile.goal).flatMap { wish in
      sizing.value.map { WishAnswer(wish, sizing: $0, way: way) }
    }
    let context = RuleContext(facts: facts, profile: profile, demand: demand, current: standing)
    var findings: [Finding] = []
    var passed: [String] = []
    var unknown = snapshot.unread
    for rule in RuleRegistry.host {
      switch rule.check(context) {
      case .passed: passed.append(rule.about.slug)
      case .found(let found): findings += found
      case .unknown(let input): unknown.append(input)
      case .notApplicable: break
      }
    }
    unknown += survey.untold.map {
      UnreadInput(
        input: $0.reason.input ?? $0.id.id,
        reason: "\($0.reason)",
        effect: $0.id == .pinned
          ? "long-term pins are not in the account"
          : "\($0.id.title) is part of what is unexplained"
      )
    }
    let recommendation = RecommendationMaker(
      facts: facts,
      standing: standing,
      demand: demand,
      sizing: sizing,
      way: way,
      answer: answer,
      profile: profile,
      isAsked: findings.contains { $0.severity > .note && $0.asksForLayout }
    ).make()
    return Assessment(
      snapshot: snapshot,
      pageSize: facts.pageSize,
      profile: profile,
      profileChoice: choice,
      current: standing,
      demand: demand,
      sizing: sizing,
      wish: answer,
      recommendation: recommendation,
      findings: findings.map { $0.decided(by: recommendation) }
        .sorted { $0.severity > $1.severity },
      passed: passed,
      unknown: unknown.merged
    )
  }
}
