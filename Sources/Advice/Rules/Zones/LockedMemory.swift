internal import HostModel
internal import KernelText

/// ZW113: mlocked memory in kernel zones.
enum LockedMemory: HostRule {
  static let about = RuleDescription(
    code: "ZW113",
    slug: "locked-memory",
    title: "Locked user memory occupies the kernel zones",
    why: """
      mlock() keeps a page in memory, not in its place: in ZONE_MOVABLE it can still migrate. A \
      locked page that was put into a kernel zone stays there, and reclaim can't help. Compaction \
      moves it within its zone at best, and with vm.compact_unevictable_allowed=0 not even that; \
      only migratepages(8) or a new lock brings it to another zone.
      """,
    observes: "/proc/zoneinfo nr_mlock of the kernel zones, vm.compact_unevictable_allowed",
    remedy: "lock less, or lock while ZONE_MOVABLE has room",
    reference: "mm/mlock.c; mm/compaction.c, isolate_migratepages_block"
  )

  struct Detail: FindingDetail {
    var node: NodeID
    var locked: KernelShare
    /// Whether compaction was told to leave locked pages alone.
    var isSkippedByCompaction: Bool

    var amounts: FindingAmounts { locked.amounts }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.locked.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "node \(detail.node): mlocked pages take \(detail.locked.size.text), \(detail.locked.text)"
        + (detail.isSkippedByCompaction ? "; compaction leaves them alone" : "")
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    let off = context.snapshot.virtualMemory.compactsUnevictable.value == false
    var findings: [Finding] = []
    for account in context.facts.nodes where account.kernelPresent > 0 {
      let zones = context.zones(of: account)?.kernelZones ?? []
      let locked = zones.total { $0.gauge(.mlocked) }.bytes(of: context.pageSize)
      guard case .known(let size, _) = locked else {
        return .unknown(locked.reason, effect: "locked memory in kernel zones is unknown")
      }
      let share = context.share(of: size, on: account)
      guard share.severity != nil else { continue }
      findings.append(
        finding(
          Detail(node: account.node, locked: share, isSkippedByCompaction: off),
          on: .node(account.node),
          evidence: [
            Evidence("zoneinfo", "node \(account.node) nr_mlock of kernel zones", size),
            Evidence(
              "vm.compact_unevictable_allowed",
              nil,
              context.text(.compactsUnevictable) ?? "unknown"
            ),
          ]
        )
      )
    }
    return .findings(findings)
  }
}
