internal import Advice
internal import Capacity
internal import HostModel

/// What a what-if makes of hosts: before and after.
enum WhatIfSection {
  /// The cell of a host's line.
  static func cell(_ row: HostRow) -> ReportCell {
    switch row.outcome {
    case .told(let outcome):
      var cell = ReportCell(outcome.verdict)
      let left = outcome.headroomAtHorizon.value.map { "\(CapacityText.signed($0)) left" }
      cell.details = [left ?? "left: not known", outcome.failure ?? ""]
      return cell
    case .untold(let why): return ReportCell("not planned", details: [why])
    case nil: return ""
    }
  }

  static func section(
    _ heading: CapacityHeading,
    summary: CapacitySummary,
    only: HostRow?,
    moved: MovedRows
  ) -> ReportSection {
    let asked = heading.whatIf.sentences
    var blocks: [ReportBlock] = [.text("Asked: \(asked.joined(separator: "; ")).")]
    if summary.hosts > 1 {
      let planned = summary.judged - summary.notPlanned
      blocks.append(
        .lead(
          head: "\(CapacityText.hosts(summary.gotWorse)) would be worse,",
          body: "\(summary.gotBetter) better, \(planned - summary.gotWorse - summary.gotBetter) as "
            + "before"
            + (summary.notPlanned > 0
              ? "; of \(summary.notPlanned) it can't be told." : "."),
          verdict: summary.verdictsAfter.filter { $0.value > 0 }.keys.max() ?? .unknown
        )
      )
      blocks.append(.table(verdicts(summary)))
      blocks += [
        changes(
          moved.worse,
          of: summary.worseRows,
          "Hosts that would be worse, the farthest fall first"
        ),
        changes(moved.better, of: summary.betterRows, "Hosts that would be better"),
      ]
    } else if let row = only {
      blocks.append(contentsOf: one(row))
    }
    let untold = moved.notPlanned.compactMap { row -> [ReportCell]? in
      guard case .untold(let why) = row.outcome else { return nil }
      return [CapacityText.host(row), ReportCell(why)]
    }
    blocks.append(
      .table(
        ReportTable(
          "What can't be planned" + rest(untold.count, of: summary.notPlannedRows),
          [.text("host"), .text("why")],
          untold
        )
      )
    )
    return ReportSection(id: "what-if", heading: "What if", blocks: blocks)
  }

  private static func changes(
    _ rows: [HostRow],
    of count: Int,
    _ caption: String
  ) -> ReportBlock {
    .table(
      ReportTable(
        caption + rest(rows.count, of: count),
        [
          .text("host"), .text("before"), .text("after"), .number("ratio before"),
          .number("ratio after"), .number("left at horizon before"),
          .number("left at horizon after"), .number("needed before"), .number("needed after"),
        ],
        rows.compactMap(line),
        isInteractive: rows.count > 20
      )
    )
  }

  private static func rest(_ shown: Int, of count: Int) -> String {
    shown < count ? ": \(shown) of \(count), the others are in the CSV" : ""
  }

  private static func verdicts(_ summary: CapacitySummary) -> ReportTable {
    ReportTable(
      "Hosts by verdict, before and after",
      [.text("verdict"), .number("before"), .number("after")],
      Verdict.allCases.sorted(by: >).map {
        [
          ReportCell($0), CapacityText.count(summary.verdicts[$0] ?? 0),
          CapacityText.count(summary.verdictsAfter[$0] ?? 0),
        ]
      }
    )
  }

  private static func line(_ row: HostRow) -> [ReportCell]? {
    guard case .told(let outcome) = row.outcome else { return nil }
    return [
      CapacityText.host(row, details: [row.machineClass]), ReportCell(row.verdict),
      ReportCell(outcome.verdict),
      CapacityText.ratio(row.ratio), CapacityText.ratio(outcome.ratio),
      CapacityText.left(row.headroomAtHorizon),
      CapacityText.left(outcome.headroomAtHorizon.value), CapacityText.size(row.needed),
      CapacityText.size(outcome.needed.value),
    ]
  }

  /// One host, figure by figure.
  private static func one(_ row: HostRow) -> [ReportBlock] {
    guard case .told(let outcome) = row.outcome else { return [] }
    let rows: [[ReportCell]] = [
      ["verdict", ReportCell(row.verdict), ReportCell(outcome.verdict)],
      ["kernel", CapacityText.size(row.kernel), CapacityText.size(outcome.kernel)],
      ["Movable", CapacityText.size(row.movable), CapacityText.size(outcome.movable)],
      ["ratio", CapacityText.ratio(row.ratio), CapacityText.ratio(outcome.ratio)],
      ["needed", CapacityText.size(row.needed), CapacityText.size(outcome.needed.value)],
      [
        "headroom left at the horizon", CapacityText.left(row.headroomAtHorizon),
        CapacityText.left(outcome.headroomAtHorizon.value),
      ],
    ]
    var blocks: [ReportBlock] = [
      .table(
        ReportTable(
          "Before and after",
          [.text("figure"), .number("before"), .number("after")],
          rows
        )
      )
    ]
    if let failure = outcome.failure { blocks.append(.text(CapacityText.sentence(failure))) }
    return blocks
  }
}
