package import HostModel
package import Profiles

/// How much of a host's memory may be Movable, before any argument is chosen.
package struct Sizing: Hashable, Sendable {
  /// What the kernel zones must hold.
  package var neededKernel: ByteCount
  package var maxSafeMovable: ByteCount
  package var maxSafeRatio: MovableRatio
  package var limitedBy: Limit
  /// The kernel memory that each node must keep at least, in present pages' bytes, CMA areas left
  /// out; none where a node has no cpus and no needs.
  package var kernelFloor: [NodeID: ByteCount]
  /// The same for all nodes together.
  package var hostFloor: ByteCount
  /// What boot memory must give the kernel on all nodes together beside watermarks and lowmem
  /// reserves, whatever user memory takes of its zones.
  package var neededWhenFull: ByteCount
  /// All RAM of the host.
  package var present: ByteCount
  /// CMA areas in kernel zones: movable by the ratio.
  package var cma: ByteCount
  /// What the kernel zones would keep free at that size.
  package var reserve: ByteCount
  /// What the devices that are planned add.
  package var growth: PlannedGrowth
  /// What the kernel zones are to give in one piece while the host runs.
  var gigantic: [GiganticPieces] = []
  /// What boot arguments come to at most; nil where no argument makes the zones of this host.
  var reached: Result<LayoutSearch.Answer, LayoutSearch.Impossible>?

  /// What keeps Movable from being larger.
  package enum Limit: Hashable, Sendable {
    /// The ratio that the profile calls fine.
    case policyRatio(MovableRatio)
    /// What the profile asks for on each node with cpus.
    case nodeMinimum(ByteCount)
    /// What user memory takes of the kernel zones once it fills the host.
    case userMemory
    /// What no size argument can make Movable here.
    case bootLayout
    /// ZONE_MOVABLE is cut from HighMem alone, and costs the kernel nothing.
    case highMemory
    /// Movable memory that devices bring.
    case devices
    /// The largest term of what the kernel zones must hold.
    case term(TermID)
    case reserve
    case margin
    case unexplained

    /// The stable name in JSON.
    package var id: String {
      switch self {
      case .policyRatio: "policy-ratio"
      case .nodeMinimum: "node-minimum"
      case .userMemory: "user-memory"
      case .bootLayout: "boot-layout"
      case .highMemory: "high-memory"
      case .devices: "devices"
      case .term(let term): term.id
      case .reserve: "reserve"
      case .margin: "margin"
      case .unexplained: "unexplained"
      }
    }
  }
}

extension Sizing {
  /// Sizes a host: on every node the kernel zones hold what is needed, and the ratio stays fine on
  /// every node with cpus and on the whole host, with the devices that are planned too.
  ///
  /// What is safe is a sum of the nodes' parts here; `bounded(by:)` makes it what arguments give.
  static func size(
    _ facts: HostFacts,
    demand: Demand,
    profile: Profile,
    growth: PlannedGrowth = PlannedGrowth()
  ) -> Sizing {
    let fine = profile.limits.fine
    var movable = ByteCount.zero
    var floors: [NodeID: ByteCount] = [:]
    var needed = ByteCount.zero
    var ratioLimited = ByteCount.zero
    var minimumLimited = ByteCount.zero
    let least = profile.limits.minimumKernelPerNode
    for account in facts.nodes where account.total > 0 {
      var need =
        (demand.neededByNode[account.node] ?? .zero) + account.kernelReserved
        + allowance(for: demand.askedByNode[account.node] ?? .zero)
      let memmap = facts.memmapBelowMovable(account)
      if account.total > need { need.take(upTo: memmap) }
      needed += need
      if account.highPresent > .zero {
        movable += account.outOfReach
        floors[account.node] = account.kernelPresent.subtractingOrZero(account.cma)
        continue
      }
      guard account.cpuCount.value != 0 else {
        let asked = demand.askedByNode[account.node] ?? .zero
        if asked > .zero { floors[account.node] = Swift.min(asked, account.total) }
        movable += account.total.subtractingOrZero(asked)
        continue
      }
      let byRatio = growth.movablePart(of: account.total, on: account.node, by: fine)
      let byNeed = (account.total + (growth.kernel[account.node] ?? .zero))
        .subtractingOrZero(need)
      // Less would be called a sliver as soon as the host is booted with it.
      let byMinimum = account.total.subtractingOrZero(least)
      let part = Swift.min(byRatio, byNeed, byMinimum)
      movable += part
      if byRatio == part { ratioLimited += part }
      if byMinimum == part { minimumLimited += account.total.subtractingOrZero(part) }
      floors[account.node] = account.total.subtractingOrZero(part)
    }
    let cma = facts.nodes.map(\.cma).total()
    let byRatio = growth.movablePart(of: facts.present, on: nil, by: fine)
    let byNeed = (facts.present + growth.kernel.values.total())
      .subtractingOrZero(needed + growth.cost)
    let most = Swift.min(byRatio, byNeed)
    if movable > byRatio, byRatio <= byNeed { ratioLimited = byRatio }
    let hasHighMemory = facts.highMemory > .zero
    // CMA areas are movable by the ratio, and no use to the kernel.
    if !hasHighMemory { movable = Swift.min(movable, most).subtractingOrZero(cma) }
    let kernel = facts.present.subtractingOrZero(movable)
    let limit: Limit =
      if hasHighMemory {
        .highMemory
      } else if growth.limits(most, of: facts.present, by: fine) {
        .devices
      } else if ratioLimited * 2 >= movable && movable > 0 {
        .policyRatio(fine)
      } else {
        minimumLimited * 2 >= kernel ? .nodeMinimum(least) : largest(demand)
      }
    return Sizing(
      neededKernel: demand.needed,
      maxSafeMovable: movable,
      maxSafeRatio: MovableRatio(movable + cma, to: kernel.subtractingOrZero(cma)),
      limitedBy: limit,
      kernelFloor: floors,
      hostFloor: hasHighMemory
        ? kernel.subtractingOrZero(cma) : facts.present.subtractingOrZero(most),
      neededWhenFull: (needed + growth.cost)
        .subtractingOrZero(growth.kernel.values.total() + demand.reserve),
      present: facts.present,
      cma: cma,
      reserve: demand.reserve,
      growth: growth
    )
  }

  /// Larger kernel zones have larger watermarks and protection: what is asked for takes no margin
  /// that would hold them.
  private static func allowance(for asked: ByteCount) -> ByteCount {
    asked.scaled(by: 1, over: 64)
  }

  /// The same with what boot arguments really give as the largest size.
  func bounded(by boot: BootSizes) -> Sizing {
    var result = self
    let (reached, isLimitedByLoad) = boot.reach(self)
    result.reached = reached
    let most = (try? reached.get()).map(boot.movable) ?? .zero
    if most.scaled(by: 10, over: 9) < maxSafeMovable {
      result.limitedBy =
        isLimitedByLoad
        ? (gigantic.isEmpty ? .userMemory : .term(.giganticPages)) : .bootLayout
    }
    result.maxSafeMovable = most
    if case .success(let answer) = reached {
      result.cma = boot.cma(answer)
      // Other kernels of a class must keep as much: what the zones of this one came to.
      if isLimitedByLoad {
        result.reserve = boot.reserve(answer) ?? reserve
        result.hostFloor = max(hostFloor, present.subtractingOrZero(most + result.cma))
      }
    }
    result.maxSafeRatio = MovableRatio(
      most + result.cma,
      to: present.subtractingOrZero(most + result.cma)
    )
    return result
  }

  /// The largest part of what is needed.
  private static func largest(_ demand: Demand) -> Limit {
    var sums: [(limit: Limit, size: ByteCount)] = [
      (.reserve, demand.reserve), (.margin, demand.margin),
      (.unexplained, ByteCount(UInt64(max(0, demand.unexplained)))),
    ]
    for term in demand.terms {
      if let index = sums.firstIndex(where: { $0.limit == .term(term.id) }) {
        sums[index].size += term.projected
      } else {
        sums.append((.term(term.id), term.projected))
      }
    }
    return sums.max { $0.size < $1.size }?.limit ?? .reserve
  }
}
