package import HostModel
package import Profiles

/// How much of a host's memory may be Movable, before any argument is chosen.
package struct Sizing: Hashable, Sendable {
  /// What the kernel zones must hold.
  package var neededKernel: ByteCount
  package var maxSafeMovable: ByteCount
  package var maxSafeRatio: MovableRatio
  package var limitedBy: Limit
  /// The kernel memory that each node must keep at least, in present pages' bytes.
  package var kernelFloor: [NodeID: ByteCount]

  /// What keeps Movable from being larger.
  package enum Limit: Hashable, Sendable {
    /// The ratio that the profile calls fine.
    case policyRatio(MovableRatio)
    /// The largest term of what the kernel zones must hold.
    case term(TermID)
    case reserve
    case margin
    case unexplained

    /// The stable name in JSON.
    package var id: String {
      switch self {
      case .policyRatio: "policy-ratio"
      case .term(let term): term.id
      case .reserve: "reserve"
      case .margin: "margin"
      case .unexplained: "unexplained"
      }
    }
  }
}

extension Sizing {
  /// Sizes a host: on every node the kernel zones hold what is needed, and the ratio stays fine.
  static func size(_ facts: HostFacts, demand: Demand, profile: Profile) -> Sizing {
    var movable = ByteCount.zero
    var floors: [NodeID: ByteCount] = [:]
    var ratioLimited = ByteCount.zero
    for account in facts.nodes {
      let needed = (demand.neededByNode[account.node] ?? .zero) + account.kernelReserved
      let byRatio = profile.limits.fine.movablePart(of: account.total)
      let byNeed = account.total.subtractingOrZero(needed)
      movable += Swift.min(byRatio, byNeed)
      if byRatio <= byNeed { ratioLimited += byRatio }
      floors[account.node] = Swift.max(
        Swift.min(needed, account.total),
        account.total.subtractingOrZero(byRatio)
      )
    }
    let kernel = facts.present.subtractingOrZero(movable)
    return Sizing(
      neededKernel: demand.needed,
      maxSafeMovable: movable,
      maxSafeRatio: MovableRatio(movable, to: kernel),
      limitedBy: ratioLimited * 2 >= movable && movable > 0
        ? .policyRatio(profile.limits.fine) : largest(demand),
      kernelFloor: floors
    )
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
