internal import Advice
internal import Capacity
internal import HostModel
internal import Profiles
internal import SourceText

/// `zonewise diff` as a page: the same as its text, with more of the hosts.
struct DiffPage {
  private let diff: FleetDiff
  private let isVerbose: Bool

  /// Hosts of a kind that are shown without -v.
  private static let shown = 1000

  init(_ diff: FleetDiff, isVerbose: Bool) {
    self.diff = diff
    self.isVerbose = isVerbose
  }

  /// - Throws: That a report can't be read any more.
  func page() throws(LocatedError) -> ReportPage {
    let sides = [diff.before, diff.after].map { side in
      side.date.map { "\(side.source) of \($0)" } ?? side.source
    }
    let host =
      diff.isFleet
      ? nil
      : try diff.hosts.first.map { (entry) throws(LocatedError) in
        try diff.host(entry)
      }
    return ReportPage(
      title: "What moved",
      date: diff.after.date ?? "",
      scope: host?.after.name ?? "\(diff.hosts.count) hosts in both",
      sections: [ReportSection(id: "answer", heading: "The answer", blocks: answer(host, sides))]
        + (host.map(sections) ?? fleet())
    )
  }

  private func answer(_ host: HostDiff?, _ sides: [String]) -> [ReportBlock] {
    let (head, body) = host.map(DiffWords.answer) ?? DiffWords.answer(diff)
    let isWorse = host.map { $0.direction == .worse } ?? (diff.count(.worse) > 0)
    return [
      .lead(head: head, body: body, verdict: isWorse ? .imbalanced : .balanced),
      .note("Before: \(sides[0]). After: \(sides[1])."),
    ]
  }

  // MARK: One host

  private func sections(_ host: HostDiff) -> [ReportSection] {
    let nodes = host.nodes.flatMap { node in
      node.figures.map { ("node \(node.node) \($0.title)", $0) }
    }
    let terms = host.terms.map { (DiffWords.name($0), $0.now) }
    var sections = [
      ReportSection(
        id: "figures",
        heading: "The host and its nodes",
        blocks: [
          table("The host", "figure", host.figures.map { ($0.title, $0) }),
          table("Its nodes", "figure", noted(nodes)),
        ]
      ),
      ReportSection(
        id: "terms",
        heading: "What the kernel zones pay for",
        blocks: noted(terms).isEmpty
          ? [.text("Nothing moved by 256 KiB or more.")]
          : [table("Terms, by how far they moved", "term", noted(terms))]
      ),
    ]
    let changed = host.facts.map { fact in
      [ReportCell(fact.what), ReportCell(fact.before), ReportCell(fact.after)]
    }
    if !changed.isEmpty {
      sections.append(
        ReportSection(
          id: "changed",
          heading: "What else changed",
          blocks: [
            .table(ReportTable("Changed", [.text("what"), .text("was"), .text("is")], changed))
          ]
        )
      )
    }
    let findings = [("New", host.newFindings), ("Gone", host.goneFindings)]
    sections.append(
      ReportSection(
        id: "findings",
        heading: "Findings",
        blocks: findings.allSatisfy(\.1.isEmpty)
          ? [.text("The same as before.")] : findings.map { self.findings($0.0, $0.1) }
      )
    )
    return sections
  }

  private func findings(_ caption: String, _ findings: [FindingBrief]) -> ReportBlock {
    .table(
      ReportTable(
        caption,
        [.text("finding"), .text("severity"), .text("node")],
        findings.map { finding in
          [
            ReportCell(finding.text), ReportCell(finding.severity.rawValue),
            ReportCell(finding.node.map { "\($0)" } ?? ""),
          ]
        }
      )
    )
  }

  private func noted(_ rows: [(String, HostDiff.Figure)]) -> [(String, HostDiff.Figure)] {
    isVerbose ? rows : rows.filter { DiffWords.isNoted($0.1) }
  }

  private func table(
    _ caption: String,
    _ name: String,
    _ rows: [(String, HostDiff.Figure)]
  ) -> ReportBlock {
    .table(
      ReportTable(
        caption,
        [.text(name), .number("was"), .number("is"), .number("change")],
        rows.map { name, figure in
          [
            ReportCell(name), ReportCell(DiffWords.text(figure.before)),
            ReportCell(DiffWords.text(figure.after)), ReportCell(DiffWords.change(figure.change)),
          ]
        }
      )
    )
  }

  // MARK: A fleet

  private func fleet() -> [ReportSection] {
    var sections = [
      ReportSection(
        id: "totals",
        heading: "All hosts in both",
        blocks: [table("Sums", "figure", diff.totals.map { ($0.title, $0) })]
      ),
      hosts("worse", "Worse", .worse), hosts("better", "Better", .better),
    ]
    if isVerbose { sections.append(hosts("neither", "Neither, and moved", .same)) }
    let diff = diff
    sections += [
      rows("new", "New", diff.appeared, [.text("host"), .text("verdict")]) {
        (number) throws(LocatedError) in
        try diff.appeared(number).map { [CapacityText.host($0), ReportCell($0.verdict)] }
      },
      rows("gone", "Gone", diff.gone, [.text("host"), .text("verdict")]) {
        (number) throws(LocatedError) in
        try diff.gone(number).map { [CapacityText.host($0), ReportCell($0.verdict)] }
      },
      rows("not-judged", "Not judged", diff.notJudged, [.text("source"), .text("why")]) {
        (number) throws(LocatedError) in
        try diff.notJudged(number).map { [ReportCell($0.source), ReportCell($0.failure ?? "")] }
      },
    ]
    return sections
  }

  private func hosts(
    _ id: String,
    _ heading: String,
    _ direction: HostDiff.Direction
  ) -> ReportSection {
    let diff = diff
    let all = diff.hosts.filter { $0.direction == direction && $0.isChanged }
    return rows(
      id,
      heading,
      all.count,
      [.text("host"), .text("before"), .text("after"), .text("what moved")]
    ) { (number) throws(LocatedError) in
      let host = try diff.host(all[number])
      var moved = ReportCell("")
      moved.details = DiffWords.moved(host)
      let from = diff.isDouble(host.after.name) ? host.after.source : ""
      return [
        ReportCell(host.after.name, details: [from]), ReportCell(host.before.verdict),
        ReportCell(host.after.verdict), moved,
      ]
    }
  }

  private func rows(
    _ id: String,
    _ heading: String,
    _ count: Int,
    _ columns: [ReportTable.Column],
    _ row: @escaping (Int) throws(LocatedError) -> [ReportCell]?
  ) -> ReportSection {
    let shown = isVerbose ? count : min(count, Self.shown)
    var blocks: [ReportBlock] = [
      .long(
        LongTable(
          caption: "\(heading): \(CapacityText.hosts(count))",
          columns: columns,
          count: shown,
          row: row
        )
      )
    ]
    if count == 0 { blocks = [.text("None.")] }
    if shown < count { blocks.append(.note("\(count - shown) more with -v, and in the JSON.")) }
    return ReportSection(id: id, heading: heading, blocks: blocks)
  }
}
