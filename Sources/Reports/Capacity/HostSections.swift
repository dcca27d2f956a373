internal import Advice
internal import Capacity
internal import HostModel
internal import KernelBehavior
internal import Profiles

/// The whole account of one host, for a page of its own or folded into a fleet's.
struct HostSections {
  let row: HostRow
  let account: HostAccount
  /// The level of headings inside these blocks.
  let level: Int

  /// The sections of a report about this host alone.
  func sections() -> [ReportSection] {
    var sections = [
      ReportSection(id: "answer", heading: "The answer", blocks: answer()),
      ReportSection(id: "zones", heading: "Where the memory is", blocks: zones() + ratio()),
      ReportSection(id: "account", heading: "What the kernel zones pay for", blocks: demand()),
      ReportSection(id: "advice", heading: "What to do", blocks: advice()),
      ReportSection(id: "findings", heading: "What was found", blocks: findings()),
    ]
    sections.append(
      ReportSection(id: "unknown", heading: "What is not known", blocks: unknown())
    )
    return sections
  }

  /// The same as one list of blocks.
  func blocks() -> [ReportBlock] {
    let parts = [
      ("Where the memory is", zones() + ratio()), ("What the kernel zones pay for", demand()),
      ("What to do", advice()), ("What was found", findings()), ("What is not known", unknown()),
    ]
    return answer() + parts.flatMap { [.heading($0.0, level: level)] + $0.1 }
  }

  // MARK: The answer

  private func answer() -> [ReportBlock] {
    let left = row.headroomAtHorizon
    let sentence = AnswerSentence(account)
    var lead: [ReportBlock] = [
      .lead(head: sentence.head, body: sentence.body, verdict: row.verdict),
      .tiles([
        ReportTile(
          label: "Verdict",
          value: row.verdict.rawValue,
          note: "profile \(account.profile.name)",
          verdict: row.verdict
        ),
        ReportTile(
          label: "Movable : kernel",
          value: row.movable == .zero ? "no Movable" : "\(row.ratio)",
          note: account.sizing.value.map { "largest safe: \($0.maxSafeRatio)" } ?? "limit not known"
        ),
        ReportTile(
          label: "Kernel headroom",
          value: row.headroom?.text ?? "not known",
          note: left.map {
            "\(CapacityText.signed($0)) left in \(account.profile.horizonDays) days"
          } ?? ""
        ),
        ReportTile(
          label: "Could become Movable",
          value: row.possible?.text ?? "not known",
          note: row.excess.map { $0 > 0 ? "\($0.text) too much now" : "" } ?? ""
        ),
      ]),
    ]
    var facts = ["Linux \(row.kernelRelease ?? "unknown")", row.machineClass, row.source]
    if let line = account.commandLine, !line.isEmpty { facts.append(line) }
    lead.append(.note(facts.joined(separator: " · ")))
    return lead
  }

  // MARK: Zones

  private func zones() -> [ReportBlock] {
    let cells = row.nodes.map { node in
      [
        ReportCell("node \(node.node)"), CapacityText.size(node.kernel + node.movable),
        CapacityText.size(node.kernel), CapacityText.size(node.freeKernel.value),
        CapacityText.size(node.movable), CapacityText.size(node.freeMovable.value),
        CapacityText.ratio(MovableRatio(node.movable, to: node.kernel)),
        CapacityText.size(node.headroom.value), CapacityText.size(node.full.value?.least),
        ReportCell(node.verdict),
      ]
    }
    return [
      .zones(ZonePicture(row.nodes, caption: "The zones of each node, to scale.")),
      .table(
        ReportTable(
          "Zones by node",
          [
            .text("node"), .number("total"), .number("kernel"), .number("of it free"),
            .number("Movable"), .number("of it free"), .number("ratio"), .number("headroom"),
            .number("when full"), .text("verdict"),
          ],
          cells
        )
      ),
    ]
  }

  private func ratio() -> [ReportBlock] {
    let limits = account.profile.limits
    let rows: [[ReportCell]] = [
      ["now", CapacityText.ratio(row.ratio)],
      ["fine up to", ReportCell("\(limits.fine)")],
      ["too much above", ReportCell("\(limits.warning)")],
      [
        "largest safe here",
        ReportCell(account.sizing.value.map { "\($0.maxSafeRatio)" } ?? "not known"),
      ],
    ]
    return [
      .scale(RatioScale(row.ratio, limits: limits)),
      .table(
        ReportTable("Movable : kernel against its limits", [.text("ratio"), .number("is")], rows)
      ),
    ]
  }

  // MARK: The account

  private func demand() -> [ReportBlock] {
    let demand: Demand
    switch account.demand {
    case .known(let known, _): demand = known
    case .unknown(let reason): return [.text("Not known: \(reason).")]
    }
    let profile = account.profile
    var rows = demand.terms.map { term in
      [
        ReportCell(term.id.title, details: [term.node.map { "node \($0)" } ?? ""]),
        CapacityText.size(term.now), CapacityText.size(term.projected),
        ReportCell(term.source), ReportCell(term.formula),
      ]
    }
    let sign = demand.unexplained < 0 ? "−" : ""
    let unexplained = ByteCount(demand.unexplained.magnitude)
    rows += [
      [
        "unexplained", ReportCell(sign + unexplained.text, key: Double(demand.unexplained)),
        CapacityText.size(ByteCount(UInt64(max(0, demand.unexplained)))), "zones − the above",
        "as now, where it is above zero",
      ],
      [
        "sum", CapacityText.size(demand.now), CapacityText.size(demand.projected),
        "zones, measured", "",
      ],
      [
        "reserve", CapacityText.size(demand.reserve), CapacityText.size(demand.reserve),
        "zoneinfo min, protection", "",
      ],
      [
        "margin", "", CapacityText.size(demand.margin), "profile \(profile.name)",
        "\(profile.margin.percent) %, at least \(profile.margin.minimum.text)",
      ],
      [
        "needed", "", CapacityText.size(demand.needed), "", "sum + reserve + margin",
      ],
    ]
    return [
      .table(
        ReportTable(
          "Kernel memory now and in \(profile.horizonDays) days",
          [
            .text("what"), .number("now"), .number("in \(profile.horizonDays) d"), .text("from"),
            .text("formula"),
          ],
          rows
        )
      )
    ]
  }

  // MARK: Advice

  private func advice() -> [ReportBlock] {
    let recommendation = account.recommendation
    guard recommendation.method != .none else {
      return [.text("Nothing: \(recommendation.reason.text).")]
    }
    var blocks: [ReportBlock] = [.code(recommendation.arguments.joined(separator: " "))]
    if !recommendation.remove.isEmpty {
      blocks.append(.text("Instead of \(recommendation.remove.joined(separator: ", "))."))
    }
    let reboot = recommendation.rebootNeeded ? "; takes a reboot" : ""
    blocks.append(.text(CapacityText.sentence(recommendation.reason.text + reboot)))
    guard let predicted = recommendation.predicted else { return blocks }
    let page = account.pageSize
    blocks += [
      .zones(ZonePicture(predicted.before, pageSize: page, caption: "Zones at boot, before.")),
      .zones(ZonePicture(predicted.layout, pageSize: page, caption: "Zones at boot, after.")),
    ]
    let rows: [[ReportCell]] = predicted.layout.nodes.map { node in
      let before = predicted.before.node(node.id)
      let kernel = node.kernelPages.bytes(of: page)
      let movable = node.movablePages.bytes(of: page)
      return [
        ReportCell("node \(node.id)"), CapacityText.size(before?.kernelPages.bytes(of: page)),
        CapacityText.size(kernel), CapacityText.size(before?.movablePages.bytes(of: page)),
        CapacityText.size(movable), CapacityText.ratio(MovableRatio(movable, to: kernel)),
      ]
    }
    blocks.append(
      .table(
        ReportTable(
          "Zones before and after",
          [
            .text("node"), .number("kernel before"), .number("kernel after"),
            .number("Movable before"), .number("Movable after"), .number("ratio after"),
          ],
          rows
        )
      )
    )
    if !predicted.isExact { blocks.append(.list(predicted.assumptions)) }
    return blocks
  }

  // MARK: Findings

  private func findings() -> [ReportBlock] {
    guard !account.findings.isEmpty else { return [.text("Nothing.")] }
    return [
      .table(
        ReportTable(
          "Findings, worst first",
          [.text("finding"), .text("severity"), .text("what"), .text("remedy")],
          account.findings.map { finding in
            [
              ReportCell("\(finding.code) \(finding.rule)"), ReportCell(finding.severity.rawValue),
              ReportCell(finding.message, details: finding.evidence.map { "seen: \($0)" }),
              ReportCell(finding.remedy, details: [finding.reference]),
            ]
          }
        )
      )
    ]
  }

  private func unknown() -> [ReportBlock] {
    guard !account.unknown.isEmpty else { return [.text("Every input was read.")] }
    return [
      .table(
        ReportTable(
          "Inputs that could not be read",
          [.text("input"), .text("why"), .text("what that costs")],
          account.unknown.map {
            [ReportCell($0.input), ReportCell($0.reason), ReportCell($0.effect)]
          }
        )
      )
    ]
  }
}
