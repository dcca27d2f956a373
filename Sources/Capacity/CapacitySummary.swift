package import Advice
package import HostModel

/// Sums and groups over all hosts of a report, built host by host.
package struct CapacitySummary: Sendable {
  /// Machines: a class of a spec counts as often as it has them.
  package var hosts = 0
  package var failed = 0
  /// Rows that were judged: hosts, and classes once each.
  package private(set) var rows = 0
  package var verdicts: [Verdict: Int] = [:]
  /// Under a what-if, of the hosts of which it can be told.
  package var verdictsAfter: [Verdict: Int] = [:]
  package var gotWorse = 0
  package var gotBetter = 0
  /// Hosts of which the what-if can't be told.
  package var notPlanned = 0
  /// The same as rows: a class of a spec is one, however many machines it has.
  package private(set) var worseRows = 0
  package private(set) var betterRows = 0
  package private(set) var notPlannedRows = 0
  package var total = ByteCount.zero
  package var kernel = ByteCount.zero
  package var movable = ByteCount.zero
  package var possible = ByteCount.zero
  package var excess = ByteCount.zero
  /// Hosts of which nobody knows how much Movable is safe: they are in neither sum.
  package var unsized = 0
  /// Hosts by ratio: below 1:1, 2:1, 3:1, 4:1, and above; the first is no Movable, the last not known.
  package var ratioBins = [Int](repeating: 0, count: 7)
  /// Hosts by what the kernel can still take, as a share of what it needs; the last is not known.
  package var headroomBins = [Int](repeating: 0, count: 6)
  package private(set) var classes: [String: CapacityGroup] = [:]
  package private(set) var kernels: [String: CapacityGroup] = [:]
  package private(set) var profiles: [String: CapacityGroup] = [:]

  /// By what was asked for, in its order.
  package private(set) var groupings: [GroupedHosts]
  /// Nil without a table of labels.
  package private(set) var labelUse: LabelUse?
  /// Hosts by the months until they are tight; nil where no history was given.
  package private(set) var outlook: OutlookCounts?

  /// Groups of one kind; what comes later is counted as `others`.
  private static let groupLimit = 2000

  /// - Parameter context: What is known of hosts beside what was read of them.
  package init(_ context: HostContext = HostContext()) {
    groupings = context.groupings.map { GroupedHosts($0) }
    labelUse = context.labels.map { LabelUse($0) }
    outlook = context.outlooks.map { _ in OutlookCounts() }
  }

  package mutating func add(_ row: HostRow) {
    hosts += 1
    guard row.failure == nil else {
      failed += 1
      return
    }
    let machines = row.machines
    rows += 1
    hosts += machines - 1
    verdicts[row.verdict, default: 0] += machines
    total += row.all(row.total)
    kernel += row.all(row.kernel)
    movable += row.all(row.movable)
    possible += row.all(row.possible ?? .zero)
    excess += row.all(row.excess ?? .zero)
    if row.maxSafeMovable == nil { unsized += machines }
    ratioBins[Self.ratioBin(row)] += machines
    headroomBins[Self.headroomBin(row)] += machines
    switch row.outcome {
    case .told(let outcome):
      verdictsAfter[outcome.verdict, default: 0] += machines
      if outcome.verdict > row.verdict {
        (gotWorse, worseRows) = (gotWorse + machines, worseRows + 1)
      }
      if outcome.verdict < row.verdict {
        (gotBetter, betterRows) = (gotBetter + machines, betterRows + 1)
      }
    case .untold: (notPlanned, notPlannedRows) = (notPlanned + machines, notPlannedRows + 1)
    case nil: break
    }
    Self.add(row, to: &classes, row.machineClass, asClass: true)
    Self.add(row, to: &kernels, row.kernelRelease ?? "unknown", asClass: false)
    Self.add(row, to: &profiles, row.profile, asClass: false)
    for index in groupings.indices {
      groupings[index].add(row, to: row.groups.indices.contains(index) ? row.groups[index] : nil)
    }
    labelUse?.add(row)
    outlook?.add(row)
  }

  private static func add(
    _ row: HostRow,
    to groups: inout [String: CapacityGroup],
    _ name: String,
    asClass: Bool
  ) {
    let key = groups[name] != nil || groups.count < groupLimit ? name : "others"
    groups[key, default: CapacityGroup(name: key)].add(row, asClass: asClass)
  }

  /// Largest first.
  package static func sorted(_ groups: [String: CapacityGroup]) -> [CapacityGroup] {
    groups.values.sorted { ($1.hosts, $0.name) < ($0.hosts, $1.name) }
  }

  package var judged: Int { hosts - failed }
  package var bad: Int { (verdicts[.imbalanced] ?? 0) + (verdicts[.impossible] ?? 0) }

  private static func ratioBin(_ row: HostRow) -> Int {
    guard row.hasZones else { return 6 }
    guard row.movable > 0 else { return 0 }
    for limit in 1...4
    where row.ratio <= MovableRatio(movable: UInt64(limit), kernel: 1) { return limit }
    return 5
  }

  private static func headroomBin(_ row: HostRow) -> Int {
    guard let headroom = row.headroom, let needed = row.needed else { return 5 }
    let limits: [(UInt64, UInt64)] = [(1, 4), (1, 2), (1, 1), (2, 1)]
    return limits.firstIndex { headroom < needed.scaled(by: $0.0, over: $0.1) } ?? 4
  }
}
