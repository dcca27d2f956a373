internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles

/// Chooses what to do: nothing, boot arguments, or an onlining policy.
struct RecommendationMaker {
  let facts: HostFacts
  let standing: CurrentBalance
  let demand: Reading<Demand>
  let sizing: Reading<Sizing>
  let way: MovableWay
  let answer: WishAnswer?
  let plan: GrowthPlan?
  let budget: NeedsPlan?
  let profile: Profile
  /// Whether something that was found asks for other zones, whatever the verdict is.
  var isAsked = false

  func make() -> Recommendation {
    let own = zones()
    guard let budget, budget.takesBoot, case .known(let sizing, _) = sizing else { return own }
    return meeting(budget, own, sizing)
  }

  /// What to do about zones.
  private func zones() -> Recommendation {
    guard case .known(let sizing, _) = sizing else {
      return Recommendation(
        method: .none,
        reason: .demandUnknown
      )
    }
    if let answer { return self.for(answer.movable, sizing) }
    if standing.highMemory > .zero {
      let isShort = standing.verdict >= .tight
      return Recommendation(method: .none, reason: isShort ? .highMemory : .zonesFit)
    }
    if let plan, case .devices = standing.reason, standing.movable == .zero {
      return policy(for: plan)
    }
    guard standing.movable > 0 else {
      return Recommendation(
        method: .none,
        reason: .notAsked(safe: sizing.maxSafeMovable)
      )
    }
    guard standing.verdict >= .tight || isAsked else {
      return Recommendation(method: .none, reason: .zonesFit)
    }
    return self.for(standing.movable, sizing)
  }

  /// Reaches up to that much Movable by the way that fits how this host gets its zones.
  private func `for`(_ movable: ByteCount, _ sizing: Sizing) -> Recommendation {
    guard sizing.maxSafeMovable > .zero else {
      if let plan, sizing.limitedBy == .devices { return policy(for: plan) }
      return Recommendation(
        method: .none,
        reason: .noneIsSafe(needed: sizing.neededKernel)
      )
    }
    switch way {
    case .onlining: return onlinePolicy()
    case .boot(let boot): return bootArguments(movable, sizing, boot)
    case .unknown(let refusal):
      return Recommendation(
        method: .none,
        reason: .notPredicted(refusal)
      )
    }
  }

  private var arguments: [KernelArgument] {
    facts.arguments
  }

  private func has(_ name: String) -> Bool {
    arguments.contains { $0.normalizedName == name }
  }

  /// The kernel's own policy for memory as it comes, with the ratio worked out for this host.
  private func onlinePolicy() -> Recommendation {
    guard let demand = demand.value,
      let policy = OnlinePolicyArguments(facts: facts, demand: demand, profile: profile)
    else {
      return Recommendation(
        method: .none,
        reason: .blocksUnknown
      )
    }
    return Recommendation(
      method: .onlinePolicy,
      arguments: policy.arguments,
      rebootNeeded: true,
      reason: .policy(policy.reason)
    )
  }

  /// The policy under which the devices that are planned don't bring too much Movable: boot memory
  /// is all the kernel's.
  private func policy(for plan: GrowthPlan) -> Recommendation {
    Recommendation(
      method: .onlinePolicy,
      arguments: plan.arguments.arguments,
      remove: Self.competing.filter(has),
      rebootNeeded: true,
      reason: .devices(plan.arguments.reason)
    )
  }

  // MARK: Boot arguments

  /// The argument that comes nearest to `movable` from below while every node keeps what it needs.
  private func bootArguments(
    _ movable: ByteCount,
    _ sizing: Sizing,
    _ boot: BootSizes
  ) -> Recommendation {
    let found: LayoutSearch.Answer
    do throws(LayoutSearch.Impossible) {
      found = try (answer?.found ?? boot.largest(sizing, atMost: movable)).get()
    } catch {
      var policy = onlinePolicy()
      policy.reason = .noArgument(error, instead: policy.reason)
      return policy
    }
    if let reason = reachedAlready(found, boot) {
      return Recommendation(method: .none, reason: reason)
    }
    return recommend(found, boot)
  }

  /// Why nothing is to be done, where the zones are as good as arguments make them.
  private func reachedAlready(
    _ found: LayoutSearch.Answer,
    _ boot: BootSizes
  ) -> Recommendation.Reason? {
    guard facts.asksForMovableAtBoot else { return nil }
    let page = facts.pageSize
    var differ: [NodeID: ByteCount] = [:]
    for node in found.layout.nodes {
      let now = facts.nodes.first { $0.node == node.id }?.movablePresent ?? .zero
      let then = node.movablePages.bytes(of: page)
      differ[node.id] = Swift.max(now, then).subtractingOrZero(Swift.min(now, then))
    }
    if differ.values.allSatisfy({ $0 == .zero }) {
      return standing.verdict > .balanced ? .noSizeHelps : .booted
    }
    // Needs are measured anew under every layout: a few MiB are no reason for a reboot.
    guard standing.verdict <= .balanced else { return nil }
    let tolerance = Swift.max(boot.blockSize ?? .zero, .mebibytes(128))
    let isNear = differ.allSatisfy { node, size in
      let total = facts.nodes.first { $0.node == node }?.total ?? .zero
      return size <= Swift.max(tolerance, total.scaled(by: 1, over: 50))
    }
    return isNear ? .nearEnough : nil
  }

  private func recommend(_ found: LayoutSearch.Answer, _ boot: BootSizes) -> Recommendation {
    let words = [found.argument] + (budget?.arguments ?? [])
    return Recommendation(
      method: .bootArguments,
      arguments: words,
      remove: Self.competing.filter { $0 != "kernelcore" && has($0) } + (budget?.remove ?? []),
      rebootNeeded: true,
      reason: .nearest(
        isWished: answer.map { $0.wish != .max } ?? false,
        isBlockAligned: found.isBlockAligned,
        roundedUp: found.roundedUp
      ),
      predicted: predict(words, removing: Self.competing + (budget?.remove ?? []), boot),
      holdsWithin: found.holdsWithin,
      memberDrift: found.memberDrift
    )
  }

  /// The zones under the host's own command line with these words in it.
  private func predict(
    _ words: [String],
    removing names: [String],
    _ boot: BootSizes
  ) -> Prediction? {
    let own = Set(words.compactMap { KernelCommandLineText.arguments($0).first?.normalizedName })
    let kept = arguments.filter {
      !names.contains($0.normalizedName) && !own.contains($0.normalizedName)
    }
    return try? Prediction(
      boot.inputs,
      source: facts.snapshot.source,
      asked: (kept.map(\.text) + words).joined(separator: " "),
      blockSize: boot.blockSize
    )
  }

  // MARK: Needs

  /// The same with the arguments that needs take, and zones that leave them what they need.
  private func meeting(
    _ budget: NeedsPlan,
    _ own: Recommendation,
    _ sizing: Sizing
  ) -> Recommendation {
    if own.method == .bootArguments { return own }
    guard case .boot(let boot) = way else {
      var result = adding(budget, to: own)
      // Boot memory is divided as ever where more of it comes online later.
      if case .onlining = way, let boot = try? BootSizes(facts, adding: budget.arguments) {
        result.predicted = predict(budget.arguments, removing: budget.remove, boot)
      }
      return result
    }
    if own.method == .onlinePolicy {
      var result = adding(budget, to: own)
      result.predicted = predict(result.arguments, removing: result.remove, boot)
      return result
    }
    if let predicted = predict(budget.arguments, removing: budget.remove, boot),
      boot.cost(predicted.layout, sizing) == nil
    {
      var result = adding(budget, to: own)
      result.predicted = predicted
      return result
    }
    guard standing.movable > .zero else { return own }
    do throws(LayoutSearch.Impossible) {
      return recommend(try boot.largest(sizing, atMost: standing.movable).get(), boot)
    } catch {
      return own
    }
  }

  /// The arguments of needs beside what is advised, which leaves the zones as they are.
  private func adding(_ budget: NeedsPlan, to own: Recommendation) -> Recommendation {
    var result = own
    guard !budget.arguments.isEmpty else { return result }
    result.arguments += budget.arguments
    result.remove += budget.remove
    result.rebootNeeded = true
    if result.method == .none {
      result.method = .bootArguments
      result.reason = .needs
    }
    return result
  }

  /// Arguments that decide about ZONE_MOVABLE at boot: only one of them may be left.
  private static let competing = ZoneArgumentWord.Name.allCases.map(\.rawValue)
}
