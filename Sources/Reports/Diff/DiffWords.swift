internal import Advice
internal import Capacity
internal import HostModel
internal import Profiles

/// What a comparison says, in the words that text and pages share.
enum DiffWords {
  /// Changes below this are noise: counters are sums of what each cpu holds back.
  private static let noise: UInt64 = 256 << 10

  /// Whether it moved enough to matter.
  static func isNoted(_ figure: HostDiff.Figure) -> Bool {
    guard let change = figure.change else { return figure.isChanged }
    return change.magnitude >= noise
  }

  // MARK: Answers

  /// Whether a host got worse, and what moved.
  static func answer(_ host: HostDiff) -> (head: String, body: String) {
    let (before, after) = (host.before.verdict, host.after.verdict)
    let verdict =
      before == after
      ? "It is \(after.rawValue), as before\(host.newFindings.isEmpty ? "" : ", with new findings")."
      : "It was \(before.rawValue) and is \(after.rawValue)."
    let moved = host.figures.first { $0.id == "kernel-headroom" }
    let headroom: String
    switch (moved?.after, moved?.change) {
    case (let now?, let change?):
      headroom =
        "The kernel can take \(CapacityText.signed(now)) more"
        + (change == 0
          ? ", as before."
          : ", \(ByteCount(change.magnitude).text) \(change < 0 ? "less" : "more") than before.")
    default: headroom = "What the kernel can still take is not known on both sides."
    }
    return (head(host.direction), "\(verdict) \(headroom)")
  }

  private static func head(_ direction: HostDiff.Direction) -> String {
    switch direction {
    case .worse: "WORSE."
    case .same: "NO WORSE."
    case .better: "BETTER."
    }
  }

  /// How many hosts got worse, and what became of the others.
  static func answer(_ diff: FleetDiff) -> (head: String, body: String) {
    let worse = diff.count(.worse)
    let verb = worse == 1 ? "HOST GOT WORSE" : "HOSTS GOT WORSE"
    var body = "\(diff.count(.better)) better, \(diff.count(.same)) neither."
    for (count, word) in [(diff.appeared, "new"), (diff.gone, "gone")] where count > 0 {
      body += " \(count) \(word)."
    }
    if diff.notJudged > 0 { body += " Of \(diff.notJudged) nothing can be said." }
    return ("\(worse) \(verb),", body)
  }

  // MARK: A host of a fleet

  static func verdicts(_ host: HostDiff) -> String {
    host.before.verdict == host.after.verdict
      ? host.after.verdict.rawValue
      : "\(host.before.verdict.rawValue) → \(host.after.verdict.rawValue)"
  }

  /// What moved on it, most of it first.
  static func moved(_ host: HostDiff) -> [String] {
    var parts: [String] = []
    if let headroom = host.figures.first(where: { $0.id == "kernel-headroom" }), isNoted(headroom) {
      parts.append("headroom \(text(headroom.before)) → \(text(headroom.after))")
    }
    parts += host.terms.filter { isNoted($0.now) }.prefix(3).map {
      "\(name($0)) \(change($0.now.change))"
    }
    parts += host.facts.map { "\($0.what) \($0.before) → \($0.after)" }
    let new = Set(host.newFindings.filter { $0.severity > .note }.map(\.text))
    return parts + new.sorted().map { "new: \($0)" }
  }

  // MARK: Figures

  static func name(_ term: HostDiff.Term) -> String {
    term.id.title + (term.node.map { ", node \($0)" } ?? "")
  }

  static func text(_ size: Int64?) -> String { size.map(CapacityText.signed) ?? "not known" }

  static func change(_ change: Int64?) -> String {
    guard let change else { return "?" }
    if change == 0 { return "=" }
    return (change < 0 ? "−" : "+") + ByteCount(change.magnitude).text
  }
}
