internal import HostModel

/// ZW202: a balloon that could migrate, on a kernel built without it.
enum BalloonMigrationOff: HostRule {
  static let about = RuleDescription(
    code: "ZW202",
    slug: "balloon-migration-off",
    title: "Balloon pages can't migrate on this kernel",
    causes: ["balloon"],
    why: """
      virtio_balloon, pseries CMM and vmw_balloon allocate movable pages only with \
      CONFIG_BALLOON_COMPACTION (CONFIG_BALLOON_MIGRATION since its renaming after 6.19). Without \
      it every balloon page comes from the kernel zones. The counter balloon_migrate is there \
      exactly where the option is on.
      """,
    observes: """
      balloon_migrate in /proc/vmstat, CONFIG_BALLOON_COMPACTION or CONFIG_BALLOON_MIGRATION, \
      /sys/bus/virtio/drivers/virtio_balloon
      """,
    remedy: "use a kernel with CONFIG_BALLOON_COMPACTION=y (CONFIG_BALLOON_MIGRATION=y)",
    reference: "mm/balloon_compaction.c (mm/balloon.c in 7.x), balloon_page_alloc",
    kernels: "all; the option's name changed between 6.19 and 7.2"
  )

  struct Detail: FindingDetail {
    var driver: BalloonDevice.Driver
    var held: KernelShare
    /// The option under its name in this kernel.
    var option: String
    var amounts: FindingAmounts { held.amounts }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.held.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.driver.rawValue) takes \(detail.held.size.text) from the kernel zones and can't "
        + "migrate it: \(detail.option) is off"
    )
  }

  static func remedy(for detail: Detail) -> Remedy {
    .action("boot a kernel with \(detail.option)=y")
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let effect = "whether balloon pages can migrate is unknown"
    guard case .known(let balloons, _) = context.snapshot.devices.balloons else {
      return .unknown(context.snapshot.devices.balloons.reason, effect: effect)
    }
    let able = balloons.filter { [.virtio, .pseriesCMM, .vmware].contains($0.driver) }
    guard let balloon = able.first else { return .notApplicable }
    let facts = BalloonFacts(context)
    guard let migrates = facts.migrates else {
      return .unknown(context.snapshot.kernelConfig.reason, effect: effect)
    }
    guard !migrates else { return .passed }
    let detail = Detail(
      driver: balloon.driver,
      held: context.share(of: facts.size.value ?? .zero),
      option: facts.optionName
    )
    return .found([
      finding(
        detail,
        on: .device(balloon.driver.rawValue),
        evidence: [
          Evidence(balloon.seenAt),
          Evidence("/proc/vmstat", nil, "no balloon_migrate"),
          Evidence(facts.source, nil, facts.size.value),
        ]
      )
    ])
  }
}
