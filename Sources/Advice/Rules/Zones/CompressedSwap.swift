internal import HostModel

/// ZW115: zram and zswap keep swapped pages in kernel zones.
enum CompressedSwap: HostRule {
  static let about = RuleDescription(
    code: "ZW115",
    slug: "compressed-swap",
    title: "zram or zswap pays for swap with kernel memory",
    causes: ["swap"],
    why: """
      Compressed pages live in zsmalloc pages. With CONFIG_COMPACTION those may be in \
      ZONE_MOVABLE; without it, and with zswap.zpool=zbud (6.12 still has it), they all come from the \
      kernel zones, so that swapping out, meant to free memory, eats the memory that is short. At a compression of 2:1 a zram disk takes \
      half its size.
      """,
    observes: """
      /sys/block/zram*/disksize and mm_stat, /sys/module/zswap/parameters/enabled, nr_zspages of \
      each zone, CONFIG_COMPACTION, CONFIG_ZSMALLOC
      """,
    remedy: "use a kernel with CONFIG_COMPACTION, a smaller zram disk, or swap on a disk",
    reference: "mm/zsmalloc.c, zs_page_migrate; drivers/block/zram/zram_drv.c"
  )

  enum Detail: FindingDetail {
    /// What lies in kernel zones now, and could move.
    case now(KernelShare)
    /// What it can come to where its pages can't move.
    case unmovable(KernelShare)

    var kind: String {
      switch self {
      case .now: "now"
      case .unmovable: "unmovable"
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .now(let share), .unmovable(let share): share.amounts
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .now(let share): min(share.severity ?? .note, .warning)
    case .unmovable(let share): share.severity ?? .note
    }
  }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .now(let share):
      FindingText("compressed swap takes \(share.size.text), \(share.text)")
    case .unmovable(let share):
      FindingText(
        "compressed swap can take \(share.size.text), \(share.text): its pages can't move"
      )
    }
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let zswap = context.snapshot.compressesSwap.value == true
    let disks = context.snapshot.devices.zram.value
    guard let disks else {
      guard zswap else {
        return .unknown(context.snapshot.devices.zram.reason, effect: "zram disks are unknown")
      }
      return outcome(context, disks: [], zswap: zswap)
    }
    guard zswap || !disks.isEmpty else { return .notApplicable }
    return outcome(context, disks: disks, zswap: zswap)
  }

  private static func outcome(
    _ context: RuleContext,
    disks: [ZRAMDevice],
    zswap: Bool
  ) -> RuleOutcome {
    let kernelZones = context.facts.zoneinfo.nodes.flatMap(\.kernelZones)
    let zspages = kernelZones.map { $0.counters.zspages.value ?? .zero }.total()
      .bytes(of: context.pageSize)
    let promised = disks.map(\.diskSize).total()
    let unmovable = context.option(.compaction) == .no
    // What it may come to: half of what a disk promises; zswap takes a fifth of RAM at most.
    var worst = promised.scaled(by: 1, over: 2)
    if zswap { worst += context.facts.present.scaled(by: 1, over: 5) }
    let share = context.share(of: unmovable ? max(zspages, worst) : zspages)
    guard let severity = share.severity, unmovable || severity > .note else { return .passed }
    let used = disks.compactMap(\.used.value).total()
    return .found([
      finding(
        unmovable ? .unmovable(share) : .now(share),
        evidence: [
          Evidence("zoneinfo", "nr_zspages of kernel zones", zspages),
          Evidence(
            "zram disks",
            nil,
            "\(promised.text), using \(used.text); zswap \(zswap ? "on" : "off")"
          ),
          Evidence("CONFIG_COMPACTION", nil, unmovable ? "not set" : "set or unknown"),
        ]
      )
    ])
  }
}
