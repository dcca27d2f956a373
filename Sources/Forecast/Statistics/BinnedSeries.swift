internal import History

/// A series in equal pieces of time, each with the median of what was measured in it: one bad sample
/// among many does not show, and the work does not grow with how often somebody measured.
package struct BinnedSeries: Sendable {
  /// Seconds.
  package var width: Int64
  /// The number of each piece, counted from 1970; ascending, pieces without a sample are left out.
  package var bins: [Int64] = []
  package var values: [Double] = []
  /// Which stretch between two cuts a piece belongs to.
  package var segments: [Int] = []

  package var count: Int { bins.count }

  /// Seconds since 1970 in the middle of a piece.
  package func time(_ index: Int) -> Double { (Double(bins[index]) + 0.5) * Double(width) }

  init(width: Int64) { self.width = width }

  /// - Complexity: O(n) for a width of few samples.
  init(_ series: SampleSeries, width: Int64) {
    self.width = width
    var pending: [Double] = []
    var current: Int64?
    let (times, samples) = (series.times, series.values)
    for index in times.indices {
      let bin = Self.bin(of: times[index], width)
      if bin != current {
        if let current { append(current, &pending) }
        current = bin
      }
      pending.append(Double(samples[index]))
    }
    if let current { append(current, &pending) }
    segments = [Int](repeating: 0, count: bins.count)
  }

  /// The same in larger pieces; `width` must be a multiple of this one's.
  func coarser(width: Int64) -> BinnedSeries {
    guard width > self.width else { return self }
    var result = BinnedSeries(width: width)
    var pending: [Double] = []
    var current: Int64?
    for index in bins.indices {
      let bin = Self.bin(of: bins[index] * self.width, width)
      if bin != current {
        if let current { result.append(current, &pending) }
        current = bin
      }
      pending.append(values[index])
    }
    if let current { result.append(current, &pending) }
    result.segments = [Int](repeating: 0, count: result.bins.count)
    return result
  }

  static func bin(of time: Int64, _ width: Int64) -> Int64 {
    let quotient = time / width
    return time < 0 && quotient * width != time ? quotient - 1 : quotient
  }

  private mutating func append(_ bin: Int64, _ pending: inout [Double]) {
    if let median = OrderStatistics.median(&pending) {
      bins.append(bin)
      values.append(median)
    }
    pending.removeAll(keepingCapacity: true)
  }
}

extension BinnedSeries {
  /// Widths that divide each other, and the day.
  private static let widths: [Int64] = [1, 10, 60, 300, 900, 3600, 10_800, 21_600, 86_400, 604_800]

  /// The smallest width that makes no more than so many pieces of a span, and no fewer samples than
  /// one a piece.
  static func width(span: Int64, samples: Int, pieces: Int64) -> Int64 {
    let apart = span / Int64(max(1, samples - 1))
    return widths.first { $0 >= apart && span / $0 <= pieces } ?? 604_800
  }
}
