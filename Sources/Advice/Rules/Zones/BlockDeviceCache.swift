internal import HostModel

/// ZW111: the cache of block devices fills kernel zones.
enum BlockDeviceCache: HostRule {
  static let about = RuleDescription(
    code: "ZW111",
    slug: "block-device-cache",
    title: "Block-device cache fills the kernel zones",
    why: """
      Pages cached for a block device itself (raw reads, file systems' metadata: `Buffers`) never \
      use ZONE_MOVABLE, unlike cached files. They can be reclaimed, but only up to the device's \
      last close are they kept, and a program that streams a raw disk fills the kernel zones with \
      them while Movable is free.
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

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    guard case .known(let size, _) = context.meminfo.buffers else {
      return .unknown(context.meminfo.buffers.reason, effect: "block-device cache is unknown")
    }
    guard size * 10 >= context.kernelManaged, size > 0 else { return .passed }
    return .found([
      Finding(
        Self.self,
        size * 4 >= context.kernelManaged ? .warning : .note,
        message: "\(size.text) of block-device cache lie in kernel zones "
          + "(\(context.percent(size)) of them)",
        evidence: ["meminfo Buffers: \(size.text)"]
      )
    ])
  }
}
