internal import Advice
internal import Capacity

/// What the exit code of a report depends on.
struct FindingCounts {
  private var worst: Finding.Severity?
  private var unknown = 0

  mutating func add(_ row: HostRow) {
    for finding in row.findings { worst = max(worst ?? finding.severity, finding.severity) }
    unknown += row.unknownInputs
    if row.failure != nil { unknown += 1 }
  }

  func status(_ options: CommonOptions) -> ExitStatus {
    options.status(worst: worst, unknown: unknown)
  }
}
