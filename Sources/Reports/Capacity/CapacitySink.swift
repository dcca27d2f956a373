package import Advice
package import Capacity
internal import Profiles

/// The formats of a capacity report.
package enum CapacityFormat: String, Hashable, Sendable, CaseIterable {
  case html
  case markdown
  case csv
  case json

  /// Written host by host, so that nothing of its size is held; pages need all hosts first.
  package var isStreamed: Bool { self == .csv || self == .json }
}

/// What stands above a report.
package struct CapacityHeading: Sendable {
  package var title: String
  package var date: String
  package var whatIf: WhatIf

  package init(title: String, date: String, whatIf: WhatIf) {
    self.title = title
    self.date = date
    self.whatIf = whatIf
  }
}

/// Takes rows one by one: gives back what CSV and JSON say of each, and keeps the sums and the worst
/// for pages that people read.
package struct CapacitySink {
  private let heading: CapacityHeading
  package private(set) var summary = CapacitySummary()
  package private(set) var failures: [HostRow] = []
  private var shown: RankedRows
  private var moved: MovedRows
  private var profiles: [String: Profile] = [:]

  /// Failures that pages name one by one.
  private static let failureLimit = 500

  package init(heading: CapacityHeading, worst: Int) {
    self.heading = heading
    shown = RankedRows(limit: worst, HostRanking.worst)
    moved = MovedRows(limit: worst)
  }

  /// What stands before the hosts.
  package func opening(_ format: CapacityFormat) -> [UInt8] {
    switch format {
    case .csv: Array(CapacityCSV.header.utf8)
    case .json: CapacityJSON.opening(heading)
    case .html, .markdown: []
    }
  }

  /// A host as CSV and JSON have it; pure, so that any thread can do it.
  package static func bytes(_ row: HostRow, _ format: CapacityFormat) -> [UInt8] {
    switch format {
    case .csv: Array(CapacityCSV.lines(row).utf8)
    case .json: CapacityJSON.host(row)
    case .html, .markdown: []
    }
  }

  /// A host in each of the formats.
  package static func bytes(
    _ row: HostRow,
    _ formats: [CapacityFormat]
  ) -> [CapacityFormat: [UInt8]] {
    var bytes: [CapacityFormat: [UInt8]] = [:]
    for format in formats { bytes[format] = self.bytes(row, format) }
    return bytes
  }

  /// What stands between two hosts.
  package static func separator(_ format: CapacityFormat) -> [UInt8] {
    format == .json ? Array(",\n".utf8) : []
  }

  package mutating func add(_ row: HostRow) {
    summary.add(row)
    guard row.failure == nil else {
      if failures.count < Self.failureLimit { failures.append(row) }
      return
    }
    if let profile = row.account?.profile, profiles.count < Self.failureLimit {
      profiles[profile.name] = profile
    }
    var row = row
    row.needs = nil
    shown.add(row)
    moved.add(row)
  }

  /// What stands behind the hosts, or the whole page.
  package func closing(_ format: CapacityFormat) throws -> [UInt8] {
    switch format {
    case .csv: []
    case .json:
      CapacityJSON.closing(summary, profiles: sortedProfiles, whatIf: heading.whatIf)
    case .markdown: Array(PageMarkdown.render(report.page()).utf8)
    case .html: Array(PageHTML.render(report.page()).utf8)
    }
  }

  private var sortedProfiles: [Profile] { profiles.values.sorted { $0.name < $1.name } }

  private var report: CapacityReport {
    CapacityReport(
      heading: heading,
      summary: summary,
      rows: shown.first,
      moved: moved,
      failures: failures,
      profiles: sortedProfiles
    )
  }
}
