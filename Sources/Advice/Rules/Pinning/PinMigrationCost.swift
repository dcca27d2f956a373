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
    remedy:
      "bind these programs to nodes with kernel memory (numactl -m), or make less memory Movable",
    reference: "mm/gup.c, migrate_longterm_unpinnable_folios",
    kernels: "since 5.13"
  )

  struct Detail: FindingDetail {
    var devices: [PinningDevice]
    /// ZONE_MOVABLE and CMA.
    var movable: ByteCount
    /// All memory.
    var memory: ByteCount

    /// How much of memory is movable, in percent.
    var percent: UInt64 { movable.scaled(by: 100, over: max(1, memory.count)).count }

    var amounts: FindingAmounts {
      ["movable": .bytes(movable), "memory": .bytes(memory), "share": .percent(percent)]
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.devices.names): \(detail.percent) % of memory (\(detail.movable.text)) must be "
        + "copied before it can be pinned"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.current.movable > 0 else { return .notApplicable }
    let facts = PinFacts(context)
    guard context.snapshot.devices.pinners.value != nil else {
      return .unknown(
        context.snapshot.devices.pinners.reason,
        effect: "devices that pin memory are unknown"
      )
    }
    guard !facts.likely.isEmpty, facts.migrateFirst else { return .notApplicable }
    let detail = Detail(
      devices: facts.likely,
      movable: context.current.movable,
      memory: context.facts.present
    )
    guard detail.percent >= 50 else { return .passed }
    return .found([
      finding(
        detail,
        evidence: facts.likely.evidence + [
          Evidence("zoneinfo", "present", "Movable and CMA \(detail.movable.text)")
        ]
      )
    ])
  }
}
