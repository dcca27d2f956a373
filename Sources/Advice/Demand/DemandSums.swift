internal import HostModel

/// What terms come to on each node and beside the nodes: added up once, as a host may have a thousand nodes.
struct DemandSums {
  /// At the horizon, by the node that the terms are of.
  private(set) var projected: [NodeID: ByteCount] = [:]
  /// What was measured of the whole host, with what nothing explains.
  private(set) var hostWide: ByteCount
  /// What is announced for the whole host.
  private(set) var spread = ByteCount.zero
  /// What all nodes use beyond their own terms.
  private(set) var rests = ByteCount.zero
  private var now: [NodeID: ByteCount] = [:]

  init(
    _ measured: [DemandTerm],
    planned: [DemandTerm],
    unexplained: Int64,
    of nodes: [NodeAccount]
  ) {
    hostWide = ByteCount(UInt64(max(0, unexplained)))
    for term in measured {
      guard let node = term.node else {
        hostWide += term.projected
        continue
      }
      projected[node, default: .zero] += term.projected
      now[node, default: .zero] += term.now
    }
    for term in planned {
      guard let node = term.node else {
        spread += term.projected
        continue
      }
      projected[node, default: .zero] += term.projected
    }
    for account in nodes { rests += rest(of: account) }
  }

  /// What a node uses beyond its own terms.
  func rest(of account: NodeAccount) -> ByteCount {
    (account.use.value ?? .zero).subtractingOrZero(now[account.node] ?? .zero)
  }
}
