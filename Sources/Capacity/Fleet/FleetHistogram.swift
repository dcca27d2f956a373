/// Counts of hosts by a value, in buckets that are no wider than a thirty-second of what they hold.
///
/// Buckets are the same everywhere (as those of an HDR histogram), so that two histograms are added
/// bucket by bucket: nothing depends on which hosts were counted together.
package struct FleetHistogram: Hashable, Sendable {
  /// Hosts by the least value of their bucket.
  package private(set) var buckets: [UInt64: UInt64] = [:]
  /// Hosts of which the value is not known, or is none.
  package private(set) var unknown: UInt64 = 0

  /// Values below are buckets of their own.
  private static let exact: UInt64 = 64

  package init() {}

  /// The least value of the bucket that a value falls into.
  package static func bucket(of value: UInt64) -> UInt64 {
    guard value >= exact else { return value }
    // The highest bit and five more: what is below them is cut off.
    let cut = UInt64(63 - value.leadingZeroBitCount - 5)
    return (value >> cut) << cut
  }

  package mutating func add(_ value: UInt64?, hosts: UInt64 = 1) {
    guard hosts > 0 else { return }
    guard let value else {
      unknown = unknown.saturatingSum(hosts)
      return
    }
    let bucket = Self.bucket(of: value)
    buckets[bucket] = (buckets[bucket] ?? 0).saturatingSum(hosts)
  }

  package mutating func merge(_ other: FleetHistogram) {
    add(nil, hosts: other.unknown)
    for (bucket, hosts) in other.buckets { add(bucket, hosts: hosts) }
  }

  package var sorted: [(least: UInt64, hosts: UInt64)] {
    buckets.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The bucket below which so many percent of the hosts with a value are; nil where there are none.
  package func percentile(_ percent: UInt64) -> UInt64? {
    let all = buckets.values.reduce(UInt64(0)) { $0.saturatingSum($1) }
    guard all > 0 else { return nil }
    var left = max(1, all / 100 * percent + all % 100 * percent / 100)
    for (bucket, hosts) in sorted {
      if hosts >= left { return bucket }
      left -= hosts
    }
    return sorted.last?.least
  }
}

extension UInt64 {
  /// The sum, or the largest number: the order of additions makes no difference.
  package func saturatingSum(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
