package import Advice
package import HostModel
package import Profiles

/// The whole account of a host, for those of a report that are shown one by one.
package struct HostAccount: Sendable {
  package var current: CurrentBalance
  package var wish: WishAnswer?
  package var needs: NeedsAnswer?
  package var profile: Profile
  package var demand: Reading<Demand>
  package var sizing: Reading<Sizing>
  package var recommendation: Recommendation
  package var pageSize: PageSize
  package var commandLine: String?
  /// Worst first.
  package var findings: [Finding]
  package var unknown: [UnreadInput]

  package init(_ assessment: Assessment) {
    current = assessment.current
    wish = assessment.wish
    needs = assessment.needs
    profile = assessment.profile
    demand = assessment.demand
    sizing = assessment.sizing
    recommendation = assessment.recommendation
    pageSize = assessment.pageSize
    commandLine = assessment.snapshot.commandLine.value
    findings = assessment.findings
    unknown = assessment.unknown
  }
}
