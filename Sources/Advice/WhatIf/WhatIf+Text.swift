internal import KernelBehavior
internal import Profiles
internal import SourceText

extension WhatIf {
  /// What is asked, for the report.
  package var sentences: [String] {
    (profile.map { ["the workload of profile \($0.name)"] } ?? [])
      + growth.map { "\($0.term.title) at \($0.percent) % of today's" }
      + (horizonDays.map { ["a horizon of \($0) days"] } ?? [])
      + additions.map { "\($0.text) added" }
      + (arguments.map {
        [$0.isEmpty ? "booted without arguments about zones" : "booted with \($0.printable)"]
      } ?? [])
  }
}
