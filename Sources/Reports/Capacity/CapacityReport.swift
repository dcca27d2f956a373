internal import Advice
internal import Capacity
internal import HostModel
internal import Profiles

/// Puts a capacity report together as a page: of one host, or of a fleet.
struct CapacityReport {
  let heading: CapacityHeading
  let summary: CapacitySummary
  /// Worst first; only these are shown one by one.
  let rows: [HostRow]
  let moved: MovedRows
  /// Every host in a line; nil where the page has none.
  let index: HostIndex?
  let failures: [HostRow]
  /// Profiles that hosts were judged by, by name.
  let profiles: [Profile]

  /// Accounts that a fleet's page folds in, and sections that classes get.
  private static let accounts = 10
  private static let classSections = 40

  func page() -> ReportPage {
    if heading.isBrief {
      return ReportPage(
        title: heading.title,
        date: heading.date,
        scope: CapacityText.hosts(summary.hosts),
        sections: BriefSections(heading: heading, summary: summary, profiles: profiles).sections(),
        isBrief: true
      )
    }
    var sections: [ReportSection]
    let only = rows.first.flatMap { row in row.account.map { (row, $0) } }
    if summary.hosts == 1, let (row, account) = only {
      sections = HostSections(row: row, account: account, level: 3).sections()
      if !heading.whatIf.isEmpty { sections.insert(whatIf(), at: 1) }
    } else {
      sections = [overview()]
      if !heading.whatIf.isEmpty { sections.append(whatIf()) }
      sections += [distributions(), hosts()]
      if let all = everyHost() { sections.append(all) }
      sections.append(groups())
      sections.append(ClassSections(summary: summary, limit: Self.classSections).section())
      if let accounts = accounts() { sections.append(accounts) }
      if let failed = notJudged() { sections.append(failed) }
    }
    let changed =
      heading.whatIf.isEmpty ? [] : Set(profiles.map { heading.whatIf.applied(to: $0) })
    sections.append(
      MethodSection.section(
        profiles,
        changed: changed.sorted { $0.name < $1.name },
        isPlan: !heading.whatIf.additions.isEmpty
      )
    )
    let scope =
      summary.hosts == 1
      ? (rows.first?.name ?? "one host") : CapacityText.hosts(summary.hosts)
    return ReportPage(title: heading.title, date: heading.date, scope: scope, sections: sections)
  }

  // MARK: Overview

  private func overview() -> ReportSection {
    let worst = summary.verdicts.filter { $0.value > 0 }.keys.max() ?? .unknown
    let sentences = summary.sentences
    return ReportSection(
      id: "summary",
      heading: "Summary",
      blocks: [
        .lead(
          head: sentences[0],
          body: sentences.dropFirst().joined(separator: " "),
          verdict: worst
        ),
        .tiles([
          ReportTile(
            label: "Out of balance",
            value: "\(summary.bad)",
            note: "of \(CapacityText.hosts(summary.judged)) that were judged",
            verdict: summary.bad > 0
              ? .imbalanced : summary.verdicts[.unknown] == summary.judged ? .unknown : .balanced
          ),
          ReportTile(
            label: "Too much Movable",
            value: summary.isUnsized ? "not known" : summary.excess.text,
            note: "where it is now",
            verdict: summary.excess > 0
              ? .imbalanced : summary.isUnsized ? .unknown : .balanced
          ),
          ReportTile(
            label: "Could become Movable",
            value: summary.isUnsized ? "not known" : summary.possible.text,
            note: "of \(summary.total.text)"
          ),
          ReportTile(
            label: "Could not be judged",
            value: "\(summary.failed)",
            note: summary.failed == 0 ? "every source was read" : "reasons below",
            verdict: summary.failed > 0 ? .unknown : .balanced
          ),
        ]),
      ]
    )
  }

  private func distributions() -> ReportSection {
    let verdicts = Verdict.allCases.sorted(by: >)
    let counts = verdicts.map { summary.verdicts[$0] ?? 0 }
    let largest = max(1, counts.max() ?? 1)
    let verdictRows: [[ReportCell]] = zip(verdicts, counts).map { verdict, count in
      [ReportCell(verdict), CapacityText.count(count), .bar(count * 100 / largest)]
    }
    return ReportSection(
      id: "distribution",
      heading: "How the hosts are spread",
      blocks: [
        .charts(
          [
            ReportTable(
              "Hosts by verdict",
              [.text("verdict"), .number("hosts"), .text("picture")],
              verdictRows
            ),
            Self.bins(
              "Hosts by Movable : kernel",
              "ratio",
              CapacitySummary.ratioLabels,
              summary.ratioBins
            ),
            Self.bins(
              "Hosts by kernel headroom over need",
              "headroom",
              CapacitySummary.headroomLabels,
              summary.headroomBins
            ),
          ] + [outlook()].compactMap { $0 }
        )
      ]
    )
  }

  private func outlook() -> ReportTable? {
    guard let outlook = summary.outlook else { return nil }
    let spans = OutlookCounts.Span.allCases
    return Self.bins(
      "Hosts by when they get tight",
      "tight",
      spans.map(\.title),
      spans.map { outlook.hosts[$0] ?? 0 }
    )
  }

  private static func bins(
    _ caption: String,
    _ name: String,
    _ labels: [String],
    _ counts: [Int]
  ) -> ReportTable {
    let largest = max(1, counts.max() ?? 1)
    return ReportTable(
      caption,
      [.text(name), .number("hosts"), .text("picture")],
      zip(labels, counts).map {
        [ReportCell($0), CapacityText.count($1), .bar($1 * 100 / largest)]
      }
    )
  }

  // MARK: Hosts

  private func hosts() -> ReportSection {
    let hasHistories = summary.outlook != nil
    var columns: [ReportTable.Column] = [.text("host"), .text("verdict")]
    if hasHistories { columns.append(.number("months to tight")) }
    columns += [
      .text("nodes"), .number("kernel"), .number("Movable"),
      .number("ratio"), .number("headroom"), .number("when full"), .number("left at horizon"),
      .number("needed"),
    ]
    let isWhatIf = !heading.whatIf.isEmpty
    if isWhatIf { columns.append(.text("what if")) }
    columns.append(.text("findings and advice"))
    let cells = rows.map { row in
      var stacks = ReportCell("")
      stacks.stacks = ZonePicture.rows(row.nodes)
      var cells = [
        CapacityText.host(row, details: [row.kernelRelease ?? "", row.machineClass]),
        ReportCell(row.verdict),
      ]
      if hasHistories { cells.append(CapacityText.months(row)) }
      cells += [stacks] + CapacityText.zones(row)
      cells += [
        CapacityText.size(row.headroom), CapacityText.size(row.headroomWhenFull),
        CapacityText.left(row.headroomAtHorizon), CapacityText.size(row.needed),
      ]
      if isWhatIf { cells.append(WhatIfSection.cell(row)) }
      var advice: ReportCell = .code(row.recommendation)
      advice.details = row.rules
      cells.append(advice)
      return cells
    }
    let left = summary.rows - rows.count
    let caption =
      left > 0
      ? "The \(hasHistories ? "first" : "worst") \(rows.count) of \(summary.rows)"
      : "Every host that was judged"
    var blocks: [ReportBlock] = [
      .table(ReportTable(caption, columns, cells, isInteractive: true))
    ]
    if left > 0 {
      let place = index == nil ? "in the CSV (--output csv=FILE)" : "in the list behind this table"
      blocks.append(.note("\(left) more hosts are \(place), and in the groups below."))
    }
    return ReportSection(
      id: "hosts",
      heading: hasHistories ? "Hosts, tight first" : "Hosts, worst first",
      blocks: blocks
    )
  }

  /// Every host in a line, where the table does not have them all.
  private func everyHost() -> ReportSection? {
    guard summary.rows > rows.count || summary.failed > failures.count, let index else {
      return nil
    }
    let page = index.page
    let size = ByteCount(UInt64(page.size)).text
    var blocks: [ReportBlock] = [
      .note(
        "\(page.count) lines in the order of the names, \(size) of this file; a search looks at names, "
          + "sources and verdicts. They are not printed."
      ),
      .index(page),
    ]
    if !page.rest.isEmpty { blocks.append(.note(page.rest)) }
    return ReportSection(id: "every-host", heading: "Every host", blocks: blocks)
  }

  // MARK: Groups

  private func groups() -> ReportSection {
    ReportSection(
      id: "groups",
      heading: "Groups",
      blocks: summary.groupings.flatMap(grouped) + labelNotes() + [
        .table(Self.groups("By machine class", "class", summary.classes)),
        .table(Self.groups("By kernel", "kernel", summary.kernels)),
        .table(Self.groups("By profile", "profile", summary.profiles)),
      ]
    )
  }

  /// Hosts by a label or a part of their names, and who is in no group.
  private func grouped(_ grouped: GroupedHosts) -> [ReportBlock] {
    let by = grouped.grouping.text
    var blocks: [ReportBlock] = [.table(Self.groups("By \(by)", by, grouped.groups))]
    let without = grouped.without.hosts
    if without > 0 {
      let who = CapacityText.examples(grouped.examples, of: without)
      let bad = grouped.without.bad
      blocks.append(
        .note(
          "In no group of \(by): \(CapacityText.hosts(without)), \(bad) out of balance: \(who)."
        )
      )
    }
    return blocks
  }

  private func labelNotes() -> [ReportBlock] {
    summary.labelUse?.sentences.map { .note($0) } ?? []
  }

  private static func groups(
    _ caption: String,
    _ name: String,
    _ groups: [String: CapacityGroup]
  ) -> ReportTable {
    let all = CapacitySummary.sorted(groups)
    let shown = all.prefix(classSections)
    let rest = all.count > shown.count ? "; the \(shown.count) largest of \(all.count)" : ""
    return ReportTable(
      caption + rest,
      [
        .text(name), .number("hosts"), .number("out of balance"), .number("tight"),
        .number("worst ratio"), .number("least headroom"), .number("could become Movable"),
        .number("too much Movable"),
      ],
      shown.map { group in
        [
          ReportCell(group.name), CapacityText.count(group.hosts), CapacityText.count(group.bad),
          CapacityText.count(group.verdicts[.tight] ?? 0),
          group.worstRatio.map(CapacityText.ratio) ?? "not known",
          CapacityText.size(group.leastHeadroom), CapacityText.size(group.possible),
          CapacityText.size(group.excess),
        ]
      }
    )
  }

  private func accounts() -> ReportSection? {
    let shown = rows.prefix(Self.accounts).enumerated().compactMap { index, row in
      row.account.map { account in
        ReportBlock.details(
          "\(row.name)\(row.source == row.name ? "" : " (\(row.source))"): \(row.verdict.rawValue)",
          id: "host-\(index + 1)",
          HostSections(row: row, account: account, level: 4).blocks()
        )
      }
    }
    guard !shown.isEmpty else { return nil }
    let which = shown.count < summary.rows ? "The worst \(shown.count) hosts" : "All hosts"
    return ReportSection(
      id: "accounts",
      heading: "Host by host",
      blocks: [
        .note(
          "\(which), each with its whole account. For any other: zonewise report SOURCE."
        )
      ] + shown
    )
  }

  // MARK: What if, and what failed

  private func whatIf() -> ReportSection {
    WhatIfSection.section(heading, summary: summary, only: rows.first, moved: moved)
  }

  private func notJudged() -> ReportSection? {
    guard !failures.isEmpty else { return nil }
    var blocks: [ReportBlock] = [
      .table(
        ReportTable(
          "Sources that could not be judged",
          [.text("source"), .text("why")],
          failures.map { [ReportCell($0.source), ReportCell($0.failure ?? "")] }
        )
      )
    ]
    if failures.count < summary.failed {
      let place = index == nil ? "the CSV" : "the list of every host, and why in the CSV"
      blocks.append(.note("\(summary.failed - failures.count) more are in \(place)."))
    }
    return ReportSection(id: "not-judged", heading: "Not judged", blocks: blocks)
  }
}
