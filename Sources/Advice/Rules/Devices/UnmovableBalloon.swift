internal import HostModel
internal import KernelBehavior

/// ZW201: a balloon driver whose pages can't migrate.
enum UnmovableBalloon: HostRule {
  static let about = RuleDescription(
    code: "ZW201",
    slug: "unmovable-balloon",
    title: "The balloon driver takes its pages from kernel zones",
    causes: ["balloon"],
    why: """
      Only virtio_balloon, pseries CMM and (for its 4 KiB pages) vmw_balloon can migrate balloon \
      pages. hv_balloon, Xen's, VirtualBox's and s390's CMM allocate without __GFP_MOVABLE: every \
      page that the hypervisor takes back comes from the kernel zones, while ZONE_MOVABLE stays \
      as it is.
      """,
    observes: """
      /sys/bus/vmbus/drivers/hv_balloon, /sys/devices/system/xen_memory, /proc/sys/vm/cmm_pages, \
      /proc/modules (vmw_balloon, vboxguest); nr_balloon_pages, Balloon or balloon_inflate
      """,
    severity: RuleSeverity(
      .note ... .error,
      usual: .warning,
      """
      by the balloon's size as for every share; a note where it is deflated or its size is not \
      told, and ZONE_MOVABLE is there or hot-added memory may go there
      """
    ),
    remedy:
      "don't combine this balloon with ZONE_MOVABLE: resize by hot-plug, or bound the balloon",
    reference: """
      drivers/hv/hv_balloon.c; drivers/xen/balloon.c; drivers/misc/vmw_balloon.c; \
      arch/s390/mm/cmm.c; Documentation/admin-guide/mm/memory-hotplug.rst
      """,
    kernels: "all; vmw_balloon's 4 KiB pages migrate since 5.4"
  )

  struct Detail: FindingDetail {
    /// Which of its pages can't migrate.
    enum Hazard: Hashable, Sendable {
      case allPages
      /// Those of 2 MiB; its 4 KiB pages can.
      case hugePages
    }

    var driver: BalloonDevice.Driver
    var hazard: Hazard
    /// Nil where its size is not told.
    var held: KernelShare?
    var amounts: FindingAmounts { held?.amounts ?? [:] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.held?.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    let pages =
      switch detail.hazard {
      case .allPages: "its pages"
      case .hugePages: "its 2 MiB pages"
      }
    let state =
      detail.held.map { held in
        held.size == .zero ? "deflated now" : "\(held.size.text) now, \(held.percent)"
      } ?? "size not told"
    return FindingText(
      "\(detail.driver.rawValue) takes \(pages) from the kernel zones (\(state))"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard case .known(let balloons, _) = context.snapshot.devices.balloons else {
      return .unknown(
        context.snapshot.devices.balloons.reason,
        effect: "whether a balloon driver takes kernel memory is unknown"
      )
    }
    let unmovable = balloons.filter { hazard($0.driver, context) != nil }
    guard !unmovable.isEmpty else { return balloons.isEmpty ? .notApplicable : .passed }
    let facts = BalloonFacts(context)
    return .findings(
      unmovable.compactMap { balloon in
        guard let hazard = hazard(balloon.driver, context) else { return nil }
        let size = balloon.current.value == nil || balloon.driver == .xen ? facts.size.value : nil
        let held = balloon.driver == .s390CMM ? balloon.current.value : size
        guard context.facts.hasMovable || (held ?? .zero) > 0 else { return nil }
        return finding(
          Detail(
            driver: balloon.driver,
            hazard: hazard,
            held: held.map { context.share(of: $0) }
          ),
          on: .device(balloon.driver.rawValue),
          evidence: [Evidence(balloon.seenAt), Evidence(facts.source, nil, held)]
        )
      }
    )
  }

  /// What is wrong with a driver, nil where its pages migrate.
  private static func hazard(
    _ driver: BalloonDevice.Driver,
    _ context: RuleContext
  ) -> Detail.Hazard? {
    switch driver {
    case .virtio, .pseriesCMM: nil
    case .hyperV, .xen, .virtualBox, .s390CMM: .allPages
    case .vmware:
      context.kernel.hasOrAssumed(.vmwareSmallPagesMigrate) ? .hugePages : .allPages
    }
  }
}
