internal import HostModel

/// ZW402: devices that pin, and little kernel memory to pin in.
enum PinHeadroom: HostRule {
  static let about = RuleDescription(
    code: "ZW402",
    slug: "pin-headroom",
    title: "Pinning can fail although memory is free",
    causes: ["pinners"],
    why: """
      A long-term pin of memory in ZONE_MOVABLE or CMA first migrates it to kernel zones. Where \
      those are full, registering memory (ibv_reg_mr, VFIO_IOMMU_MAP_DMA) fails with ENOMEM while \
      gigabytes are free. Programs like these often pin all their memory.
      """,
    observes: """
      /sys/class/infiniband, /sys/class/vfio, /sys/bus/vdpa/devices, nvidia_peermem; headroom of \
      the kernel zones without CMA; free pages of ZONE_MOVABLE
      """,
    severity: RuleSeverity(
      .warning ... .error,
      usual: .error,
      "error below 1/32 of Movable, warning below a quarter of it; silent without Movable"
    ),
    remedy: "give the kernel zones what these programs pin; plan it in the profile (planned:)",
    reference: "mm/gup.c, check_and_migrate_movable_pages",
    kernels: "since 5.13"
  )

  struct Detail: FindingDetail {
    var devices: [PinningDevice]
    /// What can be pinned still.
    var room: ByteCount
    /// ZONE_MOVABLE and CMA, of which nothing can.
    var movable: ByteCount

    var amounts: FindingAmounts { ["headroom": .bytes(room), "movable": .bytes(movable)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    detail.room * 32 < detail.movable ? .error : .warning
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.devices.names): only \(detail.room.text) more can be pinned, and none of the "
        + "\(detail.movable.text) of Movable"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    let facts = PinFacts(context)
    guard context.snapshot.devices.pinners.value != nil else {
      return .unknown(
        context.snapshot.devices.pinners.reason,
        effect: "devices that pin memory are unknown"
      )
    }
    guard !facts.likely.isEmpty, facts.migrateFirst else { return .notApplicable }
    guard case .known(let room, _) = facts.room else {
      return .unknown(facts.room.reason, effect: "room for pinned memory is unknown")
    }
    let movable = context.current.movable
    guard room * 4 < movable else { return .passed }
    let free = context.facts.nodes.total(\.movableFree).value
    return .found([
      finding(
        Detail(devices: facts.likely, room: room, movable: movable),
        evidence: facts.likely.evidence + [
          Evidence(
            "headroom of kernel zones \(room.text); Movable free \(free?.text ?? "unknown")"
          )
        ]
      )
    ])
  }
}
