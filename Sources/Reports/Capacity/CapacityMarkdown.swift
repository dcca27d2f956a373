internal import Advice
internal import HostModel

/// A capacity report as Markdown: summary, classes, worst hosts first, what could not be judged.
package enum CapacityMarkdown {
  package static func render(
    rows: [HostRow],
    summary: CapacitySummary,
    date: String,
    title: String,
    whatIfs: [String]
  ) -> String {
    var text = "# \(escaped(title))\n\n\(escaped(date)) · zonewise \(ToolVersion.current)\n\n"
    text += summary.sentences.map { "- \($0)\n" }.joined()
    if !whatIfs.isEmpty { text += "\nWhat if: \(whatIfs.map(escaped).joined(separator: "; "))\n" }
    text += bins("Hosts by Movable : kernel", CapacitySummary.ratioLabels, summary.ratioBins)
    text += bins(
      "Hosts by kernel headroom over need",
      CapacitySummary.headroomLabels,
      summary.headroomBins
    )
    text += classes(summary)
    text += hosts(rows)
    text += failures(rows)
    return text
  }

  private static func bins(_ title: String, _ labels: [String], _ counts: [Int]) -> String {
    "\n## \(title)\n\n| \(labels.joined(separator: " | ")) |\n"
      + "|\(labels.map { _ in "--:|" }.joined())\n"
      + "| \(counts.map { "\($0)" }.joined(separator: " | ")) |\n"
  }

  private static func classes(_ summary: CapacitySummary) -> String {
    var text = """

      ## Machine classes

      | class | hosts | worst ratio | least headroom | could become Movable | too much Movable | drift |
      |:--|--:|--:|--:|--:|--:|:--|

      """
    for group in summary.sortedGroups {
      let cells = [
        escaped(group.name), "\(group.hosts)", group.worstRatio.map { "\($0)" } ?? "",
        group.leastHeadroom?.text ?? "unknown", group.possible.text, group.excess.text,
        group.drift.map(escaped).joined(separator: "; "),
      ]
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }

  private static func hosts(_ rows: [HostRow]) -> String {
    var text = """

      ## Hosts, worst first

      | host | verdict | kernel | Movable | ratio | headroom | needed | findings | do this |
      |:--|:--|--:|--:|--:|--:|--:|:--|:--|

      """
    for row in rows where row.failure == nil {
      let cells = [
        escaped(row.name), row.verdict.rawValue, row.kernel.text, row.movable.text,
        row.movable == .zero ? "none" : "\(row.ratio)", row.headroom?.text ?? "unknown",
        row.needed?.text ?? "unknown", row.rules.map(escaped).joined(separator: ", "),
        row.recommendation.isEmpty ? "" : "`\(row.recommendation)`",
      ]
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }

  private static func failures(_ rows: [HostRow]) -> String {
    let failed = rows.filter { $0.failure != nil }
    guard !failed.isEmpty else { return "" }
    return "\n## Not judged\n\n"
      + failed.map { "- \(escaped($0.source)): \(escaped($0.failure ?? ""))\n" }.joined()
  }

  /// Every input is foreign text: nothing in it may become markup or a table cell's end.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.printable {
      if "\\`*_{}[]()#+!|<>&~".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
