package import KernelText

/// All reports of a log, and the one that has the cause.
package struct OOMLogDiagnosis: Hashable, Sendable {
  /// One for each report that was kept, in order.
  package let reports: [OOMDiagnosis]
  /// The place among them of the one that is told in full.
  package let chosen: Int

  package init(_ log: OOMLog) {
    reports = log.reports.map(OOMDiagnostician.diagnose)
    var best = 0
    for (index, diagnosis) in reports.enumerated()
    where Self.rank(diagnosis) >= Self.rank(reports[best]) {
      best = index
    }
    chosen = best
  }

  /// Nil where the log has no report.
  package var diagnosis: OOMDiagnosis? {
    reports.indices.contains(chosen) ? reports[chosen] : nil
  }

  /// The last report of those that say most. A process that was killed comes before a request that
  /// failed, what the machine ran out of before what one of its cgroups did, and all before reports
  /// of which no cause can be told.
  private static func rank(_ diagnosis: OOMDiagnosis) -> Int {
    switch diagnosis.cause {
    case .unknown: diagnosis.report.hasNumbers ? 1 : 0
    case .noShortage: 2
    case .cgroupLimit: 3
    default: diagnosis.report.kind == .oomKiller ? 5 : 4
    }
  }
}
