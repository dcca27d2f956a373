internal import Advice
internal import Capacity

/// Hosts of which a what-if changes the verdict, from the whole fleet.
struct MovedRows: Sendable {
  private var fallen: RankedRows
  private var risen = RankedRows(limit: 20, HostRanking.rise)
  private var untold = RankedRows(limit: 50, HostRanking.worst)

  /// - Parameter limit: How many that get worse are shown.
  init(limit: Int) { fallen = RankedRows(limit: limit, HostRanking.fall) }

  mutating func add(_ row: HostRow) {
    var row = row
    // An account is large, and nothing of it is shown here.
    row.account = nil
    switch row.outcome {
    case .told(let outcome) where outcome.verdict > row.verdict: fallen.add(row)
    case .told(let outcome) where outcome.verdict < row.verdict: risen.add(row)
    case .untold: untold.add(row)
    case .told, nil: break
    }
  }

  /// Hosts that get worse: those first whose verdict falls farthest.
  var worse: [HostRow] { fallen.first }
  var better: [HostRow] { risen.first }
  /// Hosts of which it can't be told.
  var notPlanned: [HostRow] { untold.first }
}
