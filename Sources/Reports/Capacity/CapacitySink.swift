internal import Advice

/// The formats of a capacity report.
package enum CapacityFormat: String, Hashable, Sendable, CaseIterable {
  case html
  case markdown
  case csv
  case json
}

/// What stands above a report.
package struct CapacityHeading: Sendable {
  package var title: String
  package var date: String
  package var whatIfs: [String]
  package var profileNotes: [String]

  package init(title: String, date: String, whatIfs: [String], profileNotes: [String]) {
    self.title = title
    self.date = date
    self.whatIfs = whatIfs
    self.profileNotes = profileNotes
  }
}

/// Takes rows one by one and keeps of each what the wanted formats need: lines for CSV and JSON,
/// the worst rows for pages that people read.
package struct CapacitySink {
  private let heading: CapacityHeading
  private let formats: Set<CapacityFormat>
  private let worst: Int
  package private(set) var summary = CapacitySummary()
  package private(set) var failures: [HostRow] = []
  private var shown: [HostRow] = []
  private var csv: [UInt8] = []
  private var json: [UInt8] = []

  package init(heading: CapacityHeading, formats: Set<CapacityFormat>, worst: Int) {
    self.heading = heading
    self.formats = formats
    self.worst = worst
    if formats.contains(.csv) { csv = Array(CapacityCSV.header.utf8) }
    if formats.contains(.json) {
      json = CapacityJSON.opening(date: heading.date, title: heading.title)
    }
  }

  package mutating func add(_ row: HostRow) {
    if formats.contains(.csv) { csv += CapacityCSV.lines(row).utf8 }
    if formats.contains(.json) {
      if summary.hosts > 0 { json += Array(",\n".utf8) }
      json += CapacityJSON.host(row)
    }
    summary.add(row)
    if row.failure != nil {
      if failures.count < 1000 { failures.append(row) }
      return
    }
    shown.append(row)
    // Sorting a doubled list once in a while keeps the worst at the price of one sort a host.
    if shown.count >= 2 * worst { trim() }
  }

  private mutating func trim() {
    shown = Self.sorted(shown)
    shown.removeLast(max(0, shown.count - worst))
  }

  /// Worst first: verdict, then ratio, then name.
  private static func sorted(_ rows: [HostRow]) -> [HostRow] {
    rows.sorted { left, right in
      if left.verdict != right.verdict { return left.verdict > right.verdict }
      if left.ratio != right.ratio { return left.ratio > right.ratio }
      return (left.name, left.source) < (right.name, right.source)
    }
  }

  /// The finished report.
  package func bytes(_ format: CapacityFormat) throws -> [UInt8] {
    let rows = Array(Self.sorted(shown).prefix(worst)) + failures
    switch format {
    case .csv: return csv
    case .json: return json + CapacityJSON.closing(summary)
    case .markdown:
      return Array(
        CapacityMarkdown.render(
          rows: rows,
          summary: summary,
          date: heading.date,
          title: heading.title,
          whatIfs: heading.whatIfs
        ).utf8
      )
    case .html:
      return Array(
        try CapacityHTML.render(
          rows: rows,
          summary: summary,
          date: heading.date,
          title: heading.title,
          whatIfs: heading.whatIfs,
          profileNotes: heading.profileNotes
        ).utf8
      )
    }
  }
}
