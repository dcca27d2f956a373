package import HostModel

/// What was measured at which second: two columns, in the order of time.
package struct SampleSeries: Hashable, Sendable {
  /// Seconds since 1970.
  package private(set) var times: ContiguousArray<Int64> = []
  /// Bytes.
  package private(set) var values: ContiguousArray<UInt64> = []
  /// Samples that were dropped because one of the same second was there.
  package private(set) var duplicates = 0

  package init() {}

  package var count: Int { times.count }
  package var isEmpty: Bool { times.isEmpty }
  package var first: Sample? { isEmpty ? nil : self[0] }
  package var last: Sample? { isEmpty ? nil : self[count - 1] }
  /// Seconds from the first sample to the last.
  package var span: Int64 { (times.last ?? 0).subtractingOrLimit(times.first ?? 0) }

  package subscript(index: Int) -> Sample {
    Sample(time: times[index], value: ByteCount(values[index]))
  }

  package mutating func reserveCapacity(_ count: Int) {
    times.reserveCapacity(count)
    values.reserveCapacity(count)
  }

  /// Takes a sample in. One that is older than the last goes where it belongs; of two of the same
  /// second the first stays.
  ///
  /// - Complexity: O(1) in the order of time, O(n) for a sample that comes late.
  package mutating func append(_ time: Int64, _ value: ByteCount) {
    guard let last = times.last, time <= last else {
      times.append(time)
      values.append(value.count)
      return
    }
    let place = firstIndex(notBefore: time)
    guard times[place] != time else {
      duplicates += 1
      return
    }
    times.insert(time, at: place)
    values.insert(value.count, at: place)
  }

  /// Takes in the samples of another series; each half may be in order by itself.
  package mutating func merge(_ other: SampleSeries) {
    guard let begin = other.times.first, let end = times.last, begin <= end else {
      times += other.times
      values += other.values
      return
    }
    var merged = SampleSeries()
    merged.reserveCapacity(count + other.count)
    var (own, new) = (0, 0)
    while own < count || new < other.count {
      if new == other.count || own < count && times[own] <= other.times[new] {
        merged.append(times[own], ByteCount(values[own]))
        own += 1
      } else {
        merged.append(other.times[new], ByteCount(other.values[new]))
        new += 1
      }
    }
    merged.duplicates += duplicates + other.duplicates
    self = merged
  }

  /// The place of the first sample that is not older than a time.
  package func firstIndex(notBefore time: Int64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if times[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  package struct Sample: Hashable, Sendable {
    package var time: Int64
    package var value: ByteCount

    package init(time: Int64, value: ByteCount) {
      self.time = time
      self.value = value
    }
  }
}

extension Int64 {
  /// The difference, or the largest that there is: times of a damaged file may be anything.
  package func subtractingOrLimit(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (self < other ? .min : .max) : difference
  }
}
