internal import HostModel
internal import KernelBehavior
package import KernelText
internal import Profiles

/// ZW213: everything that is added becomes Movable, without a bound.
enum UnboundedMovable: HostRule, ArgumentRule {
  static let about = RuleDescription(
    code: "ZW213",
    slug: "unbounded-movable",
    title: "Everything that is added becomes Movable",
    causes: ["memhp_default_state", "memory_hotplug.online_policy", "movable_node"],
    why: """
      memhp_default_state=online_movable, a udev rule with online_movable, or movable_node make \
      every added block Movable, however little kernel memory there is to serve it. The ratio gets \
      worse with each block until kernel allocations fail. The policy auto-movable bounds it.
      """,
    observes: "as onliner-conflict, and the ratio now",
    severity: RuleSeverity(
      .note ... .warning,
      usual: .warning,
      "warning where the ratio is above the profile's fine ratio already, note below"
    ),
    remedy: "let the policy auto-movable decide, with a ratio that the boot memory carries",
    reference: "Documentation/admin-guide/mm/memory-hotplug.rst, Automatic Onlining",
    kernels: "all; auto-movable since 5.15"
  )

  /// Each with the arguments under which a policy bounds it; none where this kernel has none.
  enum Detail: FindingDetail {
    /// Who decides, and a ratio that is too much already.
    case over(OnlineDecision.Party, MovableRatio, cure: [String])
    /// Who decides, and how much more the ratio bears.
    case room(OnlineDecision.Party, ByteCount, upTo: MovableRatio, cure: [String])
    /// A word of a command line whose machine nobody knows.
    case word(String, cure: [String])

    var kind: String {
      switch self {
      case .over: "over"
      case .room: "room"
      case .word: "word"
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .over(_, let ratio, _): ["movableToKernel": .ratio(ratio)]
      case .room(_, let size, let limit, _): ["room": .bytes(size), "limit": .ratio(limit)]
      case .word: [:]
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .over: .warning
    case .room, .word: .note
    }
  }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .over(let party, let ratio, _):
      FindingText(
        "\(party.rawValue) makes all added memory Movable, and the host is at \(ratio) already"
      )
    case .room(let party, let size, let limit, _):
      FindingText(
        "\(party.rawValue) makes all added memory Movable; beyond \(size.text) more the ratio "
          + "passes \(limit)"
      )
    case .word(let text, _):
      FindingText(
        "\(text) makes all memory that is added later Movable, with no bound on the ratio"
      )
    }
  }

  static func remedy(for detail: Detail) -> Remedy {
    switch detail {
    case .over(_, _, let cure), .room(_, _, _, let cure), .word(_, let cure):
      cure.isEmpty
        ? .action("add no more than the kernel zones bear: nothing else bounds it on this kernel")
        : .boot(cure)
    }
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.memoryBlocks.value != nil else { return .notApplicable }
    let decision = OnlineDecision(context)
    guard let winner = decision.winner else { return .notApplicable }
    guard decision.zone(of: winner.says).isMovable else { return .passed }
    let ratio = context.current.ratio
    let isOver = context.current.movable > 0 && ratio > context.profile.limits.fine
    let most = context.profile.limits.fine.movable
    let room =
      context.current.kernel.scaled(by: most, over: context.profile.limits.fine.kernel)
      .subtractingOrZero(context.current.movable)
    let policy = context.kernel.hasOrAssumed(.autoMovablePolicy) ? context.onlinePolicy : nil
    let cure = policy.flatMap { $0.ratio > 0 ? $0.arguments : nil } ?? []
    let detail: Detail =
      isOver
      ? .over(winner.party, ratio, cure: cure)
      : .room(winner.party, room, upTo: context.profile.limits.fine, cure: cure)
    return .found([finding(detail, evidence: decision.evidence)])
  }

  /// Only where no machine is known: a host's zones tell how much it bears.
  static func findings(in line: ArgumentContext) -> [Finding] {
    guard line.givesMovable == nil, let word = line.unboundedMovable else { return [] }
    let cure =
      line.kernel.hasOrAssumed(.autoMovablePolicy)
      ? OnlinePolicyArguments.words(ratio: OnlinePolicyArguments.usualRatio) : []
    return [line.finding(of: Self.self, .word(word.asWritten, cure: cure), word)]
  }
}

extension ArgumentContext {
  /// The word that makes all memory Movable that is added later; nil where none does.
  package var unboundedMovable: KernelArgument? {
    let state = last("memhp_default_state")
    switch state?.value {
    case "online_movable": return state
    case "online_kernel", "offline": return nil
    default:
      // Without a policy of its own, plain onlining follows movable_node.
      return last("memory_hotplug.online_policy") == nil ? last("movable_node") : nil
    }
  }
}
