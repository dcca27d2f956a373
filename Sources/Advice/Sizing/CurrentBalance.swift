package import HostModel
internal import Profiles

/// Where the host and its nodes stand now.
package struct CurrentBalance: Hashable, Sendable {
  /// RAM in kernel zones, CMA left out, as the kernel's own policy counts it.
  package var kernel: ByteCount
  /// ZONE_MOVABLE and CMA.
  package var movable: ByteCount
  /// HighMem of a 32-bit kernel: no kernel memory, Movable or not.
  package var highMemory = ByteCount.zero
  /// What the kernel zones own beside it: boot reservations are taken off.
  package var lowMemory = Reading<ByteCount>.unknown(.undetermined("this kernel has no HighMem"))
  package var headroom: Reading<ByteCount>
  /// What the kernel can take once user memory fills the host.
  package var full: Reading<FullHeadroom>
  package var verdict: Verdict
  /// What makes the verdict so; nil where all is well or not known.
  package var reason: BalanceReason?
  /// The node that makes it so; nil where it is the host as a whole.
  package var worstNode: NodeID?
  package var nodes: [Node]

  package struct Node: Hashable, Sendable {
    package var node: NodeID
    package var kernel: ByteCount
    package var movable: ByteCount
    /// HighMem of a 32-bit kernel.
    package var highMemory = ByteCount.zero
    package var freeHighMemory = ByteCount.zero
    package var freeKernel: Reading<ByteCount>
    package var freeMovable: Reading<ByteCount>
    package var headroom: Reading<ByteCount>
    /// The same once user memory fills the host.
    package var full = Reading<FullHeadroom>.unknown(.undetermined("not worked out"))
    package var verdict: Verdict

    package var ratio: MovableRatio { MovableRatio(movable + highMemory, to: kernel) }

    package init(
      node: NodeID,
      kernel: ByteCount,
      movable: ByteCount,
      freeKernel: Reading<ByteCount>,
      freeMovable: Reading<ByteCount>,
      headroom: Reading<ByteCount>,
      verdict: Verdict
    ) {
      self.node = node
      self.kernel = kernel
      self.movable = movable
      self.freeKernel = freeKernel
      self.freeMovable = freeMovable
      self.headroom = headroom
      self.verdict = verdict
    }
  }

  package var ratio: MovableRatio { MovableRatio(movable + highMemory, to: kernel) }

  static func judge(_ facts: HostFacts, demand: Reading<Demand>, profile: Profile) -> CurrentBalance
  {
    let judgement = BalancePolicy(profile: profile, pageSize: facts.pageSize)
    let late = facts.lateMovable
    let full = facts.full
    let isRunning = facts.snapshot.source.kind != .spec
    let nodes = facts.nodes.filter { $0.total > 0 }.map { account in
      var node = Node(
        node: account.node,
        kernel: account.ratioKernel,
        movable: account.ratioMovable.subtractingOrZero(account.highPresent),
        freeKernel: account.kernelFree,
        freeMovable: account.movableFree,
        headroom: account.headroom,
        verdict: Self.node(
          account,
          late: late[account.node] ?? .zero,
          isRunning: isRunning,
          demand,
          full,
          judgement
        ).verdict
      )
      node.full = full.flatMap { full in
        full.headroom(on: account.node).map { .known($0) }
          ?? .unknown(.undetermined("the node has no memory"))
      }
      node.highMemory = account.highPresent
      node.freeHighMemory = account.highFree
      return node
    }
    let headroom = facts.nodes.total(\.headroom)
    var (verdict, reason) = host(
      facts,
      late: late.values.total(),
      headroom: headroom,
      demand,
      full,
      judgement
    )
    var worstNode: NodeID?
    for (account, node) in zip(facts.nodes.filter { $0.total > .zero }, nodes)
    where node.verdict > verdict {
      (verdict, reason) = Self.node(
        account,
        late: late[account.node] ?? .zero,
        isRunning: isRunning,
        demand,
        full,
        judgement
      )
      worstNode = node.node
    }
    return CurrentBalance(
      kernel: facts.ratioKernel,
      movable: facts.ratioMovable.subtractingOrZero(facts.highMemory),
      highMemory: facts.highMemory,
      lowMemory: facts.nodes.total(\.kernelManaged),
      headroom: headroom,
      full: full.map(\.headroom),
      verdict: verdict,
      reason: reason,
      worstNode: worstNode,
      nodes: nodes
    )
  }

  /// Takes in what becomes of the machine with the devices that are planned for it.
  mutating func take(_ plan: GrowthPlan) {
    let worst = plan.steps.max { $0.verdict < $1.verdict }
    guard let worst, worst.verdict > verdict else { return }
    verdict = worst.verdict
    reason = .devices(worst.ratio)
    worstNode = nil
  }

  private static func node(
    _ account: NodeAccount,
    late: ByteCount,
    isRunning: Bool,
    _ demand: Reading<Demand>,
    _ full: Reading<FullMachine>,
    _ judgement: BalancePolicy
  ) -> (verdict: Verdict, reason: BalanceReason?) {
    guard let demand = demand.value, let headroom = account.headroom.value,
      let use = account.use.value, let reserve = account.reserve.value,
      let host = full.value?.headroom
    else { return (.unknown, nil) }
    let needed = demand.neededByNode[account.node] ?? .zero
    // So is user memory that settled here.
    let home = headroom + (account.stuckUserPages.value ?? .zero)
    let margin = demand.margin.scaled(by: needed.count, over: Swift.max(1, demand.needed.count))
    return judgement.judge(
      BalancePolicy.Position(
        kernel: account.ratioKernel,
        movable: account.ratioMovable,
        lateMovable: late,
        needed: needed,
        growth: (needed + (account.stuckUserPages.value ?? .zero))
          .subtractingOrZero(reserve + margin + use),
        margin: margin,
        headroom: home,
        // A full node falls back to others: that is judged for the host.
        full: (home, home),
        isFilled: isRunning && account.highPresent == .zero,
        total: account.total.subtractingOrZero(account.outOfReach),
        hasCPUs: (account.cpuCount.value ?? 1) > 0,
        hasOthers: demand.growth <= host.least
      )
    )
  }

  private static func host(
    _ facts: HostFacts,
    late: ByteCount,
    headroom: Reading<ByteCount>,
    _ demand: Reading<Demand>,
    _ full: Reading<FullMachine>,
    _ judgement: BalancePolicy
  ) -> (verdict: Verdict, reason: BalanceReason?) {
    guard let demand = demand.value, let headroom = headroom.value,
      let full = full.value?.headroom
    else { return (.unknown, nil) }
    return judgement.judge(
      BalancePolicy.Position(
        kernel: facts.ratioKernel,
        movable: facts.ratioMovable,
        lateMovable: late,
        needed: demand.needed,
        growth: demand.growth,
        margin: demand.margin,
        headroom: headroom,
        full: (full.least, full.likely),
        isFilled: facts.snapshot.source.kind != .spec && facts.highMemory == .zero,
        total: facts.present.subtractingOrZero(facts.nodes.map(\.outOfReach).total()),
        hasCPUs: true
      )
    )
  }
}
