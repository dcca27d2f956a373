internal import HostModel

/// ZW119: the zone boundary lies inside a memory block.
enum BoundaryInsideBlock: HostRule {
  static let about = RuleDescription(
    code: "ZW119",
    slug: "boundary-inside-block",
    title: "ZONE_MOVABLE begins inside a memory block",
    why: """
      The kernel aligns the start of ZONE_MOVABLE to its largest free block (4 MiB on x86), not to \
      a memory block (128 MiB to 2 GiB). The block with the boundary belongs to two zones, its \
      valid_zones is `none`, and it can never go offline.
      """,
    observes: "/proc/zoneinfo start_pfn of zone Movable, block_size_bytes",
    severity: .note,
    remedy: "choose a size that puts the boundary on a block: zonewise advise gives one",
    reference: "mm/mm_init.c, find_zone_movable_pfns_for_nodes; drivers/base/memory.c"
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    guard case .known(let table, _) = context.snapshot.memoryBlocks else {
      return .unknown(context.snapshot.memoryBlocks.reason, effect: "block boundaries are unknown")
    }
    let block = table.blockSize.pages(of: context.pageSize)
    var evidence: [String] = []
    var nodes: [NodeID] = []
    var lost = ByteCount.zero
    for zones in context.facts.zoneinfo.nodes {
      guard let movable = zones.zone(.movable), movable.isPopulated,
        let start = movable.startPFN.value, !start.isMultiple(of: block)
      else { continue }
      let rest = PageCount(start.roundedUp(to: block).number - start.number)
      lost += min(rest, movable.present.value ?? .max).bytes(of: context.pageSize)
      nodes.append(zones.node)
      evidence.append(
        "zoneinfo node \(zones.node) Movable start_pfn: \(start.number), inside memory"
          + "\(start.number / max(1, block.count))"
      )
    }
    guard let first = nodes.first else { return .passed }
    let size = table.blockSize.text
    return .found([
      Finding(
        Self.self,
        .note,
        node: nodes.count == 1 ? first : nil,
        message: (nodes.count == 1 ? "node \(first)" : "\(nodes.count) nodes")
          + ": ZONE_MOVABLE begins inside a block of \(size); \(lost.text) of it can't go offline",
        evidence: evidence + ["/sys/devices/system/memory/block_size_bytes: \(size)"]
      )
    ])
  }
}
