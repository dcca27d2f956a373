internal import HostModel
internal import KernelText

/// Chooses what to do: nothing, boot arguments, or an onlining policy.
struct RecommendationMaker {
  let facts: HostFacts
  let standing: Standing
  let sizing: Reading<Sizing>
  let answer: WishAnswer?
  let profile: Profile

  func make() -> Recommendation {
    guard case .known(let sizing) = sizing else {
      return Recommendation(
        method: .none,
        reason: "the demand on the kernel zones is not known, so nothing is advised"
      )
    }
    if let answer {
      return self.for(Swift.min(answer.movable, sizing.maxSafeMovable), sizing, wished: answer)
    }
    guard standing.movable > 0 else {
      return Recommendation(
        method: .none,
        reason: "no memory is Movable and none was asked for; "
          + "up to \(sizing.maxSafeMovable.text) would be safe"
      )
    }
    guard standing.verdict >= .tight else {
      return Recommendation(method: .none, reason: "the zones fit what this host needs")
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
        reason: "no Movable is safe here: the kernel zones need \(sizing.neededKernel.text)"
      )
    }
    if hotAddsMemory { return onlinePolicy() }
    return bootArguments(movable)
  }

  private var arguments: [KernelArgument] {
    KernelCommandLineText.arguments(facts.snapshot.commandLine.value ?? "")
  }

  private func has(_ name: String) -> Bool {
    arguments.contains { $0.normalizedName == name }
  }

  /// Movable that no boot argument made was onlined: that is where a policy decides.
  private var hotAddsMemory: Bool {
    facts.hasMovable && !has("kernelcore") && !has("movablecore") && !has("movable_node")
  }

  private func onlinePolicy() -> Recommendation {
    let limit = profile.limits.fine
    // One percent more, as in the kernel's own default of 301: holes count against the ratio.
    let percent = (limit.movable * 100 + limit.kernel - 1) / Swift.max(1, limit.kernel) + 1
    return Recommendation(
      method: .onlinePolicy,
      arguments: [
        "memhp_default_state=online", "memory_hotplug.online_policy=auto-movable",
        "memory_hotplug.auto_movable_ratio=\(percent)",
      ],
      rebootNeeded: true,
      reason: "Movable here comes from hot-added memory: the kernel's own policy keeps it at "
        + "\(limit) as memory comes and goes"
    )
  }

  private func bootArguments(_ movable: ByteCount) -> Recommendation {
    let kernel = (facts.present - movable).roundedUp(to: .mebibytes(1))
    return Recommendation(
      method: .bootArguments,
      arguments: ["kernelcore=\(kernel.count >> 20)M"],
      remove: has("movablecore") ? ["movablecore"] : [],
      rebootNeeded: true,
      reason: "leaves \(kernel.text) to the kernel"
    )
  }
}
