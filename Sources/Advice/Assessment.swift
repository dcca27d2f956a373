package import HostModel
package import KernelBehavior
package import Profiles

/// The whole answer for one host: what every report is made from.
package struct Assessment: Sendable {
  package var snapshot: HostSnapshot
  package var pageSize: PageSize
  package var profile: Profile
  package var profileChoice: ProfileChoice
  package var current: CurrentBalance
  package var demand: Reading<Demand>
  package var sizing: Reading<Sizing>
  package var wish: WishAnswer?
  package var recommendation: Recommendation
  /// Worst first.
  package var findings: [Finding]
  /// Slugs of the rules that looked and found nothing.
  package var passed: [String]
  package var unknown: [UnreadInput]
  /// What was stated or taken for granted, one sentence each.
  package var assumptions: [String] = []
  /// The releases that the answer holds for, where a class runs several.
  package var kernels: [String] = []
  /// What becomes of the devices that are planned for it; nil where there are none.
  package var plan: GrowthPlan?
  /// Whether what must be contiguous or pinned can be had; nil where nothing is asked for.
  package var needs: NeedsAnswer?
  /// What becomes of the host with other arguments, or why that can't be told; nil where none were
  /// asked about.
  package var boot: Result<BootOutcome, BootLayoutRefusal>?
}
