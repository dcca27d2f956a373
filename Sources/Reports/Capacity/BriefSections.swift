internal import Advice
internal import Capacity
internal import HostModel
internal import Profiles

/// A fleet on one sheet of paper, for who decides: how many hosts are at which risk, what that costs,
/// what to do, and by when.
struct BriefSections {
  let heading: CapacityHeading
  let summary: CapacitySummary
  let profiles: [Profile]

  /// What a sheet has room for.
  private static let mostActions = 6

  func sections() -> [ReportSection] {
    [
      ReportSection(id: "answer", heading: "The answer", blocks: answer()),
      ReportSection(id: "risk", heading: "How many hosts, at which risk", blocks: [risk()]),
      ReportSection(id: "cost", heading: "What it costs", blocks: [cost()]),
      ReportSection(id: "actions", heading: "What to do, and by when", blocks: actions()),
    ]
  }

  private func count(_ verdict: Verdict) -> Int { summary.verdicts[verdict] ?? 0 }

  private var unknown: Int { count(.unknown) + summary.failed }

  // MARK: The answer

  private func answer() -> [ReportBlock] {
    let (bad, tight) = (summary.bad, count(.tight))
    let head =
      switch (bad, tight, unknown) {
      case (0, 0, 0): "All \(CapacityText.hosts(summary.hosts)) have room for what is expected."
      case (0, 0, _): "No host is known to be at risk; of \(unknown) it is not known."
      case (0, _, _):
        "\(tight) of \(CapacityText.hosts(summary.hosts)) have less room than planned."
      default: "\(bad) of \(CapacityText.hosts(summary.hosts)) can run out of kernel memory."
      }
    let worst = summary.verdicts.filter { $0.value > 0 }.keys.max() ?? .unknown
    return [
      .lead(
        head: head,
        body:
          "Then programs are killed there although memory is free, for the kernel can't use the part of "
          + "it that is kept for programs (Movable).",
        verdict: worst
      )
    ]
  }

  // MARK: Risk

  private func risk() -> ReportBlock {
    let rows: [(Verdict, String, String)] = [
      (.impossible, "more is asked of the kernel than the machine has", "now"),
      (
        .imbalanced, "the kernel runs out of memory before the horizon, or its part is too small",
        "now"
      ),
      (.tight, "less than the planned margin is left at the horizon", "before the horizon"),
      (.unknown, "it could not be told: nobody knows that these are fine", "look at them"),
      (.balanced, "room for what is expected, and the margin", "nothing to do"),
    ]
    return .table(
      ReportTable(
        "Hosts by risk; the horizon is \(horizon)",
        [.text("verdict"), .number("hosts"), .text("means"), .text("by when")],
        rows.map { verdict, meaning, when in
          [
            ReportCell(verdict),
            CapacityText.count(
              verdict == .unknown ? unknown : count(verdict)
            ), ReportCell(meaning), ReportCell(when),
          ]
        }
      )
    )
  }

  private var horizon: String {
    let days = Set(profiles.map(\.horizonDays)).sorted()
    guard let first = days.first, let last = days.last else { return "the profile's" }
    return first == last ? "\(first) days" : "\(first) to \(last) days, by profile"
  }

  // MARK: Cost

  private func cost() -> ReportBlock {
    let unsized = summary.unsized > 0 ? "; of \(summary.unsized) hosts it is not known" : ""
    let rows: [[ReportCell]] = [
      [
        "memory of all hosts", CapacityText.size(summary.total),
        "of it \(summary.movable.text) Movable: only for programs",
      ],
      [
        "too much Movable", CapacityText.size(summary.excess),
        ReportCell("the kernel may need it and can't have it\(unsized)"),
      ],
      [
        "could become Movable", CapacityText.size(summary.possible),
        ReportCell(
          "gained without new memory, where memory is to be unplugged or kept unfragmented\(unsized)"
        ),
      ],
      [
        "hosts to change", CapacityText.count(changes),
        "a kernel argument each, and a reboot: no memory has to be bought for it",
      ],
    ]
    return .table(
      ReportTable(
        "Memory and work",
        [.text("what"), .number("how much"), .text("means")],
        rows
      )
    )
  }

  /// Hosts for which another division is advised.
  private var changes: Int {
    summary.classes.values.reduce(0) { sum, group in
      sum + group.recommendations.values.reduce(0) { $0 + $1.hosts }
    }
  }

  // MARK: Actions

  private func actions() -> [ReportBlock] {
    let troubled = summary.classes.values.filter(\.isInTrouble).sorted {
      ($1.bad, $1.hosts, $0.name) < ($0.bad, $0.hosts, $1.name)
    }
    var rows = troubled.prefix(Self.mostActions).map(action)
    if unknown > 0 {
      rows.append(
        [
          ReportCell("find out about what is not known"), CapacityText.count(unknown),
          ReportCell("zonewise advise on each says which inputs are missing"), "soon",
        ]
      )
    }
    guard !rows.isEmpty else { return [.text("Nothing.")] }
    var blocks: [ReportBlock] = [
      .table(
        ReportTable(
          "Actions, most hosts out of balance first",
          [.text("machines"), .number("hosts"), .text("do"), .text("by when")],
          rows
        )
      )
    ]
    if troubled.count > Self.mostActions {
      blocks.append(
        .note("\(troubled.count - Self.mostActions) more classes are in the full report.")
      )
    }
    if let sentence = summary.outlookSentence {
      blocks.append(.text(CapacityText.sentence(sentence)))
    }
    return blocks
  }

  private func action(_ group: CapacityGroup) -> [ReportCell] {
    let troubled = group.verdicts.filter { $0.key > .unknown }.reduce(0) { $0 + $1.value }
    let advised = CapacityGroup.sorted(group.recommendations)
    var what: ReportCell
    if let first = advised.first {
      what = .code(first.value)
      let others = advised.count - 1
      what.details = [
        "on \(CapacityText.hosts(first.of.hosts))"
          + (others > 0 ? "; \(others) other arguments for the rest" : "") + "; a reboot each"
      ]
    } else {
      what = "more memory, or less of what the kernel holds: no division of it is enough"
    }
    return [
      ReportCell(group.name), CapacityText.count(troubled), what,
      ReportCell(
        group.bad > 0 ? "now: \(CapacityText.hosts(group.bad)) out of balance" : "within \(horizon)"
      ),
    ]
  }
}
