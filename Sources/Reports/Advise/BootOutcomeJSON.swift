internal import Advice
internal import HostModel
internal import KernelBehavior
internal import SourceText

/// `boot` in `advise --format json`: what becomes of the host with the arguments of `--args`.
enum BootOutcomeJSON {
  /// Writes it where it was asked for.
  static func write(_ assessment: Assessment, _ root: inout JSONWriter) {
    switch assessment.boot {
    case nil: return
    case .failure(let refusal): root.object("boot") { $0.string("notPredicted", "\(refusal)") }
    case .success(let boot):
      root.object("boot") {
        $0.null("notPredicted")
        $0.string("answer", BootOutcomeSentence.text(boot, assessment))
        $0.bool("safe", boot.isSafe)
        $0.string("cost", boot.cost?.text)
        $0.object("predicted") { PredictionJSON.members(boot.prediction, &$0) }
        AssessmentJSON.standing("standing", boot.standing, &$0)
        $0.array("needs", boot.nodes) { list, node in
          list.object {
            $0.number("node", UInt64(node.node.number))
            $0.number("keepsBytes", node.keeps.count)
            $0.number("needsBytes", node.needs.count)
          }
        }
        $0.number("reserveBytes", boot.demand.value?.reserve.count)
        $0.array("findings", boot.prediction.findings) { $0.finding($1) }
      }
    }
  }
}

/// The answer about a boot that nobody made, in a sentence as that about the host.
enum BootOutcomeSentence {
  private struct Basis: AnswerBasis {
    var current: CurrentBalance
    var demand: Reading<Demand>
    var sizing: Reading<Sizing>
    var wish: WishAnswer?
    var needs: NeedsAnswer?
  }

  /// Head and body, with its mark.
  static func sentence(_ boot: BootOutcome, _ assessment: Assessment) -> AnswerSentence {
    AnswerSentence(
      Basis(current: boot.standing, demand: boot.demand, sizing: assessment.sizing)
    )
  }

  /// The same as one text, with what keeps it from being safe.
  static func text(_ boot: BootOutcome, _ assessment: Assessment) -> String {
    let sentence = sentence(boot, assessment)
    let cost = boot.cost.map { " Not safe: \($0.text)." } ?? ""
    return sentence.head + " " + sentence.body + cost
  }
}
