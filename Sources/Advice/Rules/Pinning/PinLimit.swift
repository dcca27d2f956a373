internal import HostModel

/// ZW403: which of two limits an ENOMEM from pinning comes from.
enum PinLimit: HostRule {
  static let about = RuleDescription(
    code: "ZW403",
    slug: "pin-limit",
    title: "RLIMIT_MEMLOCK stops pinning before the zones do",
    causes: ["pinners"],
    why: """
      Two things make pinning fail with ENOMEM: the process's RLIMIT_MEMLOCK and full kernel \
      zones. The default limit of 8 MiB (64 KiB before 5.16) is by far the smaller, so it comes \
      first; raising it doesn't help where kernel zones are the smaller one.
      """,
    observes: "Max locked memory of /proc/1/limits, headroom of the kernel zones, devices that pin",
    severity: .note,
    remedy: "LimitMEMLOCK=infinity in the service's unit (or memlock in limits.conf)",
    reference: "drivers/infiniband/core/umem.c; drivers/vfio/vfio_iommu_type1.c; setrlimit(2)"
  )

  struct Detail: FindingDetail {
    var devices: [PinningDevice]
    /// RLIMIT_MEMLOCK of services.
    var limit: ByteCount
    /// What can be pinned still.
    var room: ByteCount

    var amounts: FindingAmounts { ["limit": .bytes(limit), "headroom": .bytes(room)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.devices.names): RLIMIT_MEMLOCK lets a service pin \(detail.limit.text); the kernel "
        + "zones have room for \(detail.room.text)"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let facts = PinFacts(context)
    guard context.snapshot.devices.pinners.value != nil else {
      return .unknown(
        context.snapshot.devices.pinners.reason,
        effect: "devices that pin memory are unknown"
      )
    }
    guard !facts.likely.isEmpty else { return .notApplicable }
    guard let limit = facts.lockLimit, let room = facts.room.value else {
      return .unknown(
        context.snapshot.lockLimit.reason ?? facts.room.reason,
        effect: "whether RLIMIT_MEMLOCK or kernel zones stop pinning first is unknown"
      )
    }
    guard limit < room else { return .passed }
    return .found([
      finding(
        Detail(devices: facts.likely, limit: limit, room: room),
        evidence: [
          Evidence(SettingPath.lockLimit, "Max locked memory", "\(limit.count)"),
          Evidence("headroom of kernel zones", nil, room),
        ]
      )
    ])
  }
}
