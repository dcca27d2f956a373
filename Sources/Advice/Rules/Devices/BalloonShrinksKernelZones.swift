internal import HostModel

/// ZW203: an inflated balloon holds pages of kernel zones.
enum BalloonShrinksKernelZones: HostRule {
  static let about = RuleDescription(
    code: "ZW203",
    slug: "balloon-in-kernel-zones",
    title: "The balloon has shrunk the kernel zones",
    causes: ["balloon"],
    why: """
      Pages in a balloon leave the kernel's reach and (with most drivers) `managed` and MemTotal, \
      but never `present`: the ratio looks as before while the kernel zones have become smaller. \
      Migratable balloon pages fill ZONE_MOVABLE first; what does not fit there is in kernel \
      zones: at least what exceeds the pages of ZONE_MOVABLE that are neither free nor on an LRU \
      list nor known to be reserved (page descriptors of boot memory, the kernel's image).
      """,
    observes: """
      nr_balloon_pages, meminfo Balloon or balloon_inflate − balloon_deflate; present, free and \
      LRU pages of ZONE_MOVABLE in /proc/zoneinfo, kernel image in /proc/iomem (root); \
      VIRTIO_BALLOON_F_DEFLATE_ON_OOM
      """,
    remedy: "deflate the balloon on the hypervisor, or give the guest less Movable memory",
    reference: "drivers/virtio/virtio_balloon.c, fill_balloon; mm/balloon.c"
  )

  struct Detail: FindingDetail {
    var driver: BalloonDevice.Driver?
    var held: ByteCount
    /// What of it must be in kernel zones.
    var inKernel: KernelShare
    var amounts: FindingAmounts { inKernel.amounts + ["held": .bytes(held)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.inKernel.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.driver?.rawValue ?? "a balloon") holds \(detail.held.text), at least "
        + "\(detail.inKernel.size.text) of it in kernel zones (\(detail.inKernel.percent))"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let facts = BalloonFacts(context)
    let hasBalloon = !facts.devices.isEmpty
    guard case .known(let size, _) = facts.size else {
      if context.snapshot.devices.balloons.value?.isEmpty == true { return .notApplicable }
      return .unknown(facts.size.reason, effect: "how much memory a balloon holds is unknown")
    }
    guard size > 0 else { return hasBalloon ? .passed : .notApplicable }
    let least = facts.migrates == false ? .known(size) : facts.leastInKernelZones(of: size)
    guard case .known(let inKernel, _) = least else {
      return .unknown(least.reason, effect: "how much of the balloon is in kernel zones is unknown")
    }
    let inMovable = size.subtractingOrZero(inKernel)
    let share = context.share(of: inKernel)
    guard share.severity != nil else { return .passed }
    let still =
      facts.devices.first?.deflatesOnOOM == true
      ? "; MemTotal still counts it (deflates on OOM)" : ""
    return .found([
      finding(
        Detail(driver: facts.devices.first?.driver, held: size, inKernel: share),
        evidence: [
          Evidence(facts.source, nil, "\(size.text)\(still)"),
          Evidence(
            "zoneinfo",
            "Movable",
            "at most \(inMovable.text) can be balloon pages there"
          ),
        ]
      )
    ])
  }
}
