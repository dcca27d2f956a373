internal import HostModel

/// ZW404: most memory must move before it can be pinned.
enum PinMigrationCost: HostRule {
  static let about = RuleDescription(
    code: "ZW404",
    slug: "pin-migration-cost",
    title: "Pinning has to migrate most memory first",
    causes: ["pinners"],
    why: """
      User memory comes from ZONE_MOVABLE first. Whoever pins it waits until each page was copied \
      to a kernel zone; huge pages need free huge pages there. With most memory Movable, starting \
      a VM with VFIO or registering RDMA buffers takes seconds instead of milliseconds.
      """,
    observes: "devices that pin, share of ZONE_MOVABLE and CMA",
    severity: RuleSeverity(
      .note ... .note,
      usual: .note,
      "note where at least half of memory is Movable or CMA"
    ),
    remedy: "bind these programs to nodes with kernel memory (numactl -m), or less Movable there",
    reference: "mm/gup.c, migrate_longterm_unpinnable_folios",
    kernels: "since 5.13"
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.current.movable > 0 else { return .notApplicable }
    let facts = PinFacts(context)
    guard context.snapshot.devices.pinners.value != nil else {
      return .unknown(
        context.snapshot.devices.pinners.reason,
        effect: "devices that pin memory are unknown"
      )
    }
    guard let names = facts.names, facts.migrateFirst else { return .notApplicable }
    let movable = context.current.movable
    let share = movable.scaled(by: 100, over: max(1, context.facts.present.count)).count
    guard share >= 50 else { return .passed }
    return .found([
      Finding(
        Self.self,
        .note,
        message: "\(names): \(share) % of memory (\(movable.text)) must be copied before it can "
          + "be pinned",
        evidence: facts.likely.map(\.seenAt) + ["zoneinfo present: Movable and CMA \(movable.text)"]
      )
    ])
  }
}
