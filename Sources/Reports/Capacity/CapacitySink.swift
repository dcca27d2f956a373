package import Advice
package import Capacity
internal import Profiles
package import SourceText

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
  /// Whether pages are to be one sheet of paper, for who decides.
  package var isBrief: Bool

  package init(title: String, date: String, whatIf: WhatIf, isBrief: Bool = false) {
    self.isBrief = isBrief
    self.title = title
    self.date = date
    self.whatIf = whatIf
  }
}

/// Takes rows one by one: gives back what CSV and JSON say of each, and keeps the sums and the worst
/// for pages that people read.
package struct CapacitySink {
  private let heading: CapacityHeading
  package private(set) var summary: CapacitySummary
  package private(set) var failures: [HostRow] = []
  private var shown: RankedRows
  private var moved: MovedRows
  /// Nil where no page wants it.
  private var index: HostIndex?
  private var profiles: [String: Profile] = [:]

  /// Failures that pages name one by one.
  private static let failureLimit = 500

  /// - Parameters:
  ///   - heading: What stands above.
  ///   - worst: How many hosts pages show one by one.
  ///   - context: What is known of hosts beside what was read of them.
  ///   - formats: What will be written: an index of all hosts is kept for HTML only.
  package init(
    heading: CapacityHeading,
    worst: Int,
    context: HostContext = HostContext(),
    formats: [CapacityFormat] = []
  ) {
    index =
      formats.contains(.html) && !heading.isBrief
      ? HostIndex(hasHistories: context.outlooks != nil) : nil
    self.heading = heading
    summary = CapacitySummary(context)
    shown = RankedRows(
      limit: worst,
      context.outlooks == nil ? HostRanking.worst : HostRanking.tightFirst
    )
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
  package static func bytes(
    _ row: HostRow,
    _ format: CapacityFormat,
    told: HostContext = HostContext()
  ) -> [UInt8] {
    switch format {
    case .csv: Array(CapacityCSV.lines(row).utf8)
    case .json: CapacityJSON.host(row, told: told)
    case .html, .markdown: []
    }
  }

  /// A host in each of the formats.
  package static func bytes(
    _ row: HostRow,
    _ formats: [CapacityFormat],
    told: HostContext
  ) -> [CapacityFormat: [UInt8]] {
    var bytes: [CapacityFormat: [UInt8]] = [:]
    for format in formats { bytes[format] = self.bytes(row, format, told: told) }
    return bytes
  }

  /// What stands between two hosts.
  package static func separator(_ format: CapacityFormat) -> [UInt8] {
    format == .json ? Array(",\n".utf8) : []
  }

  package mutating func add(_ row: HostRow) {
    summary.add(row)
    index?.add(row)
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

  /// What stands behind the hosts, or the whole page, piece by piece.
  package func close(
    _ format: CapacityFormat,
    to put: ([UInt8]) -> Void
  ) throws(LocatedError) {
    switch format {
    case .csv: break
    case .json:
      put(CapacityJSON.closing(summary, profiles: sortedProfiles, whatIf: heading.whatIf))
    case .markdown: try PageMarkdown.write(report.page()) { put(Array($0.utf8)) }
    case .html: try PageHTML.write(report.page()) { put(Array($0.utf8)) }
    }
  }

  private var sortedProfiles: [Profile] { profiles.values.sorted { $0.name < $1.name } }

  private var report: CapacityReport {
    CapacityReport(
      heading: heading,
      summary: summary,
      rows: shown.first,
      moved: moved,
      index: index,
      failures: failures,
      profiles: sortedProfiles
    )
  }
}
