internal import Advice
internal import Capacity
internal import HostModel
internal import Profiles
package import SourceText

/// What moved between two looks at the same hosts.
///
/// Of two fleets' reports, what moved on a host is worked out anew whenever it is asked for: what is
/// held of each is a few words, however much its report says.
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

  /// A host that is in both, as far as its place among the others depends on it.
  struct Entry: Sendable {
    var direction: HostDiff.Direction
    var isChanged: Bool
    /// Where it stands in each of the reports.
    fileprivate var before: Int32
    fileprivate var after: Int32
    fileprivate var verdict: Verdict
    /// Of headroom.
    fileprivate var loss: Int64
  }

  private enum Content {
    case host(HostDiff)
    case reports(FleetReport, FleetReport)
  }

  package var before: Side
  package var after: Side
  private let content: Content
  /// Hosts that are in both, those that got worse first.
  private(set) var hosts: [Entry] = []
  /// Of the later report's hosts, and of the earlier one's.
  private var appearedRows: [Int32] = []
  private var goneRows: [Int32] = []
  /// Sources that failed on one side or both: nothing can be said of them.
  private var notJudgedRows: [(isBefore: Bool, index: Int32)] = []
  /// Names that stand for several hosts of a report.
  private var doubles: Set<String> = []
  /// Each figure summed over the hosts in which both sides know it.
  private(set) var totals: [HostDiff.Figure] = []
  /// The worst of the findings that are new on some host.
  private(set) var worstNew: Finding.Severity?
  /// Inputs that the later side does not know.
  private(set) var unknownAfter = 0

  /// Whether fleets' reports were compared, and not two looks at one host.
  var isFleet: Bool {
    if case .reports = content { true } else { false }
  }
  var appeared: Int { appearedRows.count }
  var gone: Int { goneRows.count }
  var notJudged: Int { notJudgedRows.count }

  /// Two looks at one host.
  package init(_ before: Side, _ after: Side, host: HostDiff) {
    self.before = before
    self.after = after
    content = .host(host)
    hosts = [take(host, before: 0, after: 0)]
  }

  /// Two reports: hosts are matched by name, and by source too where a name is there twice.
  ///
  /// - Throws: What is wrong with a host's row.
  package init(
    _ before: Side,
    _ after: Side,
    from old: FleetReport,
    to new: FleetReport
  ) throws(LocatedError) {
    self.before = before
    self.after = after
    content = .reports(old, new)
    doubles = Self.doubles(old).union(Self.doubles(new))
    var places: [Key: Int32] = [:]
    places.reserveCapacity(old.count)
    for index in old.names.indices { places[try key(index, of: old)] = Int32(index) }
    var isMatched = [Bool](repeating: false, count: old.count)
    // Only names that are there twice can come again.
    var seen: Set<Key> = []
    var sources: [Int32: String] = [:]
    for index in new.names.indices {
      let row = try new.row(index)
      let isDouble = doubles.contains(row.name)
      let own = Key(name: row.name, source: isDouble ? row.source : "")
      if isDouble {
        guard seen.insert(own).inserted else { continue }
        sources[Int32(index)] = row.source
      }
      guard let place = places[own] else {
        note(row, index)
        continue
      }
      isMatched[Int(place)] = true
      let earlier = try old.row(Int(place))
      guard row.failure == nil, earlier.failure == nil else {
        notJudgedRows.append(
          row.failure == nil ? (true, place) : (false, Int32(index))
        )
        continue
      }
      hosts.append(take(HostDiff(earlier, row), before: place, after: Int32(index)))
    }
    for index in old.names.indices where !isMatched[index] {
      if doubles.contains(old.names[index]), seen.contains(try key(index, of: old)) { continue }
      if try old.row(index).failure == nil { goneRows.append(Int32(index)) }
    }
    sort(new.names, sources)
  }

  private struct Key: Hashable {
    var name: String
    var source: String
  }

  private func key(_ index: Int, of report: FleetReport) throws(LocatedError) -> Key {
    let name = report.names[index]
    return Key(name: name, source: doubles.contains(name) ? try report.row(index).source : "")
  }

  private static func doubles(_ report: FleetReport) -> Set<String> {
    var seen: Set<String> = []
    return Set(report.names.filter { !seen.insert($0).inserted })
  }

  /// A host of the later report alone.
  private mutating func note(_ row: HostRow, _ index: Int) {
    if row.failure == nil {
      appearedRows.append(Int32(index))
    } else {
      notJudgedRows.append((false, Int32(index)))
    }
  }

  /// Counts what moved on a host, and says what has to be held of it.
  private mutating func take(_ host: HostDiff, before: Int32, after: Int32) -> Entry {
    if totals.isEmpty {
      totals = host.figures
      for index in totals.indices { (totals[index].before, totals[index].after) = (nil, nil) }
    }
    for (index, figure) in host.figures.enumerated() {
      guard let before = figure.before, let after = figure.after else { continue }
      totals[index].before =
        (totals[index].before ?? 0).addingReportingOverflow(before).partialValue
      totals[index].after = (totals[index].after ?? 0).addingReportingOverflow(after).partialValue
    }
    for finding in host.newFindings {
      worstNew = max(worstNew ?? finding.severity, finding.severity)
    }
    unknownAfter += host.after.unknownInputs
    return Entry(
      direction: host.direction,
      isChanged: host.isChanged,
      before: before,
      after: after,
      verdict: host.after.verdict,
      loss: Self.loss(host)
    )
  }

  /// Worse before same before better; then the worst verdict, then the largest loss of headroom.
  private mutating func sort(_ names: [String], _ sources: [Int32: String]) {
    func rank(_ host: Entry) -> Int {
      HostDiff.Direction.allCases.firstIndex(of: host.direction) ?? 0
    }
    hosts.sort { left, right in
      let (a, b) = (rank(left), rank(right))
      if a != b { return a < b }
      if left.verdict != right.verdict { return left.verdict > right.verdict }
      if left.loss != right.loss { return left.loss > right.loss }
      let (one, other) = (names[Int(left.after)], names[Int(right.after)])
      if one != other { return one < other }
      return sources[left.after] ?? "" < sources[right.after] ?? ""
    }
  }

  private static func loss(_ host: HostDiff) -> Int64 {
    guard let before = host.before.headroom, let after = host.after.headroom else { return .min }
    return Int64(clamping: before.count) - Int64(clamping: after.count)
  }

  func count(_ direction: HostDiff.Direction) -> Int {
    hosts.count { $0.direction == direction }
  }

  /// Whether several hosts have that name.
  func isDouble(_ name: String) -> Bool { doubles.contains(name) }

  // MARK: Hosts

  /// What moved on a host.
  ///
  /// - Throws: That a report can't be read any more.
  func host(_ entry: Entry) throws(LocatedError) -> HostDiff {
    switch content {
    case .host(let host): host
    case .reports(let old, let new):
      HostDiff(try old.row(Int(entry.before)), try new.row(Int(entry.after)))
    }
  }

  /// Hosts of the later report alone, as they are asked for.
  func appeared(_ number: Int) throws(LocatedError) -> HostRow? {
    guard case .reports(_, let new) = content else { return nil }
    return try new.row(Int(appearedRows[number]))
  }

  /// Hosts of the earlier report alone, as they are asked for.
  func gone(_ number: Int) throws(LocatedError) -> HostRow? {
    guard case .reports(let old, _) = content else { return nil }
    return try old.row(Int(goneRows[number]))
  }

  /// Sources of which nothing can be said, as they are asked for.
  func notJudged(_ number: Int) throws(LocatedError) -> HostRow? {
    guard case .reports(let old, let new) = content else { return nil }
    let (isBefore, index) = notJudgedRows[number]
    return try (isBefore ? old : new).row(Int(index))
  }
}
