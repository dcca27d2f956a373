internal import HostModel

/// ZW104: gigantic pages that lie in kernel zones.
enum GiganticPages: HostRule {
  static let about = RuleDescription(
    code: "ZW104",
    slug: "gigantic-pages",
    title: "Gigantic pages in kernel zones",
    causes: ["hugepages", "hugepagesz", "default_hugepagesz"],
    why: """
      A page larger than the buddy allocator's largest block (1 GiB on x86) can't migrate, so the \
      kernel takes it from the kernel zones when it is asked for at run time. Reserved at boot, it \
      comes from the top of the node, which is where boot-time ZONE_MOVABLE lies; blocks that hold \
      it can't go offline then. hugetlb_cma= and vm.movable_gigantic_pages=1 (after 6.18) let \
      gigantic pages live on the movable side.
      """,
    observes: """
      /sys/devices/system/node/node*/hugepages, columns of /proc/buddyinfo, \
      /proc/sys/vm/movable_gigantic_pages, hugetlb_cma= on the command line
      """,
    remedy: "reserve them at boot, in CMA, or on the movable side where the kernel can",
    reference: "mm/hugetlb.c, alloc_gigantic_folio; mm/hugetlb_sysctl.c, movable_gigantic_pages",
    kernels: "at run time from kernel zones since 5.1; movable_gigantic_pages after 6.18"
  )

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
      let size = account.hugePagesInKernel.gigantic - inCMA
      if let note = inMovable(pools, account) { findings.append(note) }
      guard let severity = context.severity(of: size, on: account) else { continue }
      let pages = pools.map { "\($0.total.value ?? 0) × \($0.size.text)" }.joined(separator: ", ")
      findings.append(
        Finding(
          Self.self,
          severity,
          node: account.node,
          message: "node \(account.node): \(size.text) of gigantic pages sit in kernel zones "
            + "(\(context.percent(size, on: account)) of them); reserved: \(pages)",
          evidence: pools.map {
            "node\(account.node)/hugepages/hugepages-\($0.size.count >> 10)kB/nr_hugepages: "
              + "\($0.total.value ?? 0)"
          },
          remedy: remedy(context, pools[0])
        )
      )
    }
    return hasPages ? .findings(findings) : .notApplicable
  }

  /// Pages reserved at boot lie where ZONE_MOVABLE is now.
  private static func inMovable(_ pools: [HugePagePool], _ account: NodeAccount) -> Finding? {
    let size = pools.compactMap(\.bytes.value).total() - account.hugePagesInKernel.gigantic
    guard size > 0, account.movablePresent > 0 else { return nil }
    return Finding(
      Self.self,
      .note,
      node: account.node,
      message: "node \(account.node): \(size.text) of gigantic pages lie in ZONE_MOVABLE; their "
        + "blocks need a free one elsewhere to go offline",
      evidence: ["zoneinfo node \(account.node) Movable: managed − free − LRU − zspages"],
      remedy: "keep a free gigantic page on another node, or don't plan to unplug these blocks"
    )
  }

  private static func gigantic(_ context: RuleContext, _ id: NodeID) -> [HugePagePool] {
    let order = context.snapshot.maxOrder.value ?? 10
    return context.snapshot.hugePagePools(on: id).filter {
      ($0.total.value ?? 0) > 0 && $0.isGigantic(pageSize: context.pageSize, maxOrder: order)
    }
  }

  private static func remedy(_ context: RuleContext, _ pool: HugePagePool) -> String {
    let count = pool.total.value ?? 0
    if context.snapshot.hugePages.movableGigantic.value == false {
      return "sysctl vm.movable_gigantic_pages=1, then give the pages back and take them again"
    }
    let size = ByteCount(pool.size.count)
    if context.option("CMA") == .yes {
      return "reserve them in CMA: hugetlb_cma=\((size * count).count >> 20)M"
    }
    return "reserve them at boot: hugepagesz=\(size.count >> 20)M hugepages=\(count)"
  }
}
