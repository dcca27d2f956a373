internal import Advice
internal import Capacity
internal import HostModel
internal import Profiles
package import SourceText

/// `zonewise diff` for people: who got worse first, then what moved and by how much.
package struct DiffText {
  private let diff: FleetDiff
  private let style: TextStyle
  private var lines: [String] = []

  /// Hosts and terms that are shown without -v.
  private static let shownHosts = 20
  private static let shownTerms = 12

  private init(_ diff: FleetDiff, style: TextStyle) {
    self.diff = diff
    self.style = style
  }

  /// The answer's text.
  ///
  /// - Throws: That a report can't be read any more.
  package static func render(
    _ diff: FleetDiff,
    style: TextStyle
  ) throws(LocatedError) -> String {
    var text = DiffText(diff, style: style)
    if diff.isFleet {
      try text.fleet()
    } else if let host = diff.hosts.first {
      text.host(try diff.host(host))
    }
    return style.encoded(text.lines.joined(separator: "\n") + "\n")
  }

  // MARK: One host

  private mutating func host(_ host: HostDiff) {
    header(host.after.name)
    answer(host)
    table("HOST", host.figures.map { ($0.title, $0) })
    let nodes = host.nodes.flatMap { node in
      node.figures.map { ("node \(node.node) \($0.title)", $0) }
    }
    table("NODES", nodes.filter { style.isVerbose || DiffWords.isNoted($0.1) })
    let terms = host.terms.map { (DiffWords.name($0), $0.now) }
    table("WHAT THE KERNEL ZONES PAY FOR", noted(terms))
    changed(host)
    findings("NEW", host.newFindings, .red)
    findings("GONE", host.goneFindings, .green)
  }

  private mutating func answer(_ host: HostDiff) {
    let (head, body) = DiffWords.answer(host)
    add(head, body, host.direction == .worse ? .red : .green)
  }

  private mutating func changed(_ host: HostDiff) {
    guard !host.facts.isEmpty else { return }
    section("CHANGED")
    for fact in host.facts { wrap("  \(fact.what): \(fact.before) → \(fact.after)", indent: 4) }
  }

  private mutating func findings(
    _ title: String,
    _ findings: [FindingBrief],
    _ mark: TextStyle.Mark
  ) {
    guard !findings.isEmpty else { return }
    section(title)
    for finding in findings {
      let node = finding.node.map { " (node \($0))" } ?? ""
      let severity = finding.severity == .note ? TextStyle.Mark.dim : mark
      lines.append(
        "  " + style.marked(finding.severity.rawValue.padded(8), severity)
          + " \(finding.text)\(node)"
      )
    }
  }

  // MARK: A fleet

  private mutating func fleet() throws(LocatedError) {
    header("\(diff.hosts.count) hosts in both")
    let (head, body) = DiffWords.answer(diff)
    add(head, body, diff.count(.worse) > 0 ? .red : .green)
    table("ALL HOSTS IN BOTH", diff.totals.map { ($0.title, $0) })
    try hosts("WORSE", .worse)
    try hosts("BETTER", .better)
    if style.isVerbose { try hosts("NEITHER, AND MOVED", .same) }
    let diff = diff
    try names("NEW", diff.appeared) { (number) throws(LocatedError) in
      try diff.appeared(number).map { "\($0.name): \($0.verdict.rawValue)" }
    }
    try names("GONE", diff.gone) { (number) throws(LocatedError) in
      try diff.gone(number).map { "\($0.name): \($0.verdict.rawValue) before" }
    }
    try names("NOT JUDGED", diff.notJudged) { (number) throws(LocatedError) in
      try diff.notJudged(number).map { "\($0.source): \($0.failure ?? "")" }
    }
  }

  private mutating func hosts(
    _ title: String,
    _ direction: HostDiff.Direction
  ) throws(LocatedError) {
    let all = diff.hosts.filter { $0.direction == direction && $0.isChanged }
    guard !all.isEmpty else { return }
    section(title)
    let shown = style.isVerbose ? all[...] : all.prefix(Self.shownHosts)
    for entry in shown {
      let host = try diff.host(entry)
      let from = diff.isDouble(host.after.name) ? " (\(host.after.source))" : ""
      wrap("  \(host.after.name)\(from): \(DiffWords.verdicts(host))", indent: 4)
      let parts = DiffWords.moved(host)
      if !parts.isEmpty { wrap("    " + parts.joined(separator: "; "), indent: 4) }
    }
    if shown.count < all.count { lines.append("  … and \(all.count - shown.count) more (-v)") }
  }

  private mutating func names(
    _ title: String,
    _ count: Int,
    _ name: (Int) throws(LocatedError) -> String?
  ) throws(LocatedError) {
    guard count > 0 else { return }
    section(title)
    let shown = style.isVerbose ? count : min(count, Self.shownHosts)
    for number in 0..<shown {
      if let name = try name(number) { wrap("  \(name)", indent: 4) }
    }
    if shown < count { lines.append("  … and \(count - shown) more (-v)") }
  }

  // MARK: Tables

  private mutating func table(_ title: String, _ rows: [(String, HostDiff.Figure)]) {
    guard !rows.isEmpty else { return }
    lines.append("")
    let name = style.marked(title, .bold) + "".padded(max(0, 38 - title.count))
    lines.append(name + "before".aligned(12) + "after".aligned(12) + "change".aligned(14))
    for (title, figure) in rows {
      let title = title.count > 36 ? String(title.prefix(35)) + "…" : title
      lines.append(
        "  " + title.padded(36) + DiffWords.text(figure.before).aligned(12)
          + DiffWords.text(figure.after).aligned(12) + DiffWords.change(figure.change).aligned(14)
      )
    }
  }

  /// What moved enough to matter; all of it with -v.
  private func noted(_ rows: [(String, HostDiff.Figure)]) -> [(String, HostDiff.Figure)] {
    if style.isVerbose { return rows }
    return Array(rows.filter { DiffWords.isNoted($0.1) }.prefix(Self.shownTerms))
  }

  // MARK: Lines

  private mutating func header(_ what: String) {
    let sides = [diff.before, diff.after].map { $0.date ?? $0.source }
    wrap("zonewise \(ToolVersion.current) · \(what) · \(sides[0]) → \(sides[1])", indent: 2)
    lines.append("")
  }

  private mutating func add(_ head: String, _ body: String, _ mark: TextStyle.Mark) {
    for (index, line) in (head + " " + body).wrapped(style.width).enumerated() {
      let isHead = index == 0 && line.hasPrefix(head)
      lines.append(isHead ? style.marked(head, mark) + line.dropFirst(head.count) : line)
    }
  }

  private mutating func section(_ title: String) {
    lines += ["", style.marked(title, .bold)]
  }

  private mutating func wrap(_ line: String, indent: Int) {
    let text = line.printable
    let lead = String(text.prefix { $0 == " " })
    for (index, part) in text.wrapped(style.width - indent).enumerated() {
      lines.append((index == 0 ? lead : String(repeating: " ", count: indent)) + part)
    }
  }
}
