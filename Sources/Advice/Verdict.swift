/// How a node or a host stands, from best to worst; unknown is worse than fine.
package enum Verdict: String, Hashable, Sendable, Comparable, CaseIterable {
  case balanced
  case tight
  case imbalanced
  case impossible
  case unknown

  private var rank: Int {
    switch self {
    case .balanced: 0
    case .unknown: 1
    case .tight: 2
    case .imbalanced: 3
    case .impossible: 4
    }
  }

  /// How many steps worse another one is; below zero where it is better.
  package func fall(to other: Self) -> Int { other.rank - rank }

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
