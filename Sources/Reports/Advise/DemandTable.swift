internal import Advice
internal import HostModel
internal import Profiles
internal import SourceText

/// What the kernel zones pay for: a line a term, summed over nodes, with its source.
struct DemandTable {
  let demand: Demand
  /// What the kernel zones would keep free at the size that is safe.
  let safeReserve: ByteCount?
  let profile: Profile
  let style: TextStyle

  func lines() -> [String] {
    let title = "WHAT THE KERNEL ZONES PAY FOR"
    var lines = [
      style.isNarrow
        ? style.marked(title, .bold)
        : style.marked(title, .bold) + "now".aligned(38 - title.count) + horizon.aligned(10)
          + "  from"
    ]
    for row in rows() {
      lines += self.lines(row.title, now: row.now.text, projected: row.projected, from: row.source)
    }
    let unexplained =
      (demand.unexplained < 0 ? "−" : "") + ByteCount(demand.unexplained.magnitude).text
    lines += self.lines(
      "unexplained",
      now: unexplained,
      projected: ByteCount(UInt64(max(0, demand.unexplained))),
      from: "zones − the above"
    )
    lines += self.lines(
      "reserve",
      now: demand.reserve.text,
      projected: demand.reserve,
      from: "zoneinfo min, protection"
    )
    if let note = safeReserveNote { lines.append("".padded(style.isNarrow ? 4 : 50) + note) }
    lines += self.lines(
      "margin \(profile.margin.percent) %",
      now: nil,
      projected: demand.margin,
      from: "profile \(profile.name)"
    )
    lines += self.lines(
      "needed",
      now: nil,
      projected: demand.needed,
      from: "sum of the column",
      bold: true
    )
    return lines
  }

  private var horizon: String { "in \(profile.horizonDays) d" }

  private var safeReserveNote: String? {
    guard let safeReserve else { return nil }
    let difference = max(safeReserve, demand.reserve)
      .subtractingOrZero(min(safeReserve, demand.reserve))
    return difference >= .mebibytes(1) ? "\(safeReserve.text) at the safe size" : nil
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

  /// A row; a source that is too long for its column goes on in the lines below.
  private func lines(
    _ title: String,
    now: String?,
    projected: ByteCount,
    from source: String,
    bold: Bool = false
  ) -> [String] {
    guard !style.isNarrow else {
      let now = now.map { "now \($0), " } ?? ""
      return ["  " + (bold ? style.marked(title, .bold) : title)]
        + "\(now)\(horizon) \(projected.text)".wrapped(style.width - 4).map { "    " + $0 }
        + source.wrapped(style.width - 4).map { "    " + $0 }
    }
    let name = (bold ? style.marked(title, .bold) : title) + "".padded(max(0, 27 - title.count))
    let row = "  " + name + (now ?? "").aligned(9) + projected.text.aligned(10) + "  "
    let sources = source.wrapped(style.width - 50)
    return [row + (sources.first ?? "")] + sources.dropFirst().map { "".padded(50) + $0 }
  }
}
