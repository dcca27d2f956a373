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
      ZONE_MOVABLE; without it they all come from the kernel zones, so that swapping out, meant to \
      free memory, eats the memory that is short. At a compression of 2:1 a zram disk takes \
      half its size.
      """,
    observes: """
      /sys/block/zram*/disksize and mm_stat, /sys/module/zswap/parameters/enabled, nr_zspages of \
      each zone, CONFIG_COMPACTION, CONFIG_ZSMALLOC
      """,
    remedy: "use a kernel with CONFIG_COMPACTION, a smaller zram disk, or swap on a disk",
    reference: "mm/zsmalloc.c, zs_page_migrate; drivers/block/zram/zram_drv.c"
  )

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
    let unmovable = context.option("COMPACTION") == .no
    // What it may come to: half of what a disk promises; zswap takes a fifth of RAM at most.
    var worst = promised.scaled(by: 1, over: 2)
    if zswap { worst += context.facts.present.scaled(by: 1, over: 5) }
    let size = unmovable ? max(zspages, worst) : zspages
    guard let severity = context.severity(of: size), unmovable || severity > .note else {
      return .passed
    }
    let used = disks.compactMap(\.used.value).total()
    return .found([
      Finding(
        Self.self,
        unmovable ? severity : min(severity, .warning),
        message: unmovable
          ? "compressed swap can take \(size.text) of kernel memory (\(context.percent(size))): "
            + "its pages can't move"
          : "\(size.text) of compressed swap lie in kernel zones "
            + "(\(context.percent(size)) of them)",
        evidence: [
          "zoneinfo nr_zspages of kernel zones: \(zspages.text)",
          "zram disks: \(promised.text), using \(used.text); zswap \(zswap ? "on" : "off")",
          "CONFIG_COMPACTION: \(unmovable ? "not set" : "set or unknown")",
        ]
      )
    ])
  }
}
