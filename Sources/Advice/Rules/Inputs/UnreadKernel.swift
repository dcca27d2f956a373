internal import HostModel
internal import KernelBehavior

/// ZW905: a kernel newer than the newest whose source was read.
enum UnreadKernel: HostRule, ArgumentRule, ClassRule {
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
    FindingText(Kernel.unreadNote(detail.release))
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    if context.snapshot.kernel.value == nil { return .notApplicable }
    let found = findings(of: context.kernel)
    return found.isEmpty ? .passed : .found(found)
  }

  static func findings(in line: ArgumentContext) -> [Finding] { findings(of: line.kernel) }

  static func findings(in machineClass: ClassContext) -> [Finding] {
    findings(of: Kernel(machineClass.assessment.snapshot))
  }

  private static func findings(of kernel: Kernel) -> [Finding] {
    guard let release = kernel.unreadRelease else { return [] }
    return [
      finding(
        Detail(release: release, newest: "\(SourcesRead.newest)"),
        evidence: [Evidence("the kernel's release", nil, release)]
      )
    ]
  }
}
