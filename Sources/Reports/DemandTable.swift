internal import Advice
internal import HostModel

/// What the kernel zones pay for: a line a term, summed over nodes, with its source.
struct DemandTable {
  let demand: Demand
  let profile: Profile
  let style: TextStyle

  func lines() -> [String] {
    let title = "WHAT THE KERNEL ZONES PAY FOR"
    let horizon = "in \(profile.horizonDays) d"
    var lines = [
      style.marked(title, .bold) + "now".aligned(41 - title.count) + horizon.aligned(11) + "   from"
    ]
    for row in rows() {
      lines.append(line(row.title, now: row.now, projected: row.projected, from: row.source))
    }
    let unexplained =
      (demand.unexplained < 0 ? "−" : "") + ByteCount(demand.unexplained.magnitude).text
    lines.append(
      "  " + "unexplained".padded(28) + unexplained.aligned(11)
        + ByteCount(UInt64(max(0, demand.unexplained))).text.aligned(11)
        + "   zones − the above"
    )
    lines.append(
      line(
        "reserve",
        now: demand.reserve,
        projected: demand.reserve,
        from: "zoneinfo min, protection"
      )
    )
    lines.append(
      line(
        "margin \(profile.margin.percent) %",
        now: nil,
        projected: demand.margin,
        from: "profile \(profile.name)"
      )
    )
    lines.append(
      line("needed", now: nil, projected: demand.needed, from: "sum of the column", bold: true)
    )
    return lines
  }

  private struct Row {
    var id: TermID
    var title: String
    var now: ByteCount
    var projected: ByteCount
    var source: String
  }

  /// Terms of several nodes as one row.
  private func rows() -> [Row] {
    var rows: [Row] = []
    for term in demand.terms {
      if let index = rows.firstIndex(where: { $0.id == term.id }) {
        rows[index].now += term.now
        rows[index].projected += term.projected
      } else {
        rows.append(
          Row(
            id: term.id,
            title: term.id.title,
            now: term.now,
            projected: term.projected,
            source: term.source
          )
        )
      }
    }
    return rows.filter { style.isVerbose || $0.now.count >> 16 > 0 || $0.projected.count >> 16 > 0 }
  }

  private func line(
    _ title: String,
    now: ByteCount?,
    projected: ByteCount,
    from source: String,
    bold: Bool = false
  ) -> String {
    let name =
      bold ? style.marked(title, .bold).padded(28 + (style.usesColor ? 8 : 0)) : title.padded(28)
    return "  " + name + (now?.text ?? "").aligned(11) + projected.text.aligned(11) + "   " + source
  }
}
