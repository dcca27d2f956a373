internal import HostModel
package import KernelBehavior
package import Profiles

/// Changes to a host and its profile for the length of one question.
package struct WhatIf: Sendable {
  /// Growth until the horizon, in percent of today's size.
  package var growth: [(term: TermID, percent: UInt64)] = []
  /// The same for every term that can be measured and has no growth of its own above.
  package var growthOfAll: UInt64?
  package var horizonDays: Int?
  /// The workload that hosts get in place of theirs.
  package var profile: Profile?
  /// Devices that every host gets, one after the other.
  package var additions: [GrowthStep] = []
  /// What every host is booted with in place of its own arguments about zones.
  package var arguments: String?

  package init() {}

  /// Whether nothing is asked.
  package var isEmpty: Bool {
    growth.isEmpty && growthOfAll == nil && horizonDays == nil && profile == nil
      && additions.isEmpty
      && arguments == nil
  }

  /// Reads a factor such as `2x` or `1.5x`.
  package static func percent(_ text: String) -> UInt64? {
    guard text.hasSuffix("x"), let ratio = MovableRatio(text: String(text.dropLast()) + ":1") else {
      return nil
    }
    let percent = ratio.movable * 100 / ratio.kernel
    return percent <= 100_000 ? percent : nil
  }

  /// The profile with the changes; a longer horizon stretches growth in proportion.
  package func applied(to profile: Profile) -> Profile {
    var result = self.profile ?? profile
    if let horizonDays, horizonDays != result.horizonDays {
      for (term, growth) in result.growth where growth.percent > 100 {
        let stretched =
          (growth.percent - 100) * UInt64(horizonDays) / UInt64(max(1, result.horizonDays))
        result.growth[term]?.percent = 100 + stretched
      }
      result.horizonDays = horizonDays
    }
    let all = growthOfAll.map { percent in TermID.measurable.map { ($0, percent) } } ?? []
    for (term, percent) in all + growth {
      result.growth[term, default: Profile.Growth()].percent = percent
    }
    return result
  }
}
