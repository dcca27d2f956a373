package import Advice
internal import HostModel

/// What is kept of many hosts, however many there are: counts, sums, histograms and the worst of them.
///
/// `merge` is associative and commutative: whatever machines looked at which hosts, the same comes out.
/// So lists that have an end keep the first by an order of their own, never those that came first.
package struct FleetSummary: Hashable, Sendable {
  /// Something that is added up over hosts.
  package enum Sum: String, CaseIterable, Hashable, Sendable {
    case total = "totalBytes"
    case kernel = "kernelBytes"
    case movable = "movableBytes"
    case possible = "possibleMovableBytes"
    case excess = "excessMovableBytes"
    case needed = "neededKernelBytes"
    case unsized = "unsizedHosts"
    case unknownInputs
  }

  /// What hosts are counted by.
  package enum Group: String, CaseIterable, Hashable, Sendable {
    case machineClass = "classes"
    case kernel = "kernels"
    case profile = "profiles"
    case rule = "rules"
  }

  /// A source that could not be judged.
  package struct Failure: Hashable, Comparable, Sendable {
    package var source: String
    package var reason: String

    package init(source: String, reason: String) {
      self.source = source
      self.reason = reason
    }

    package static func < (left: Self, right: Self) -> Bool {
      (left.source, left.reason) < (right.source, right.reason)
    }
  }

  /// Names of a group that are told apart, and failures that are named.
  package static let nameLimit = 2000
  package static let failureLimit = 100

  package var hosts: UInt64 = 0
  package var failed: UInt64 = 0
  package var verdicts: [Verdict: UInt64] = [:]
  package var sums: [Sum: UInt64] = [:]
  /// Thousandths of MOVABLE:KERNEL; unknown where there is no kernel memory.
  package var ratios = FleetHistogram()
  /// Bytes that the kernel can still take.
  package var headrooms = FleetHistogram()
  package var groups: [Group: [String: UInt64]] = [:]
  /// At most `worstLimit`, worst first.
  package var worst: [FleetHost] = []
  package var worstLimit: Int
  /// The first by their sources.
  package var failures: [Failure] = []

  package init(worst limit: Int) { worstLimit = limit }

  package mutating func add(_ row: HostRow) {
    let machines = UInt64(max(0, row.machines))
    hosts = hosts.saturatingSum(row.failure == nil ? machines : 1)
    if let failure = row.failure {
      failed = failed.saturatingSum(1)
      failures.append(Failure(source: row.source, reason: failure))
      if failures.count >= 2 * Self.failureLimit { trim() }
      return
    }
    verdicts[row.verdict] = (verdicts[row.verdict] ?? 0).saturatingSum(machines)
    add(.total, row.all(row.total).count)
    add(.kernel, row.all(row.kernel).count)
    add(.movable, row.all(row.movable).count)
    add(.possible, row.all(row.possible ?? .zero).count)
    add(.excess, row.all(row.excess ?? .zero).count)
    add(.needed, row.all(row.needed ?? .zero).count)
    add(.unsized, row.maxSafeMovable == nil ? machines : 0)
    add(.unknownInputs, UInt64(max(0, row.unknownInputs)))
    let ratio = row.kernel > 0 ? row.movable.scaled(by: 1000, over: row.kernel.count).count : nil
    ratios.add(ratio, hosts: machines)
    headrooms.add(row.headroom?.count, hosts: machines)
    count(.machineClass, row.machineClass, machines)
    count(.kernel, row.kernelRelease ?? "unknown", machines)
    count(.profile, row.profile, machines)
    for rule in row.rules { count(.rule, rule, machines) }
    worst.append(FleetHost(row))
    // Sorting a doubled list once in a while keeps the worst at the price of one sort a host.
    if worst.count >= 2 * worstLimit + 64 { trim() }
  }

  package mutating func merge(_ other: FleetSummary) {
    hosts = hosts.saturatingSum(other.hosts)
    failed = failed.saturatingSum(other.failed)
    for (verdict, count) in other.verdicts {
      verdicts[verdict] = (verdicts[verdict] ?? 0).saturatingSum(count)
    }
    for (sum, value) in other.sums { add(sum, value) }
    ratios.merge(other.ratios)
    headrooms.merge(other.headrooms)
    for (group, names) in other.groups {
      for (name, hosts) in names { count(group, name, hosts) }
    }
    worstLimit = min(worstLimit, other.worstLimit)
    worst += other.worst
    failures += other.failures
    trim()
  }

  /// Brings the lists to their length.
  package mutating func trim() {
    worst.sort()
    worst.removeLast(max(0, worst.count - worstLimit))
    failures.sort()
    failures.removeLast(max(0, failures.count - Self.failureLimit))
    for group in Group.allCases { trim(group, to: Self.nameLimit) }
  }

  private mutating func add(_ sum: Sum, _ value: UInt64) {
    sums[sum] = (sums[sum] ?? 0).saturatingSum(value)
  }

  private mutating func count(_ group: Group, _ name: String, _ machines: UInt64) {
    groups[group, default: [:]][name] = (groups[group]?[name] ?? 0).saturatingSum(machines)
    if groups[group]?.count ?? 0 >= 2 * Self.nameLimit { trim(group, to: Self.nameLimit) }
  }

  /// A name that is among the first of all is among the first of every part that has it: no count of
  /// it is lost on the way.
  private mutating func trim(_ group: Group, to limit: Int) {
    guard let names = groups[group], names.count > limit else { return }
    for name in names.keys.sorted().dropFirst(limit) { groups[group]?[name] = nil }
  }

  package var judged: UInt64 { hosts - min(hosts, failed) }
}
