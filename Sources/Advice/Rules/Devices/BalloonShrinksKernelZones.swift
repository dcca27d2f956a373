internal import HostModel

/// ZW203: an inflated balloon holds pages of kernel zones.
enum BalloonShrinksKernelZones: Rule {
  static let about = RuleDescription(
    code: "ZW203",
    slug: "balloon-in-kernel-zones",
    title: "The balloon has shrunk the kernel zones",
    why: """
      Pages in a balloon leave the kernel's reach and (with most drivers) `managed` and MemTotal, \
      but never `present`: the ratio looks as before while the kernel zones have become smaller. \
      Migratable balloon pages fill ZONE_MOVABLE first; what does not fit there is in kernel zones.
      """,
    observes: """
      nr_balloon_pages, meminfo Balloon or balloon_inflate − balloon_deflate; present, free and \
      LRU pages of ZONE_MOVABLE in /proc/zoneinfo; VIRTIO_BALLOON_F_DEFLATE_ON_OOM
      """,
    remedy: "deflate the balloon on the hypervisor, or give the guest less Movable memory",
    reference: "drivers/virtio/virtio_balloon.c, fill_balloon; mm/balloon.c",
    positive: ["virtio-balloon-inflated"],
    negative: ["virtio-balloon-deflated"]
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    let facts = BalloonFacts(context)
    let hasBalloon = !facts.devices.isEmpty
    guard case .known(let size) = facts.size else {
      if context.snapshot.devices.balloons.value?.isEmpty == true { return .notApplicable }
      return .unknown(facts.size.reason, effect: "how much memory a balloon holds is unknown")
    }
    guard size > 0 else { return hasBalloon ? .passed : .notApplicable }
    let inMovable = facts.migrates == false ? .zero : min(size, room(context))
    let inKernel = size - inMovable
    guard let severity = context.severity(of: inKernel) else { return .passed }
    let driver = facts.devices.first?.driver.rawValue ?? "a balloon"
    let still =
      facts.devices.first?.deflatesOnOOM == true
      ? "; MemTotal still counts it (deflates on OOM)" : ""
    return .found([
      Finding(
        Self.self,
        severity,
        message: "\(driver) holds \(size.text), at least \(inKernel.text) of it in kernel zones "
          + "(\(context.percent(inKernel)))",
        evidence: [
          "\(facts.source): \(size.text)\(still)",
          "zoneinfo Movable: at most \(inMovable.text) can be balloon pages there",
        ]
      )
    ])
  }

  /// Pages of ZONE_MOVABLE that are neither free nor on an LRU list: the most a balloon can have.
  private static func room(_ context: RuleContext) -> ByteCount {
    let zones = context.facts.zoneinfo.zones.filter { $0.kind == .movable && $0.isPopulated }
    return zones.total { zone in
      zone.present.and(zone.free).and(zone.allLRU).map { sizes, lru in
        sizes.0 - sizes.1 - zone.perCPUFree - lru
      }
    }.bytes(of: context.pageSize).value ?? .zero
  }
}
