internal import HostModel

/// ZW114: user pages that spilled into kernel zones and can't leave.
enum StuckUserPages: HostRule {
  static let about = RuleDescription(
    code: "ZW114",
    slug: "stuck-user-pages",
    title: "User pages are stuck in kernel zones while Movable is free",
    why: """
      While ZONE_MOVABLE was full, anonymous and shmem pages spilled into kernel zones. Nothing \
      brings them back when Movable is free again: a kernel allocation reclaims, compaction moves \
      pages within a zone only, and without swap there is nothing to reclaim. Movable memory is free, and the \
      kernel runs out.
      """,
    observes: """
      /proc/zoneinfo anonymous LRU of the kernel zones, free pages of ZONE_MOVABLE, \
      SwapFree, nr_foll_pin_*
      """,
    severity: RuleSeverity(
      .warning ... .error,
      usual: .warning,
      "warning from 10 % of the node's kernel zones, error from half of them"
    ),
    remedy: "add swap, migrate the pages, or restart what holds the memory",
    reference: "mm/page_alloc.c, get_page_from_freelist; mm/vmscan.c"
  )

  struct Detail: FindingDetail {
    var node: NodeID
    var stuck: KernelShare
    var movableFree: ByteCount

    var amounts: FindingAmounts { stuck.amounts + ["movableFree": .bytes(movableFree)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.stuck.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "node \(detail.node): \(detail.stuck.size.text) of user pages are stuck in kernel zones; "
        + "\(detail.movableFree.text) of Movable is free"
    )
  }

  static func remedy(for detail: Detail) -> Remedy {
    .action(
      "add \(detail.stuck.size.text) of swap, migrate the pages to another node and back "
        + "(migratepages(8)), or restart the programs"
    )
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    let movableFree = context.facts.nodes.total(\.movableFree)
    guard case .known(let free, _) = movableFree else {
      return .unknown(movableFree.reason, effect: "whether user pages are stuck is unknown")
    }
    let pins = context.snapshot.pins.system.value?.count ?? 0
    var findings: [Finding] = []
    for account in context.facts.nodes where account.kernelPresent > 0 {
      let locked = (context.zones(of: account)?.kernelZones ?? []).total { $0.gauge(.mlocked) }
      // Locked pages are locked-memory's, pinned ones pinned-memory's: swap would not help them.
      guard
        case .known(let loose, _) = account.stuckUserPages - locked.bytes(of: context.pageSize)
      else {
        return .unknown(
          account.stuckUserPages.reason,
          effect: "user pages stuck in kernel zones are unknown"
        )
      }
      let size = loose.subtractingOrZero(pinned(on: account.node, context))
      // Where Movable is full as well, they are simply in use.
      let share = context.share(of: size, on: account)
      guard free * 4 >= size, let severity = share.severity, severity > .note else { continue }
      findings.append(
        finding(
          Detail(node: account.node, stuck: share, movableFree: free),
          on: .node(account.node),
          evidence: [
            Evidence(
              "zoneinfo",
              "node \(account.node)",
              "anonymous pages of the kernel zones, less "
                + "SwapFree \(context.meminfo.swapFree.value?.text ?? "unknown")"
            ),
            Evidence("zoneinfo", "Movable free", free),
            Evidence(
              "vmstat",
              "nr_foll_pin_*",
              "\(pins) references outstanding; what they hold is not in it"
            ),
          ]
        )
      )
    }
    return .findings(findings)
  }

  /// What long-term pins may hold there; before 5.13 they stay where they are, mostly in Movable.
  private static func pinned(on node: NodeID, _ context: RuleContext) -> ByteCount {
    let facts = PinFacts(context)
    let pins = context.snapshot.pins
    guard facts.migrateFirst, let pages = (pins.perNode[node] ?? pins.system).value, pages > 0
    else { return .zero }
    return facts.most(of: pages.bytes(of: context.pageSize))
  }
}
