internal import Advice
package import Capacity
internal import HostModel

/// What moved between two looks at the same hosts.
package struct FleetDiff: Sendable {
  /// What was compared.
  package struct Side: Sendable {
    package var source: String
    /// Of a report; nil for a host.
    package var date: String?

    package init(source: String, date: String? = nil) {
      self.source = source
      self.date = date
    }
  }

  package var before: Side
  package var after: Side
  /// Whether fleets' reports were compared, and not two looks at one host.
  package var isFleet: Bool
  /// Hosts that are in both, those that got worse first.
  package var hosts: [HostDiff]
  package var appeared: [HostRow]
  package var gone: [HostRow]
  /// Sources that failed on one side or both: nothing can be said of them.
  package var notJudged: [HostRow]

  /// Two looks at one host.
  package init(_ before: Side, _ after: Side, host: HostDiff) {
    self.before = before
    self.after = after
    isFleet = false
    hosts = [host]
    appeared = []
    gone = []
    notJudged = []
  }

  /// Two reports: hosts are matched by name, and by source too where a name is there twice.
  package init(_ before: Side, _ after: Side, from old: [HostRow], to new: [HostRow]) {
    self.before = before
    self.after = after
    isFleet = true
    let doubles = Self.doubles(old).union(Self.doubles(new))
    func key(_ row: HostRow) -> Key {
      Key(name: row.name, source: doubles.contains(row.name) ? row.source : "")
    }
    var olds: [Key: HostRow] = [:]
    for row in old { olds[key(row)] = row }
    var matched: Set<Key> = []
    hosts = []
    appeared = []
    notJudged = []
    for row in new {
      let own = key(row)
      guard matched.insert(own).inserted else { continue }
      guard let earlier = olds[own] else {
        if row.failure == nil { appeared.append(row) } else { notJudged.append(row) }
        continue
      }
      guard row.failure == nil, earlier.failure == nil else {
        notJudged.append(row.failure == nil ? earlier : row)
        continue
      }
      hosts.append(HostDiff(earlier, row))
    }
    gone = old.filter { !matched.contains(key($0)) && $0.failure == nil }
    hosts = Self.sorted(hosts)
  }

  private struct Key: Hashable {
    var name: String
    var source: String
  }

  private static func doubles(_ rows: [HostRow]) -> Set<String> {
    var seen: Set<String> = []
    return Set(rows.compactMap { seen.insert($0.name).inserted ? nil : $0.name })
  }

  /// Worse before same before better; then the worst verdict, then the largest loss of headroom.
  private static func sorted(_ hosts: [HostDiff]) -> [HostDiff] {
    func rank(_ host: HostDiff) -> Int {
      HostDiff.Direction.allCases.firstIndex(of: host.direction) ?? 0
    }
    return hosts.map { (rank($0), loss($0), $0) }.sorted { left, right in
      if left.0 != right.0 { return left.0 < right.0 }
      let (a, b) = (left.2.after, right.2.after)
      if a.verdict != b.verdict { return a.verdict > b.verdict }
      if left.1 != right.1 { return left.1 > right.1 }
      return (a.name, a.source) < (b.name, b.source)
    }.map(\.2)
  }

  private static func loss(_ host: HostDiff) -> Int64 {
    guard let before = host.before.headroom, let after = host.after.headroom else { return .min }
    return Int64(clamping: before.count) - Int64(clamping: after.count)
  }

  package func count(_ direction: HostDiff.Direction) -> Int {
    hosts.count { $0.direction == direction }
  }

  /// Findings that are new on some host.
  package var newFindings: [FindingBrief] { hosts.flatMap(\.newFindings) }

  /// Each figure summed over the hosts in which both sides know it.
  package var totals: [HostDiff.Figure] {
    guard let first = hosts.first else { return [] }
    return first.figures.indices.map { index in
      var sum = first.figures[index]
      sum.before = nil
      sum.after = nil
      for host in hosts {
        let figure = host.figures[index]
        guard let before = figure.before, let after = figure.after else { continue }
        sum.before = (sum.before ?? 0).addingReportingOverflow(before).partialValue
        sum.after = (sum.after ?? 0).addingReportingOverflow(after).partialValue
      }
      return sum
    }
  }
}
