/// What Documentation/boot-targets.md says of a target, in Markdown.
package struct TargetRow: Sendable {
  let place: String
  /// Whether, and of what, a reboot is needed.
  let reboot: String
  /// What has read its output in tests.
  let verified: String
}

extension BootTargets {
  /// The table of all targets, which Documentation/boot-targets.md holds.
  package static var table: [String] {
    ["| target | goes to | reboot | verified by |", "|---|---|---|---|"]
      + all.map { target in
        let row = target.documentation
        let cells = ["`\(target.name)`", row.place, row.reboot, row.verified]
        return MarkdownRow.text(cells)
      }
  }
}

/// A row of a table in Markdown.
enum MarkdownRow {
  static func text(_ cells: [String]) -> String {
    "|"
      + cells.map { $0.isEmpty ? " |" : " \($0.replacing("|", with: "\\|")) |" }.joined()
  }
}
