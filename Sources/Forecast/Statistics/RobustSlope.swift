/// The slope that half of all pairs of points exceed (Theil 1950, Sen 1968): up to 29 % of the points
/// may be anything before it follows them. Pairs are made within a segment only, so that a reboot or
/// a step of the level is no growth.
enum RobustSlope {
  /// Per second; nil where no segment has two points.
  ///
  /// - Complexity: O(n²) time and memory; callers give it a few hundred points.
  static func of(_ series: BinnedSeries) -> Double? {
    var slopes: [Double] = []
    slopes.reserveCapacity(series.count * (series.count + 1) / 2)
    for last in series.bins.indices {
      var first = last - 1
      while first >= 0, series.segments[first] == series.segments[last] {
        let apart = Double(series.bins[last] - series.bins[first])
        slopes.append((series.values[last] - series.values[first]) / apart)
        first -= 1
      }
    }
    return OrderStatistics.median(&slopes).map { $0 / Double(series.width) }
  }
}
