internal import Advice
package import FleetCheck
internal import HostModel
internal import SourceText

/// `check --format markdown`: the counts and the worst findings, for a CI's summary page.
package struct CheckMarkdown: CheckWriter {
  /// Rows of a table that someone still reads; other formats have all.
  static let mostRows = 500
  private static let mostFailures = 50
  /// GitHub refuses a summary above 1 MiB; this leaves room for what else a step writes.
  private static let mostBytes = 900 << 10
  private static let longestCell = 500

  private let failOn: Finding.Severity?
  /// The rows of each severity, as many as could come to be shown.
  private var rows: [Finding.Severity: [String]] = [:]
  private var notJudged: [String] = []
  /// How many there were, the ones that are shown included.
  private var notJudgedCount = 0

  package init(_ options: CheckReportOptions) { failOn = options.failOn }

  package mutating func begin(_ output: inout [UInt8]) {}

  package mutating func add(_ result: CheckResult, _ output: inout [UInt8]) {
    switch result {
    case .failed(let failure):
      addNotJudged(failure.place, failure.message)
    case .unread(let file):
      if file.isNamed { addNotJudged(file.place, file.sentence) }
    case .judged(let subject):
      for found in subject.findings where found.isOpen {
        let severity = found.finding.severity
        guard rows[severity, default: []].count < Self.mostRows else { continue }
        rows[severity, default: []].append(row(found, of: subject))
      }
      if let why = subject.whyNotJudged {
        addNotJudged(subject.place, "\(subject.label): \(why)")
      }
    }
  }

  private mutating func addNotJudged(_ location: SourceLocation, _ why: String) {
    notJudgedCount += 1
    guard notJudged.count < Self.mostFailures else { return }
    notJudged.append("| \(place(location)) | \(cell(why)) |")
  }

  package mutating func end(_ summary: CheckSummary, _ output: inout [UInt8]) {
    output += "### zonewise check\n\n\(verdict(summary)) \(cell(summary.sentence))\n".utf8
    if !notJudged.isEmpty {
      output += "\n#### Not judged\n\n| place | why |\n|---|---|\n".utf8
      write(notJudged, of: notJudgedCount, &output)
    }
    let sorted = Finding.Severity.allCases.sorted(by: >).flatMap { rows[$0] ?? [] }
    guard !sorted.isEmpty else { return }
    output +=
      """

      #### Found

      | severity | rule | place | what | what to do |
      |---|---|---|---|---|

      """.utf8
    write(Array(sorted.prefix(Self.mostRows)), of: summary.count(atLeast: .note), &output)
  }

  private func verdict(_ summary: CheckSummary) -> String {
    if let failOn, summary.count(atLeast: failOn) > 0 { return "**Failed.**" }
    if notJudgedCount > 0 { return "**Not everything could be judged.**" }
    return summary.subjects == 0 ? "**Nothing was judged.**" : "**Passed.**"
  }

  /// As many rows as fit, and how many did not.
  private func write(_ rows: [String], of total: Int, _ output: inout [UInt8]) {
    var shown = 0
    for row in rows {
      guard output.count + row.utf8.count < Self.mostBytes else { break }
      output += row.utf8
      output.append(0x0A)
      shown += 1
    }
    if shown < total { output += "\nand \(total - shown) more, which are not listed here.\n".utf8 }
  }

  private func row(_ found: CheckFinding, of subject: CheckedSubject) -> String {
    let finding = found.finding
    let kernels = found.kernels.isEmpty ? "" : ", on \(found.kernels.joined(separator: ", "))"
    let cells = [
      finding.severity.rawValue,
      "\(cell(finding.code)) \(cell(finding.rule))",
      place(found.location),
      cell("\(subject.label)\(kernels): \(found.message)"),
      cell(found.remedy),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private func cell(_ text: String) -> String {
    MarkdownText.escaped(MarkdownText.clipped(text, Self.longestCell))
  }

  private func place(_ location: SourceLocation) -> String {
    let file = MarkdownText.clipped(location.file, Self.longestCell)
    return MarkdownText.code("\(file):\(location.line):\(location.column)")
  }
}
