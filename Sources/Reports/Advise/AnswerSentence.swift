internal import Advice
internal import Capacity
internal import HostModel
internal import Profiles

/// What an answer in one sentence is made from: a whole assessment, or what a report keeps of it.
protocol AnswerBasis {
  var current: CurrentBalance { get }
  var demand: Reading<Demand> { get }
  var sizing: Reading<Sizing> { get }
  var wish: WishAnswer? { get }
}

extension Assessment: AnswerBasis {}
extension HostAccount: AnswerBasis {}

/// The answer in one sentence, for someone who reads nothing else.
struct AnswerSentence {
  var head: String
  var body: String
  var mark: TextStyle.Mark

  init(_ assessment: any AnswerBasis) {
    if let answer = assessment.wish {
      (head, body, mark) = Self.wish(answer, assessment)
    } else {
      (head, body, mark) = Self.standing(assessment)
    }
  }

  private static func wish(
    _ answer: WishAnswer,
    _ assessment: any AnswerBasis
  ) -> (String, String, TextStyle.Mark) {
    let largest = assessment.sizing.value?.maxSafeMovable ?? .zero
    let limit = assessment.sizing.value.map { limitText($0.limitedBy) } ?? "unknown"
    let size = answer.movable.text
    if largest == .zero {
      return ("NO.", "No Movable is safe here; what limits it: \(limit).", .red)
    }
    if answer.wish == .max {
      let ratio = assessment.sizing.value.map { "\($0.maxSafeRatio)" } ?? ""
      return (
        "UP TO \(largest.text).",
        "So much Movable is safe here (\(ratio)); what limits it: \(limit).", .green
      )
    }
    return answer.isSafe
      ? ("YES.", "\(size) of Movable is safe here; up to \(largest.text) would be.", .green)
      : (
        "NO.",
        "\(size) of Movable is too much here: the largest safe size is \(largest.text); "
          + "what limits it: \(limit).", .red
      )
  }

  private static func standing(_ assessment: any AnswerBasis) -> (String, String, TextStyle.Mark) {
    let current = assessment.current
    let headroom = current.headroom.value?.text ?? "an unknown amount"
    let most = assessment.sizing.value?.maxSafeRatio
    let ratio = "Movable : kernel is \(current.ratio)"
    switch current.verdict {
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
          + "as a whole.", .yellow
      )
    case .tight, .imbalanced:
      let head = current.verdict == .tight ? "TIGHT." : "IMBALANCED."
      let mark: TextStyle.Mark = current.verdict == .tight ? .yellow : .red
      if let node = current.nodes.first(where: { $0.kernel == .zero && $0.verdict >= .tight }) {
        return (
          head,
          "Node \(node.node) has no kernel memory: all kernel allocations of its cpus come from "
            + "other nodes. \(ratio) on the whole host.", mark
        )
      }
      let need = growth(assessment).map { "; this workload needs \($0.text)" } ?? ""
      let largest = most.map { " The largest safe ratio here is \($0)." } ?? ""
      return (head, "Kernel zones can grow by \(headroom)\(need). \(ratio).\(largest)", mark)
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

  /// What the kernel zones must still take until the horizon, with margin.
  private static func growth(_ assessment: any AnswerBasis) -> ByteCount? {
    assessment.demand.value.map { ($0.projected + $0.margin).subtractingOrZero($0.now) }
  }

  private static func limitText(_ limit: Sizing.Limit) -> String {
    switch limit {
    case .policyRatio(let ratio): "the profile's limit of \(ratio)"
    case .term(let term): term.title
    case .reserve: "watermarks"
    case .margin: "the profile's margin"
    case .unexplained: "kernel memory that no counter explains"
    }
  }
}
