package import HostModel
package import KernelBehavior
package import Profiles

/// Makes an assessment of one host: same snapshot, profile and wish in, same answer out.
package enum Advisor {
  package static func assess(
    _ snapshot: HostSnapshot,
    profile: Profile,
    chosenBy choice: ProfileChoice,
    wish: MovableWish? = nil,
    growing planned: PlannedDevices? = nil,
    needing needs: [MemoryNeed] = [],
    suiting classNeeds: ClassNeeds? = nil,
    under kernels: [Kernel] = [],
    booting line: String? = nil
  ) throws(AssessmentError) -> Assessment {
    let facts = try HostFacts(snapshot)
    let survey = TermMeasurement(facts)
    let kernels = kernels.isEmpty ? [facts.kernel] : kernels
    let all = MemoryNeed.merged([needs, profile.needs])
    // What the kernel needs in any case is not for needs to take.
    let own =
      all.isEmpty
      ? nil : DemandModel(facts: facts, survey: survey, profile: profile).demand().value
    return try meeting(all) {
      (needs) throws(AssessmentError) in
      try judge(
        facts,
        survey,
        profile: profile,
        chosenBy: choice,
        wish: wish ?? profile.goal,
        growing: planned,
        suiting: classNeeds,
        budget: needs.isEmpty ? nil : NeedsPlan(needs, facts: facts, demand: own, kernels: kernels),
        booting: line
      )
    }
  }

  private static func judge(
    _ facts: HostFacts,
    _ survey: TermMeasurement,
    profile: Profile,
    chosenBy choice: ProfileChoice,
    wish: MovableWish?,
    growing planned: PlannedDevices?,
    suiting classNeeds: ClassNeeds?,
    budget: NeedsPlan?,
    booting line: String?
  ) throws(AssessmentError) -> Assessment {
    let demand = DemandModel(
      facts: facts,
      survey: survey,
      profile: profile,
      asked: budget?.asked ?? []
    ).demand()
    var standing = CurrentBalance.judge(facts, demand: demand, profile: profile)
    let way = MovableWay(facts, suiting: classNeeds, adding: budget?.arguments ?? [])
    let plan = try plan(planned, for: facts, demand: demand, profile: profile)
    if let plan { standing.take(plan) }
    let sizing = demand.map { demand in
      let growth = plan.map {
        PlannedGrowth($0, adding: planned?.devices ?? [], margin: demand.margin)
      }
      var sums = Sizing.settled(
        facts,
        demand: demand,
        profile: profile,
        growth: growth ?? PlannedGrowth()
      )
      sums.gigantic = budget?.gigantic ?? []
      guard case .boot(let boot) = way else {
        guard facts.hasMovable, facts.highMemory == .zero, let machine = facts.full.value else {
          return sums
        }
        return sums.bounded(by: machine, demand)
      }
      return sums.bounded(by: boot)
    }
    let answer = wish.flatMap { wish in
      sizing.value.map { WishAnswer(wish, sizing: $0, way: way) }
    }
    let context = RuleContext(facts: facts, profile: profile, demand: demand, current: standing)
    var findings: [Finding] = []
    var passed: [String] = []
    var unknown = facts.snapshot.unread
    for rule in RuleRegistry.host {
      switch rule.check(context) {
      case .passed: passed.append(rule.about.slug)
      case .found(let found): findings += found
      case .unknown(let input): unknown.append(input)
      case .notApplicable: break
      }
    }
    findings += plan?.findings ?? []
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
      plan: plan,
      budget: budget,
      profile: profile,
      isAsked: findings.contains { $0.severity > .note && $0.asksForLayout }
    ).make()
    return Assessment(
      snapshot: facts.snapshot,
      pageSize: facts.pageSize,
      profile: profile,
      profileChoice: choice,
      current: standing,
      demand: demand,
      sizing: sizing,
      wish: answer,
      recommendation: recommendation,
      findings: findings.onePerCause.map { $0.decided(by: recommendation) }
        .sorted { $0.severity > $1.severity },
      passed: passed,
      unknown: unknown.merged,
      plan: plan,
      needs: budget.map { budget in
        guard let known = demand.value, let sizing = sizing.value else {
          return NeedsAnswer(budget.answers, unknown: demand.reason)
        }
        return NeedsOutcome(
          plan: budget,
          demand: known,
          sizing: sizing,
          way: way,
          recommendation: recommendation
        ).answer()
      },
      boot: line.map { line in
        Result { () throws(BootLayoutRefusal) in
          try BootOutcome(line, facts, demand: demand, sizing: sizing, profile: profile)
        }
      }
    )
  }

  /// What becomes of the devices that are planned for a machine; nil where there are none.
  ///
  /// - Throws: What is missing to plan them, or the first that no machine of this kind could be given.
  private static func plan(
    _ planned: PlannedDevices?,
    for facts: HostFacts,
    demand: Reading<Demand>,
    profile: Profile
  ) throws(AssessmentError) -> GrowthPlan? {
    guard let planned, case .known(let demand, _) = demand else { return nil }
    let machine = try GrowthMachine(
      facts,
      demand: demand,
      profile: profile,
      settings: planned.settings
    )
    if let obstacle = machine.obstacle(to: planned.devices, on: facts.snapshot) { throw obstacle }
    var plan = GrowthPlan(machine, adding: planned.devices, source: facts.snapshot.source)
    plan.mustBeRemovable = planned.mustBeRemovable
    return plan
  }
}
