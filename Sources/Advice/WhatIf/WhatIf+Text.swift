internal import KernelBehavior
internal import Profiles
internal import SourceText

extension WhatIf {
  /// What is asked, for the report.
  package var sentences: [String] {
    (profile.map { ["the workload of profile \($0.name)"] } ?? [])
      + (growthOfAll.map { [all($0)] } ?? [])
      + growth.map { "\($0.term.title) at \($0.percent) % of today's" }
      + (horizonDays.map { ["a horizon of \($0) days"] } ?? [])
      + additions.map { "\($0.text) added" }
      + (arguments.map {
        [$0.isEmpty ? "booted without arguments about zones" : "booted with \($0.printable)"]
      } ?? [])
  }

  private func all(_ percent: UInt64) -> String {
    let terms = growth.isEmpty ? "every term" : "every other term"
    return "\(terms) at \(percent) % of today's; what the profile plans, and what no term "
      + "explains, as it is"
  }
}
