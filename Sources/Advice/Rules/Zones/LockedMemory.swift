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
      locked page that was put into a kernel zone stays there, and reclaim can't help. With \
      vm.compact_unevictable_allowed=0 compaction leaves it alone as well.
      """,
    observes: "/proc/zoneinfo nr_mlock of the kernel zones, vm.compact_unevictable_allowed",
    remedy: "lock less, or lock while ZONE_MOVABLE has room; leave compaction on",
    reference: "mm/mlock.c; mm/compaction.c, isolate_migratepages_block"
  )

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
      guard let severity = context.severity(of: size, on: account) else { continue }
      findings.append(
        Finding(
          Self.self,
          severity,
          node: account.node,
          message: "node \(account.node): \(size.text) of mlocked pages lie in kernel zones "
            + "(\(context.percent(size, on: account)) of them)",
          evidence: [
            "zoneinfo node \(account.node) nr_mlock of kernel zones: \(size.text)",
            "vm.compact_unevictable_allowed: "
              + (context.text(.compactsUnevictable) ?? "unknown"),
          ],
          remedy: off ? "sysctl vm.compact_unevictable_allowed=1, then vm.compact_memory=1" : nil
        )
      )
    }
    return .findings(findings)
  }
}
