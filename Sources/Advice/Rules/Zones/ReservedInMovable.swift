internal import HostModel
internal import KernelBehavior

/// ZW117: reserved pages in ZONE_MOVABLE.
enum ReservedInMovable: HostRule {
  static let about = RuleDescription(
    code: "ZW117",
    slug: "reserved-pages-in-movable",
    title: "Reserved pages lie in ZONE_MOVABLE",
    causes: ["crashkernel", "hugepages", "hugepagesz", "default_hugepagesz"],
    why: """
      Boot memory is reserved from the top of each node down, without regard to zones to come: the \
      page descriptors, large hash tables, crashkernel and often the kernel image land in \
      boot-time ZONE_MOVABLE. Blocks that hold such pages can never go offline. movable_node \
      avoids it on x86; kernelcore= and movablecore= don't. Pages that a balloon took count here \
      too; descriptors of added memory on that memory itself don't, they go with their block.
      """,
    observes: "/proc/zoneinfo present − managed of zone Movable; balloon counters; crashkernel=",
    severity: RuleSeverity(
      .note ... .warning,
      usual: .note,
      "note; warning from a quarter of the zone"
    ),
    remedy: "expect those blocks to stay; hot-add memory that must be removable",
    reference: "mm/page_isolation.c, has_unmovable_pages; mm/memblock.c"
  )

  struct Detail: FindingDetail {
    /// Nodes with reserved pages; one that stands alone is named.
    var nodes: [NodeID]
    var reserved: ByteCount
    /// All of ZONE_MOVABLE there.
    var movable: ByteCount
    /// Bytes of a memory block; nil where it isn't known, or Movable was not made at boot.
    var block: ByteCount?
    /// The blocks that hold it, by their numbers; none where that can't be told.
    var stuck: [UInt64] = []
    /// Whether each page was looked at: else that is where the kernel reserves.
    var isSeen = false

    var amounts: FindingAmounts {
      let sizes: FindingAmounts = ["size": .bytes(reserved), "movable": .bytes(movable)]
      return stuck.isEmpty ? sizes : sizes + ["blocks": .count(UInt64(stuck.count))]
    }

    var subject: FindingSubject {
      guard let node = nodes.first, nodes.count == 1 else { return .host }
      return .node(node)
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    detail.reserved * 4 >= detail.movable ? .warning : .note
  }

  static func words(for detail: Detail) -> FindingText {
    let place = detail.subject.node.map { "node \($0)" } ?? "\(detail.nodes.count) nodes"
    let stuck =
      named(detail)
      ?? blocks(detail).map { " at least \($0), from its top, can't go offline" }
      ?? " the blocks that hold it can't go offline"
    return FindingText(
      "\(place): \(detail.reserved.text) in ZONE_MOVABLE is reserved;" + stuck
    )
  }

  /// The blocks by their numbers.
  private static func named(_ detail: Detail) -> String? {
    guard let first = detail.stuck.first else { return nil }
    var ranges: [(first: UInt64, last: UInt64)] = [(first, first)]
    for number in detail.stuck.dropFirst() {
      if let last = ranges.last, last.last + 1 == number {
        ranges[ranges.count - 1].last = number
      } else {
        ranges.append((number, number))
      }
    }
    let names = ranges.prefix(3).map {
      $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)"
    }
    let rest = ranges.count - names.count
    let list = names.joined(separator: ", ") + (rest > 0 ? " and \(rest) ranges more" : "")
    let blocks = detail.stuck.count == 1 ? " block \(list)" : " blocks \(list)"
    return blocks + (detail.isSeen ? " can't go offline" : " most likely can't go offline")
  }

  /// How many blocks that are at least: memblock hands out from the top of a node.
  private static func blocks(_ detail: Detail) -> String? {
    guard let block = detail.block, block > .zero, detail.nodes.count == 1 else { return nil }
    let all = detail.movable.count / block.count
    let stuck = detail.reserved.roundedUp(to: block).count / block.count
    guard all > 0, stuck > 0, stuck <= all else { return nil }
    return "\(stuck) of \(all) blocks of \(block.text)"
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    // Without memory hot-plug there are no blocks that could go.
    guard context.facts.hasMovable, !context.facts.kernel.lacks(.memoryHotplug) else {
      return .notApplicable
    }
    let balloon = BalloonFacts(context).size.value ?? .zero
    let onMemory = memmapOnMemory(context.facts)
    var detail = Detail(nodes: [], reserved: .zero, movable: .zero)
    if context.facts.asksForMovableAtBoot {
      detail.block = context.snapshot.memoryBlocks.value?.blockSize
    }
    var evidence: [Evidence] = []
    for account in context.facts.nodes where account.movablePresent > 0 {
      guard case .known(let gap, _) = account.movableReserved,
        let managed = account.movableManaged.value
      else {
        return .unknown(
          account.movableReserved.reason,
          effect: "reserved pages in Movable are unknown"
        )
      }
      guard gap > 0, gap > balloon + onMemory else { continue }
      detail.nodes.append(account.node)
      detail.reserved += gap
      detail.movable += account.movablePresent
      evidence.append(
        Evidence(
          "zoneinfo",
          "node \(account.node) Movable",
          "present \(account.movablePresent.text), managed \(managed.text)"
        )
      )
    }
    guard !detail.nodes.isEmpty else { return .passed }
    name(&detail, context)
    if onMemory > 0 {
      evidence.append(
        Evidence("of that, \(onMemory.text) describes added memory, by memmap_on_memory")
      )
    }
    if balloon > 0 { evidence.append(Evidence("of that, a balloon may hold \(balloon.text)")) }
    if let crash = context.value(of: "crashkernel") {
      evidence.append(Evidence("crashkernel=\(crash)"))
    }
    return .found([finding(detail, on: detail.subject, evidence: evidence)])
  }

  /// Finds the blocks that hold the reserved pages of a host; a class has no block numbers yet.
  private static func name(_ detail: inout Detail, _ context: RuleContext) {
    let snapshot = context.snapshot
    guard snapshot.source.kind != .spec, let table = snapshot.memoryBlocks.value else { return }
    let survey = OfflineSurvey(
      snapshot,
      table: table,
      zoneinfo: context.facts.zoneinfo,
      pageSize: context.pageSize
    )
    detail.isSeen = table.pageTallies.value != nil
    detail.stuck = survey.blocksWithReservedPages(on: detail.nodes)
  }

  /// Descriptors of added memory that lie on it; without a counter (before 6.11) all that can.
  private static func memmapOnMemory(_ facts: HostFacts) -> ByteCount {
    if let memmap = AddedMemoryMemmap(facts) { return memmap.onMemory }
    guard facts.describesItself, !facts.asksForMovableAtBoot else { return .zero }
    let movable = facts.nodes.map(\.movablePresent).total()
    return facts.descriptor.bytes(for: movable)
  }
}
