internal import Advice
package import Capacity
internal import HostModel

extension CapacitySummary {
  package static let ratioLabels = [
    "no Movable", "up to 1 : 1", "up to 2 : 1", "up to 3 : 1", "up to 4 : 1", "above 4 : 1",
    "not known",
  ]
  package static let headroomLabels = [
    "under ¼ of need", "¼ to ½ of need", "½ to 1 × need", "1 to 2 × need", "above 2 × need",
    "not known",
  ]

  /// When hosts get tight, in a sentence; nil where no history was given.
  package var outlookSentence: String? {
    guard let outlook else { return nil }
    let unknown = outlook.hosts[.unknown] ?? 0
    return "\(outlook.within(.quarter)) are tight now or within three months by what was measured, "
      + "\(outlook.within(.year)) within twelve"
      + (unknown > 0 ? "; of \(unknown) it is not known." : ".")
  }

  /// Whether of no host it is known how much of its memory may be Movable.
  package var isUnsized: Bool { judged > 0 && unsized == judged }

  /// How much more may be Movable, and how much is too much, in a sentence or two.
  private var sizes: String {
    if isUnsized { return "How much of it could safely be Movable is not known." }
    return "\(possible.text) more could safely become Movable; "
      + (excess > 0
        ? "\(excess.text) of what is Movable are too much where they are."
        : "nowhere is it too much.")
      + (unsized == 0 ? "" : " Of \(unsized) of them it is not known how much would be safe.")
  }

  /// The whole in three sentences.
  package var sentences: [String] {
    let unknown = verdicts[.unknown] ?? 0
    let counts = [
      "\(bad) out of balance", "\(verdicts[.tight] ?? 0) tight",
      "\(verdicts[.balanced] ?? 0) balanced",
    ]
    let last = unknown > 0 ? ["\(unknown) not known"] : []
    let of = hosts == judged ? "\(hosts)" : "\(judged) of \(hosts)"
    let noun = hosts == 1 ? "host was" : "hosts were"
    return [
      "\(of) \(noun) judged: \((counts + last).joined(separator: ", ")).",
      "They have \(total.text) of memory, of which \(movable.text) are Movable or CMA: "
        + "\(MovableRatio(movable, to: kernel)) to kernel memory.",
      sizes,
    ] + [outlookSentence].compactMap { $0 }
  }
}

extension LabelUse {
  /// Who is in only one of table and report.
  package var sentences: [String] {
    var sentences: [String] = []
    if unlabelled > 0 {
      let who = CapacityText.examples(unlabelledExamples, of: unlabelled)
      sentences.append("\(CapacityText.hosts(unlabelled)) without a line in \(file): \(who).")
    }
    if unused > 0 {
      let who = CapacityText.examples(unusedExamples, of: unused)
      sentences.append("\(unused) of \(file) not in this report: \(who).")
    }
    return sentences
  }
}
