/// One slope and a level for each segment, with how sure they are.
struct SegmentTrend {
  /// Bytes a second.
  var slope: Double
  /// Of the last segment at its middle.
  var level: Double
  var middle: Double
  var slopeVariance: Double
  var levelVariance: Double
  /// Of one piece around the trend.
  var residualVariance: Double
  var autocorrelation: Double
  /// What the points tell, as a number of independent ones less what was fitted.
  var degreesOfFreedom: Double
  var residuals: [Double]

  /// Theil and Sen's slope varies by a little more than the slope of least squares where everything is
  /// normal (its efficiency is 0.91 there), and a median by more than a mean (0.64; over days less).
  private static let slopeFactor = 1.1
  private static let levelFactor = 1.25

  init?(_ series: BinnedSeries) {
    guard series.count >= 3, let slope = RobustSlope.of(series) else { return nil }
    self.slope = slope
    let times = series.bins.indices.map { series.time($0) }
    var residuals = zip(series.values, times).map { $0 - slope * ($1 - times[0]) }
    var centered = times
    var lastRange = 0..<0
    let ranges = Self.ranges(of: series.segments)
    var levels: [Double] = []
    for range in ranges {
      let level = OrderStatistics.median(of: residuals[range]) ?? 0
      let middle = times[range].reduce(0, +) / Double(range.count)
      for index in range {
        residuals[index] -= level
        centered[index] -= middle
      }
      levels.append(level)
      lastRange = range
    }
    middle = times[lastRange].reduce(0, +) / Double(max(1, lastRange.count))
    level = (levels.last ?? 0) + slope * (middle - times[0])

    let spread = OrderStatistics.spread(residuals, around: 0)
    if spread > 0 { residuals = residuals.map { min(max($0, -4 * spread), 4 * spread) } }
    let correlation = Autocorrelation(of: residuals, segments: series.segments)
    autocorrelation = correlation.factor

    // What is fitted takes its part of the deviations with it: the trace of H·R, where H projects on
    // the slope and the levels, and R is the deviations' correlation.
    let squares = centered.reduce(0) { $0 + $1 * $1 }
    guard squares > 0 else { return nil }
    var fitted = correlation.variance(of: centered) / squares
    var lastVariance = 0.0
    for range in ranges {
      var weights = [Double](repeating: 0, count: series.count)
      for index in range { weights[index] = 1 }
      let own = correlation.variance(of: weights) / Double(range.count)
      fitted += own
      lastVariance = own / Double(range.count)
    }
    let count = Double(series.count)
    let left = max(count - fitted, 1)
    residualVariance = residuals.reduce(0) { $0 + $1 * $1 } / left
    slopeVariance =
      Self.slopeFactor * residualVariance * correlation.variance(of: centered)
      / (squares * squares)
    levelVariance = Self.levelFactor * residualVariance * lastVariance
    degreesOfFreedom = max(
      2,
      left * (1 - autocorrelation) / (1 + autocorrelation)
    )
    self.residuals = residuals
  }

  static func ranges(of segments: [Int]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for index in segments.indices
    where index + 1 == segments.count
      || segments[index] != segments[index + 1]
    {
      ranges.append(start..<index + 1)
      start = index + 1
    }
    return ranges
  }
}
