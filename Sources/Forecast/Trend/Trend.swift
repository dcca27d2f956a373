/// Where a series goes: a slope and what it varies by, with a season where there is one.
///
/// All intervals are of 80 %: one in ten is above, one in ten below.
package struct Trend: Sendable {
  /// Bytes a second.
  package var slope: Double
  /// Half of the slope's interval.
  package var slopeMargin: Double
  /// Where the trend is at `middle`, seconds since 1970.
  package var level: Double
  package var middle: Double
  /// The last time that was measured.
  package var end: Double
  package var season: Season
  /// Jumps of the level that were found, with the time of each and by how much it rose.
  package var jumps: [Jump]
  /// How long the measured time is, in seconds.
  package var span: Double
  /// Pieces of time that the trend was made of, and how long each is.
  package var pieces: Int
  package var width: Int64

  var slopeVariance: Double
  var levelVariance: Double
  var residualVariance: Double
  var quantile: Double
  /// How much a deviation keeps from one piece to the next.
  package var autocorrelation: Double

  package struct Jump: Hashable, Sendable {
    package var time: Double
    package var rise: Double
    /// Whether the host is known to have been booted then.
    package var isBoot: Bool
  }

  /// An expected value with its interval.
  package struct Expectation: Hashable, Sendable {
    package var value: Double
    package var low: Double
    package var high: Double
  }

  /// Per day, expected and at the ends of the interval.
  package var perDay: Expectation {
    Expectation(
      value: slope * 86_400,
      low: (slope - slopeMargin) * 86_400,
      high: (slope + slopeMargin) * 86_400
    )
  }

  /// Whether the whole interval of the slope is on one side of nothing.
  package var isGrowing: Bool { slope - slopeMargin > 0 }
  package var isFalling: Bool { slope + slopeMargin < 0 }

  /// The trend alone, without the season.
  package func line(at time: Double) -> Double { level + slope * (time - middle) }

  /// Half of the interval of the line.
  func lineMargin(at time: Double) -> Double {
    let apart = time - middle
    return quantile * (levelVariance + slopeVariance * apart * apart).squareRoot()
  }

  /// What is expected to be measured.
  package func expectation(at time: Double) -> Expectation {
    let apart = time - middle
    let variance = levelVariance + slopeVariance * apart * apart + residualVariance
    let margin = quantile * variance.squareRoot()
    let value = line(at: time) + season.value(at: time)
    return Expectation(value: value, low: value - margin, high: value + margin)
  }
}
