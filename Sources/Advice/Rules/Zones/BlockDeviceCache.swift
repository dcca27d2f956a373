internal import HostModel

/// ZW111: the cache of block devices fills kernel zones.
enum BlockDeviceCache: HostRule {
  static let about = RuleDescription(
    code: "ZW111",
    slug: "block-device-cache",
    title: "Block-device cache fills the kernel zones",
    why: """
      Pages cached for a block device itself (raw reads, file systems' metadata: `Buffers`) never \
      use ZONE_MOVABLE, unlike cached files. They can be reclaimed, and go when the device is \
      closed for the last time; until then a program that streams a raw disk fills the kernel \
      zones with them while Movable is free.
      """,
    observes: "meminfo Buffers",
    severity: RuleSeverity(
      .note ... .warning,
      usual: .note,
      "note from 10 % of the kernel zones, warning from 25 %; only beside ZONE_MOVABLE"
    ),
    remedy: "read raw devices with O_DIRECT (dd iflag=direct), or through a file system",
    reference: "block/bdev.c, bdev_alloc: the inode's mask is GFP_USER"
  )

  struct Detail: FindingDetail {
    var cache: KernelShare
    var amounts: FindingAmounts { cache.amounts }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    detail.cache.isAtLeast(1, outOf: 4) ? .warning : .note
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText("block-device cache takes \(detail.cache.size.text), \(detail.cache.text)")
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    guard case .known(let size, _) = context.meminfo.buffers else {
      return .unknown(context.meminfo.buffers.reason, effect: "block-device cache is unknown")
    }
    let cache = context.share(of: size)
    guard cache.isAtLeast(1, outOf: 10), size > 0 else { return .passed }
    return .found([
      finding(Detail(cache: cache), evidence: [Evidence("meminfo", "Buffers", size)])
    ])
  }
}
