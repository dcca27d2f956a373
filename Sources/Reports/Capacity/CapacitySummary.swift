package import Advice
package import HostModel

/// Sums and groups over all hosts of a report, built host by host.
package struct CapacitySummary: Sendable {
  /// Hosts of one machine class.
  package struct Group: Sendable {
    package var name: String
    package var hosts = 0
    package var verdicts: [Verdict: Int] = [:]
    package var possible = ByteCount.zero
    package var excess = ByteCount.zero
    package var worstRatio: MovableRatio?
    package var leastHeadroom: ByteCount?
    package var kernels: [String: Int] = [:]
    package var profiles: [String: Int] = [:]
    package var arguments: [String: Int] = [:]
    package var recommendations: [String: Int] = [:]

    init(name: String) { self.name = name }

    /// What differs between hosts that should be alike.
    package var drift: [String] {
      var notes: [String] = []
      if kernels.count > 1 { notes.append("\(kernels.count) kernels: \(Self.list(kernels))") }
      if arguments.count > 1 {
        notes.append("\(arguments.count) sets of zone arguments: \(Self.list(arguments))")
      }
      return notes
    }

    private static func list(_ counts: [String: Int]) -> String {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4).map {
        "\($0.key.isEmpty ? "none" : $0.key) (\($0.value))"
      }.joined(separator: ", ")
    }
  }

  package var hosts = 0
  package var failed = 0
  package var verdicts: [Verdict: Int] = [:]
  package var total = ByteCount.zero
  package var kernel = ByteCount.zero
  package var movable = ByteCount.zero
  package var possible = ByteCount.zero
  package var excess = ByteCount.zero
  /// Hosts by ratio: below 1:1, 2:1, 3:1, 4:1, and above; the first is no Movable.
  package var ratioBins = [Int](repeating: 0, count: 6)
  /// Hosts by what the kernel can still take, as a share of what it needs: below a quarter, half,
  /// all, twice, and above.
  package var headroomBins = [Int](repeating: 0, count: 5)
  package private(set) var groups: [String: Group] = [:]

  package static let ratioLabels = ["no Movable", "to 1:1", "to 2:1", "to 3:1", "to 4:1", "above"]
  package static let headroomLabels = ["under ¼", "¼ to ½", "½ to 1", "1 to 2", "above 2"]

  package init() {}

  package mutating func add(_ row: HostRow) {
    hosts += 1
    guard row.failure == nil else {
      failed += 1
      return
    }
    verdicts[row.verdict, default: 0] += 1
    total += row.total
    kernel += row.kernel
    movable += row.movable
    possible += row.possible
    excess += row.excess
    ratioBins[Self.ratioBin(row)] += 1
    if let bin = Self.headroomBin(row) { headroomBins[bin] += 1 }
    var group = groups[row.machineClass] ?? Group(name: row.machineClass)
    group.hosts += 1
    group.verdicts[row.verdict, default: 0] += 1
    group.possible += row.possible
    group.excess += row.excess
    group.worstRatio = max(group.worstRatio ?? row.ratio, row.ratio)
    if let headroom = row.headroom {
      group.leastHeadroom = min(group.leastHeadroom ?? headroom, headroom)
    }
    group.kernels[row.kernelRelease ?? "unknown", default: 0] += 1
    group.profiles[row.profile, default: 0] += 1
    group.arguments[row.zoneArguments, default: 0] += 1
    if !row.recommendation.isEmpty { group.recommendations[row.recommendation, default: 0] += 1 }
    groups[row.machineClass] = group
  }

  /// Largest classes first.
  package var sortedGroups: [Group] {
    groups.values.sorted { ($1.hosts, $0.name) < ($0.hosts, $1.name) }
  }

  /// The whole in three sentences.
  package var sentences: [String] {
    let judged = hosts - failed
    let bad =
      (verdicts[.imbalanced] ?? 0) + (verdicts[.impossible] ?? 0)
    let tight = verdicts[.tight] ?? 0
    return [
      "\(judged) of \(hosts) hosts were judged: \(bad) imbalanced, \(tight) tight, "
        + "\(verdicts[.balanced] ?? 0) balanced, \(verdicts[.unknown] ?? 0) unknown.",
      "They have \(total.text), of which \(movable.text) are Movable or CMA "
        + "(\(MovableRatio(movable, to: kernel))).",
      "\(possible.text) more could safely become Movable; \(excess.text) of Movable are too much "
        + "where they are.",
    ]
  }

  private static func ratioBin(_ row: HostRow) -> Int {
    guard row.movable > 0 else { return 0 }
    for limit in 1...4
    where row.ratio <= MovableRatio(movable: UInt64(limit), kernel: 1) { return limit }
    return 5
  }

  private static func headroomBin(_ row: HostRow) -> Int? {
    guard let headroom = row.headroom, let needed = row.needed else { return nil }
    let limits: [(UInt64, UInt64)] = [(1, 4), (1, 2), (1, 1), (2, 1)]
    return limits.firstIndex { headroom < needed.scaled(by: $0.0, over: $0.1) } ?? 4
  }
}
