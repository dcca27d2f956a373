internal import HostModel
internal import KernelBehavior

/// ZW905: a kernel newer than the newest whose source was read.
enum UnreadKernel: HostRule {
  static let about = RuleDescription(
    code: "ZW905",
    slug: "unread-kernel",
    title: "This kernel is newer than the newest that is known here",
    why: """
      What kernels do with zones, added memory and pins changes from release to release. The table \
      of what changed was read in kernel sources up to a certain release; a newer kernel is judged \
      as that one, and may do otherwise.
      """,
    observes: "the kernel's release",
    severity: .note,
    remedy: "take a newer zonewise, or boot once with the advised arguments and compare",
    reference: "Documentation/kernel-facts.md"
  )

  struct Detail: FindingDetail {
    var release: String
    /// The newest release whose source was read.
    var newest: String
    var amounts: FindingAmounts { [:] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "Linux \(detail.release) is judged as \(detail.newest), the newest whose source was read"
    )
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard let release = context.kernel.unreadRelease else {
      return context.snapshot.kernel.value == nil ? .notApplicable : .passed
    }
    return .found([
      finding(
        Detail(release: release, newest: "\(SourcesRead.newest)"),
        evidence: [Evidence("the kernel's release", nil, release)]
      )
    ])
  }
}
