package import Advice
internal import Capacity
internal import HostModel
internal import Profiles

/// What an answer in one sentence is made from: a whole assessment, or what a report keeps of it.
protocol AnswerBasis {
  var current: CurrentBalance { get }
  var demand: Reading<Demand> { get }
  var sizing: Reading<Sizing> { get }
  var wish: WishAnswer? { get }
  var needs: NeedsAnswer? { get }
}

extension Assessment: AnswerBasis {}
extension HostAccount: AnswerBasis {}

/// The answer in one sentence, for someone who reads nothing else.
struct AnswerSentence {
  var head: String
  var body: String
  var mark: TextStyle.Mark

  init(_ assessment: any AnswerBasis) {
    let unmet = assessment.needs?.all.first { !$0.isMet }
    if let answer = assessment.wish, !answer.isSafe || unmet == nil {
      (head, body, mark) = Self.wish(answer, assessment)
      if let needs = assessment.needs, needs.isMet { body += " What is needed can be had too." }
    } else if let needs = assessment.needs {
      (head, body, mark) = Self.needs(needs, unmet: unmet)
    } else {
      (head, body, mark) = Self.standing(assessment)
    }
  }

  // MARK: Needs

  private static func needs(
    _ needs: NeedsAnswer,
    unmet: NeedAnswer?
  ) -> (String, String, TextStyle.Mark) {
    guard let unmet else {
      let ways = needs.all.map { "\($0.need.text) \($0.verdict)" }.joined(separator: ", ")
      return ("YES.", "What is needed can be had: \(ways).", .green)
    }
    let count = needs.all.count { !$0.isMet }
    let others = count > 1 ? " Nor can \(count - 1) other need\(count == 2 ? "" : "s")." : ""
    let why = unmet.limits.last.map { ": \($0.text)" } ?? ""
    return ("NO.", "\(unmet.need.text) can't be had here\(why).\(others)", .red)
  }

  // MARK: A wish

  private static func wish(
    _ answer: WishAnswer,
    _ assessment: any AnswerBasis
  ) -> (String, String, TextStyle.Mark) {
    let largest = assessment.sizing.value?.maxSafeMovable ?? .zero
    let limit = assessment.sizing.value.map { limitText($0.limitedBy) } ?? "unknown"
    guard largest > .zero else {
      return ("NO.", "No Movable is safe here; what limits it: \(limit).", .red)
    }
    guard answer.isSafe else {
      return ("NO.", refusal(of: answer, largest: largest, limit: limit), .red)
    }
    let argumentless = answer.obstacle.map { " No boot argument can be named: \($0.text)." } ?? ""
    if answer.wish == .max {
      let ratio = assessment.sizing.value.map { "\($0.maxSafeRatio)" } ?? ""
      return (
        "UP TO \(largest.text).",
        "So much Movable is safe here (\(ratio)); what limits it: \(limit).\(argumentless)", .green
      )
    }
    let asked = answer.movable.text
    if let gives = answer.gives, answer.isOffByMuch {
      let body =
        if largest <= gives {
          "Arguments come no nearer to \(asked): more than that is not safe; what limits it: \(limit)."
        } else if answer.keepsBlocksWhole {
          "That is \(asked) with ZONE_MOVABLE beginning where memory blocks do, so that each of its "
            + "blocks can go offline; up to \(largest.text) would be safe."
        } else {
          "Arguments come no nearer to \(asked): every node's boundary is rounded; up to "
            + "\(largest.text) would be safe."
        }
      return ("YES, AS \(gives.text).", body, .green)
    }
    return (
      "YES.",
      "\(asked) of Movable is safe here; up to \(largest.text) would be.\(argumentless)", .green
    )
  }

  private static func refusal(of answer: WishAnswer, largest: ByteCount, limit: String) -> String {
    let asked = answer.movable.text
    guard answer.movable <= largest else {
      return "\(asked) of Movable is more than is safe here: the largest safe size is "
        + "\(largest.text); what limits it: \(limit)."
    }
    let sizes = answer.nearest.map(\.movable.text)
    guard sizes.count == 2 else {
      return sizes.first.map { "No argument gives \(asked) here; the nearest is \($0)." }
        ?? "No argument gives \(asked) here."
    }
    return "No argument gives \(asked) here: the nearest are \(sizes[0]) and \(sizes[1])."
  }

  // MARK: As things stand

  private static func standing(_ assessment: any AnswerBasis) -> (String, String, TextStyle.Mark) {
    let current = assessment.current
    let headroom = current.headroom.value?.text ?? "an unknown amount"
    let ratio = "\(current.beyondKernel) : kernel is \(current.ratio)"
    switch current.verdict {
    case .balanced where current.movable == .zero && current.highMemory > .zero:
      return (
        "NOTHING TO DO.",
        "No memory is Movable. \(current.highMemory.text) is HighMem, which the kernel can't use; "
          + "its own \(current.kernel.text) can take \(headroom) more.", .green
      )
    case .tight where current.movable == .zero && current.highMemory > .zero:
      return ("TIGHT.", reason(assessment), .yellow)
    case .balanced where current.movable == .zero:
      let largest = assessment.sizing.value?.maxSafeMovable.text ?? "an unknown amount"
      return (
        "NOTHING TO DO.",
        "No memory is Movable, so the kernel can use all of it. "
          + "Up to \(largest) could safely be Movable.", .green
      )
    case .balanced:
      return (
        "BALANCED.", "\(ratio); the kernel can take \(headroom) more.", .green
      )
    case .tight where current.movable == .zero:
      return (
        "TIGHT.",
        "No memory is Movable, and the kernel can take only \(headroom) more: memory is short "
          + "as a whole.\(stuck(assessment))", .yellow
      )
    case .tight: return ("TIGHT.", reason(assessment), .yellow)
    case .imbalanced: return ("IMBALANCED.", reason(assessment), .red)
    case .impossible:
      return (
        "IMPOSSIBLE.",
        "\(ratio): the kernel zones can't hold what this memory needs of them.", .red
      )
    case .unknown:
      return (
        "NOT KNOWN.", "Too little was readable to judge; what is missing stands below.", .yellow
      )
    }
  }

  /// What makes a host tight or imbalanced, and what would be safe.
  private static func reason(_ assessment: any AnswerBasis) -> String {
    let current = assessment.current
    let node = current.worstNode.flatMap { id in current.nodes.first { $0.node == id } }
    let place = node.map { "on node \($0.node)" } ?? "here"
    let ratio = node?.ratio ?? current.ratio
    let name = current.beyondKernel
    let headroom = (node?.headroom ?? current.headroom).value?.text ?? "an unknown amount"
    let safe = assessment.sizing.value.map { sizing in
      guard current.highMemory == .zero else { return " HighMem is no kernel memory." }
      guard sizing.maxSafeMovable == .zero else {
        return " The largest safe ratio here is \(sizing.maxSafeRatio)."
      }
      return sizing.limitedBy == .userMemory
        ? " No Movable is safe here: user memory would settle in the kernel zones."
        : " No Movable is safe here."
    }
    switch current.reason {
    case .noKernelMemory:
      return "Node \(node.map { "\($0.node)" } ?? "?") has no kernel memory: all kernel "
        + "allocations of its cpus come from other nodes. \(name) : kernel is "
        + "\(current.ratio) on the whole host."
    case .ratio(let limit):
      return "\(name) : kernel is \(ratio) \(place), above the profile's \(limit).\(safe ?? "")"
    case .devices(let grown):
      let word = grown.movable == 0 ? "its kernel memory is short" : "Movable : kernel is \(grown)"
      return "With the devices that are planned \(word); as it boots \(name) : kernel is "
        + "\(current.ratio).\(safe ?? "")"
    case .whenFull:
      let full = current.full.value
      let now = current.headroom.value?.text ?? "an unknown amount"
      let isTight = current.verdict == .tight
      let left = (isTight ? full?.least : full?.likely)?.text ?? "an unknown amount"
      let need = growth(assessment, withMargin: isTight).map {
        "; this workload needs \($0.text)\(isTight ? " with its margin" : "")"
      }
      return
        "Kernel zones can grow by \(now) now, but \(isTight ? "at worst " : "")by \(left) once "
        + "user memory fills this host\(need ?? ""). \(name) : kernel is \(current.ratio)."
        + (safe ?? "")
    case .growth, .margin, .need, .descriptors, nil:
      let isMargin = current.reason == .margin
      let need = growth(assessment, withMargin: isMargin).map {
        node == nil
          ? "; this workload needs \($0.text)\(isMargin ? " with its margin" : "")"
          : "; that is less than its part of what this workload needs"
      }
      return "Kernel zones can grow by \(headroom) \(place)\(need ?? ""). \(name) : kernel is "
        + "\(current.ratio).\(stuck(assessment))\(safe ?? "")"
    }
  }

  /// Names user pages that can't leave the kernel zones, where they are what is short.
  private static func stuck(_ assessment: any AnswerBasis) -> String {
    guard let demand = assessment.demand.value else { return "" }
    let stuck = demand.stuck
    guard stuck > .zero, stuck.scaled(by: 4, over: 1) > demand.now else { return "" }
    return " \(stuck.text) of user pages sit in the kernel zones and can't leave without swap."
  }

  /// What the kernel zones must still take until the horizon.
  static func growth(_ assessment: any AnswerBasis, withMargin: Bool) -> ByteCount? {
    assessment.demand.value.map { $0.growth + (withMargin ? $0.margin : .zero) }
  }

  static func limitText(_ limit: Sizing.Limit) -> String {
    switch limit {
    case .policyRatio(let ratio): "the profile's limit of \(ratio)"
    case .nodeMinimum(let size): "the profile's \(size.text) of kernel memory on each node"
    case .devices: "Movable memory that planned devices bring"
    case .highMemory: "what is HighMem, from which Movable is cut at no cost to the kernel"
    case .userMemory: "user memory that settles in kernel zones of a full host"
    case .bootLayout: "memory that no size argument makes Movable"
    case .term(let term): term.title
    case .reserve: "watermarks"
    case .margin: "the profile's margin"
    case .unexplained: "kernel memory that no counter explains"
    }
  }
}

extension CurrentBalance {
  /// What kernel allocations can't use here, by name.
  fileprivate var beyondKernel: String {
    guard highMemory > .zero else { return "Movable" }
    return movable > .zero ? "HighMem and Movable" : "HighMem"
  }
}

/// The first line of `advise`, for commands that only need its gist.
package enum AdviseSummary {
  package static func text(_ assessment: Assessment) -> String {
    let sentence = AnswerSentence(assessment)
    return sentence.head + " " + sentence.body
  }
}
