internal import HostModel
internal import KernelBehavior

/// ZW104: gigantic pages that lie in kernel zones.
enum GiganticPages: HostRule {
  static let about = RuleDescription(
    code: "ZW104",
    slug: "gigantic-pages",
    title: "Gigantic pages in kernel zones",
    causes: ["hugepages", "hugepagesz", "default_hugepagesz"],
    why: """
      A page larger than the buddy allocator's largest block (1 GiB on x86) can migrate only into a \
      free page of its size, so the kernel does not count it as movable and takes it from the kernel \
      zones when it is asked for at run time. Reserved at boot, it \
      comes from the top of the node, which is where boot-time ZONE_MOVABLE lies; blocks that hold \
      it can't go offline then. hugetlb_cma= and vm.movable_gigantic_pages=1 (since 7.0) let \
      gigantic pages live on the movable side.
      """,
    observes: """
      /sys/devices/system/node/node*/hugepages, columns of /proc/buddyinfo, \
      /proc/sys/vm/movable_gigantic_pages, hugetlb_cma= on the command line
      """,
    remedy: "reserve them at boot, in CMA, or on the movable side where the kernel can",
    reference: "mm/hugetlb.c, alloc_gigantic_folio; mm/hugetlb_sysctl.c, movable_gigantic_pages",
    kernels: "at run time from kernel zones since 5.1; movable_gigantic_pages since 7.0"
  )

  enum Detail: FindingDetail {
    case inKernelZones(NodeID, KernelShare, pools: [Pool], Cure)
    /// Reserved at boot where ZONE_MOVABLE is now.
    case inMovable(NodeID, ByteCount)

    var kind: String {
      switch self {
      case .inKernelZones: "inKernelZones"
      case .inMovable: "inMovable"
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .inKernelZones(_, let share, let pools, _):
        share.amounts + ["pages": .count(pools.map(\.count).reduce(0, +))]
      case .inMovable(_, let size): ["size": .bytes(size)]
      }
    }
  }

  /// Gigantic pages of one size.
  struct Pool: Hashable, Sendable {
    var count: UInt64
    var size: ByteCount
  }

  /// How the pages get out of the kernel zones.
  enum Cure: Hashable, Sendable {
    /// The kernel can put them into ZONE_MOVABLE, and isn't told to.
    case sysctl
    case cma(ByteCount)
    case boot(Pool)
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .inKernelZones(_, let share, _, _): share.severity ?? .note
    case .inMovable: .note
    }
  }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .inKernelZones(let node, let share, let pools, let cure):
      let reserved = pools.map { "\($0.count) × \($0.size.text)" }.joined(separator: ", ")
      return FindingText(
        "node \(node): gigantic pages take \(share.size.text), \(share.text); reserved: \(reserved)",
        remedy: words(for: cure)
      )
    case .inMovable(let node, let size):
      return FindingText(
        "node \(node): \(size.text) of gigantic pages lie in ZONE_MOVABLE; their blocks need a free "
          + "gigantic page elsewhere to go offline",
        remedy: "keep a free gigantic page on another node, or don't plan to unplug these blocks"
      )
    }
  }

  private static func words(for cure: Cure) -> String {
    switch cure {
    case .sysctl:
      "sysctl vm.movable_gigantic_pages=1, then give the pages back and take them again"
    case .cma(let size): "reserve them in CMA: hugetlb_cma=\(size.count >> 20)M"
    case .boot(let pool):
      "reserve them at boot: hugepagesz=\(pool.size.count >> 20)M hugepages=\(pool.count)"
    }
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    if case .unknown(let reason) = context.snapshot.hugePages.pools {
      // A kernel without HugeTLB has no such directory.
      if case .missing = reason { return .notApplicable }
      return .unknown(reason, effect: "gigantic pages in kernel zones are unknown")
    }
    var findings: [Finding] = []
    var hasPages = false
    for account in context.facts.nodes {
      let pools = gigantic(context, account.node)
      guard !pools.isEmpty else { continue }
      hasPages = true
      let inCMA = context.argument("hugetlb_cma") == nil ? .zero : account.cma
      let size = account.hugePagesInKernel.gigantic.subtractingOrZero(inCMA)
      if let note = inMovable(pools, account) { findings.append(note) }
      let share = context.share(of: size, on: account)
      guard share.severity != nil else { continue }
      findings.append(
        finding(
          .inKernelZones(account.node, share, pools: pools, cure(context, pools[0])),
          on: .node(account.node),
          evidence: pools.map {
            Evidence(
              "node\(account.node)/hugepages/hugepages-\($0.size.count >> 10)kB/nr_hugepages",
              nil,
              "\($0.count)"
            )
          }
        )
      )
    }
    return hasPages ? .findings(findings) : .notApplicable
  }

  /// Pages reserved at boot lie where ZONE_MOVABLE is now.
  private static func inMovable(_ pools: [Pool], _ account: NodeAccount) -> Finding? {
    let size = pools.map { $0.size * $0.count }.total()
      .subtractingOrZero(account.hugePagesInKernel.gigantic)
    guard size > 0, account.movablePresent > 0 else { return nil }
    return finding(
      .inMovable(account.node, size),
      on: .node(account.node),
      evidence: [
        Evidence("zoneinfo", "node \(account.node) Movable", "managed − free − LRU − zspages")
      ]
    )
  }

  private static func gigantic(_ context: RuleContext, _ id: NodeID) -> [Pool] {
    let order = context.snapshot.maxOrder.value ?? 10
    return context.snapshot.hugePagePools(on: id).compactMap { pool in
      guard let count = pool.total.value, count > 0,
        pool.isGigantic(pageSize: context.pageSize, maxOrder: order)
      else { return nil }
      return Pool(count: count, size: pool.size)
    }
  }

  private static func cure(_ context: RuleContext, _ pool: Pool) -> Cure {
    let isOn = context.snapshot.hugePages.movableGigantic.value ?? false
    if !isOn, context.kernel.has(.movableGiganticPages).value == true { return .sysctl }
    return context.option(.cma) == .yes ? .cma(pool.size * pool.count) : .boot(pool)
  }
}
