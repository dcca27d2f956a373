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
  let answer: WishAnswer?
  let profile: Profile

  func make() -> Recommendation {
    guard case .known(let sizing, _) = sizing else {
      return Recommendation(
        method: .none,
        reason: .demandUnknown
      )
    }
    if let answer {
      return self.for(Swift.min(answer.movable, sizing.maxSafeMovable), sizing, wished: answer)
    }
    guard standing.movable > 0 else {
      return Recommendation(
        method: .none,
        reason: .notAsked(safe: sizing.maxSafeMovable)
      )
    }
    guard standing.verdict >= .tight else {
      return Recommendation(method: .none, reason: .zonesFit)
    }
    return self.for(Swift.min(standing.movable, sizing.maxSafeMovable), sizing, wished: nil)
  }

  /// Reaches that much Movable by the way that fits how this host got, or would get, its zones.
  private func `for`(
    _ movable: ByteCount,
    _ sizing: Sizing,
    wished: WishAnswer?
  ) -> Recommendation {
    guard movable > 0 else {
      return Recommendation(
        method: .none,
        reason: .noneIsSafe(needed: sizing.neededKernel)
      )
    }
    if hotAddsMemory { return onlinePolicy() }
    return bootArguments(movable, sizing)
  }

  private var arguments: [KernelArgument] {
    KernelCommandLineText.arguments(facts.snapshot.commandLine.value ?? "")
  }

  private func has(_ name: String) -> Bool {
    arguments.contains { $0.normalizedName == name }
  }

  /// Movable that no boot argument made was onlined: that is where a policy decides.
  private var hotAddsMemory: Bool {
    facts.hasMovable && facts.snapshot.commandLine.value != nil && !facts.asksForMovableAtBoot
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

  // MARK: Boot arguments

  /// The smallest argument under which every node keeps what it needs and no more than `movable`
  /// is Movable, with the layout that it gives.
  private func bootArguments(_ movable: ByteCount, _ sizing: Sizing) -> Recommendation {
    let inputs: BootLayoutInputs
    do throws(BootLayoutRefusal) {
      inputs = try BootLayoutInputs(snapshot: facts.snapshot)
    } catch {
      return Recommendation(
        method: .none,
        reason: .notPredicted(error)
      )
    }
    let block = facts.snapshot.memoryBlocks.value?.blockSize.pages(of: facts.pageSize)
    var inverse = LayoutInverse(map: inputs.map, kernel: inputs.kernel)
    do throws(LayoutInverse.Impossible) {
      let answer = try inverse.solve(.kernelcore, need: needs(movable, sizing), block: block)
      return recommend(answer, inputs)
    } catch {
      var policy = onlinePolicy()
      policy.reason = .noArgument(error, instead: policy.reason)
      return policy
    }
  }

  /// Kernel memory per node: its own floor, and its part of what must not be Movable.
  private func needs(_ movable: ByteCount, _ sizing: Sizing) -> [NodeID: PageCount] {
    let kernel = facts.present.subtractingOrZero(movable)
    var needs: [NodeID: PageCount] = [:]
    for node in facts.nodes where node.total > 0 {
      // Memory without cpus needs no kernel zone of its own.
      let isMemoryOnly = node.cpuCount.value == 0
      let part = node.total.scaled(by: kernel.count, over: Swift.max(1, facts.present.count))
      let floor = sizing.kernelFloor[node.node] ?? .zero
      needs[node.node] =
        isMemoryOnly ? .zero : Swift.max(part, floor).pagesRoundedUp(of: facts.pageSize)
    }
    return needs
  }

  private func recommend(
    _ answer: LayoutInverse.Answer,
    _ inputs: BootLayoutInputs
  ) -> Recommendation {
    var kept = arguments.filter { !Self.competing.contains($0.normalizedName) }.map(\.text)
    kept.append(answer.argument)
    let line = kept.joined(separator: " ")
    let prediction = try? Prediction(
      inputs,
      source: facts.snapshot.source,
      asked: line,
      blockSize: facts.snapshot.memoryBlocks.value?.blockSize
    )
    return Recommendation(
      method: .bootArguments,
      arguments: [answer.argument],
      remove: Self.competing.filter { $0 != answer.form.rawValue && has($0) },
      rebootNeeded: true,
      reason: .smallestSize(isBlockAligned: answer.isBlockAligned),
      predicted: prediction
    )
  }

  /// Arguments that decide about ZONE_MOVABLE at boot: only one of them may be left.
  private static let competing = ZoneArgumentWord.Name.allCases.map(\.rawValue)
}
