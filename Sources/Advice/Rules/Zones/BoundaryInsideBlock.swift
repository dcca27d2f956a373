internal import HostModel
internal import KernelBehavior

/// ZW119: the zone boundary lies inside a memory block.
enum BoundaryInsideBlock: HostRule, LayoutRule {
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
    remedy:
      "choose a size that puts the boundary on a block: zonewise advise --want SIZE gives one",
    reference: "mm/mm_init.c, find_zone_movable_pfns_for_nodes; drivers/base/memory.c"
  )

  struct Detail: FindingDetail {
    var nodes: [NodeID]
    var block: ByteCount
    /// What of ZONE_MOVABLE lies in such blocks.
    var lost: ByteCount
    var amounts: FindingAmounts { ["lost": .bytes(lost), "block": .bytes(block)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .note }

  static func words(for detail: Detail) -> FindingText {
    let place =
      detail.nodes.count == 1 ? "node \(detail.nodes[0])" : "\(detail.nodes.count) nodes"
    return FindingText(
      "\(place): ZONE_MOVABLE begins inside a block of \(detail.block.text); "
        + "\(detail.lost.text) of it can't go offline"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    guard case .known(let table, _) = context.snapshot.memoryBlocks else {
      return .unknown(context.snapshot.memoryBlocks.reason, effect: "block boundaries are unknown")
    }
    let block = table.blockSize.pages(of: context.pageSize)
    var detail = Detail(nodes: [], block: table.blockSize, lost: .zero)
    var evidence: [Evidence] = []
    for zones in context.facts.zoneinfo.nodes {
      guard let movable = zones.zone(.movable), movable.isPopulated,
        let start = movable.startPFN.value, !start.isMultiple(of: block)
      else { continue }
      let rest = PageCount(start.roundedUp(to: block).number - start.number)
      detail.lost += min(rest, movable.present.value ?? .max).bytes(of: context.pageSize)
      detail.nodes.append(zones.node)
      evidence.append(
        Evidence(
          "zoneinfo",
          "node \(zones.node) Movable start_pfn",
          "\(start.number), inside memory\(start.number / max(1, block.count))"
        )
      )
    }
    guard !detail.nodes.isEmpty else { return .passed }
    evidence.append(Evidence("/sys/devices/system/memory/block_size_bytes", nil, table.blockSize))
    return .found([finding(detail, on: subject(detail), evidence: evidence)])
  }

  static func findings(in layout: LayoutContext) -> [Finding] {
    var detail = Detail(nodes: [], block: .zero, lost: .zero)
    var evidence: [Evidence] = []
    for fact in layout.facts {
      guard case .boundaryInsideBlock(let node, let start, let block, let lost) = fact else {
        continue
      }
      detail.nodes.append(node)
      detail.block = block
      detail.lost += lost
      evidence.append(
        Evidence(
          Evidence.layout.input,
          "node \(node) Movable begins at",
          "0x\(String(start.count, radix: 16))"
        )
      )
    }
    return detail.nodes.isEmpty ? [] : [finding(detail, on: subject(detail), evidence: evidence)]
  }

  private static func subject(_ detail: Detail) -> FindingSubject {
    detail.nodes.count == 1 ? .node(detail.nodes[0]) : .host
  }
}
