package import HostModel
package import Profiles

/// How much of a host's memory may be Movable, before any argument is chosen.
package struct Sizing: Hashable, Sendable {
  /// What the kernel zones must hold.
  package var neededKernel: ByteCount
  package var maxSafeMovable: ByteCount
  package var maxSafeRatio: MovableRatio
  package var limitedBy: Limit
  /// The kernel memory that each node must keep at least, in present pages' bytes; none where a
  /// node has no cpus.
  package var kernelFloor: [NodeID: ByteCount]
  /// The same for all nodes together.
  package var hostFloor: ByteCount
  /// All RAM of the host.
  package var present: ByteCount
  /// CMA areas in kernel zones: movable by the ratio.
  package var cma: ByteCount
  /// What the kernel zones would keep free at that size.
  package var reserve: ByteCount

  /// What keeps Movable from being larger.
  package enum Limit: Hashable, Sendable {
    /// The ratio that the profile calls fine.
    case policyRatio(MovableRatio)
    /// What the profile asks for on each node with cpus.
    case nodeMinimum(ByteCount)
    /// What no size argument can make Movable here.
    case bootLayout
    /// ZONE_MOVABLE is cut from HighMem alone, and costs the kernel nothing.
    case highMemory
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
      case .bootLayout: "boot-layout"
      case .highMemory: "high-memory"
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
  /// every node with cpus and on the whole host.
  ///
  /// What is safe is a sum of the nodes' parts here; `bounded(by:)` makes it what arguments give.
  static func size(_ facts: HostFacts, demand: Demand, profile: Profile) -> Sizing {
    let fine = profile.limits.fine
    var movable = ByteCount.zero
    var floors: [NodeID: ByteCount] = [:]
    var needed = ByteCount.zero
    var ratioLimited = ByteCount.zero
    var minimumLimited = ByteCount.zero
    let least = profile.limits.minimumKernelPerNode
    for account in facts.nodes where account.total > 0 {
      // CMA areas are movable by the ratio, and no use to the kernel.
      let need =
        (demand.neededByNode[account.node] ?? .zero) + account.kernelReserved + account.cma
      needed += need
      if account.highPresent > .zero {
        movable += account.outOfReach
        floors[account.node] = account.kernelPresent
        continue
      }
      guard account.cpuCount.value != 0 else {
        movable += account.total
        continue
      }
      let byRatio = fine.movablePart(of: account.total).subtractingOrZero(account.cma)
      let byNeed = account.total.subtractingOrZero(need)
      // Less would be called a sliver as soon as the host is booted with it.
      let byMinimum = account.total.subtractingOrZero(least + account.cma)
      let part = Swift.min(byRatio, byNeed, byMinimum)
      movable += part
      if byRatio == part { ratioLimited += part }
      if byMinimum == part { minimumLimited += account.total.subtractingOrZero(part) }
      floors[account.node] = account.total.subtractingOrZero(part)
    }
    let cma = facts.nodes.map(\.cma).total()
    let byRatio = fine.movablePart(of: facts.present).subtractingOrZero(cma)
    let byNeed = facts.present.subtractingOrZero(needed)
    if movable > byRatio, byRatio <= byNeed { ratioLimited = byRatio }
    let hasHighMemory = facts.highMemory > .zero
    if !hasHighMemory { movable = Swift.min(movable, byRatio, byNeed) }
    let kernel = facts.present.subtractingOrZero(movable)
    return Sizing(
      neededKernel: demand.needed,
      maxSafeMovable: movable,
      maxSafeRatio: MovableRatio(movable + cma, to: kernel.subtractingOrZero(cma)),
      limitedBy: hasHighMemory
        ? .highMemory
        : ratioLimited * 2 >= movable && movable > 0
          ? .policyRatio(fine)
          : minimumLimited * 2 >= kernel ? .nodeMinimum(least) : largest(demand),
      kernelFloor: floors,
      hostFloor: hasHighMemory
        ? kernel : facts.present.subtractingOrZero(Swift.min(byRatio, byNeed)),
      present: facts.present,
      cma: cma,
      reserve: demand.reserve
    )
  }

  /// The same with what boot arguments really give as the largest size.
  func bounded(by boot: BootSizes) -> Sizing {
    var result = self
    let most = (try? boot.largest(self)).map(boot.movable) ?? .zero
    if most.scaled(by: 10, over: 9) < maxSafeMovable { result.limitedBy = .bootLayout }
    result.maxSafeMovable = most
    result.maxSafeRatio = MovableRatio(
      most + cma,
      to: present.subtractingOrZero(most + cma)
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
