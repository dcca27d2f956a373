import Forecast
import History

/// How well forecasts did on series whose truth is known.
struct ForecastScore {
  private(set) var inside = 0
  private(set) var judged = 0
  private(set) var datesInside = 0
  private(set) var dates = 0
  private(set) var errors: [Double] = []
  private(set) var failures = 0

  /// Of what came afterwards, the part that lay within the interval.
  var coverage: Double { Double(inside) / Double(max(1, judged)) }
  /// Of the true dates, the part that lay within theirs.
  var dateCoverage: Double { Double(datesInside) / Double(max(1, dates)) }
  /// Of the time to exhaustion, as a part of it.
  var medianError: Double {
    errors.isEmpty ? .infinity : errors.sorted()[errors.count / 2]
  }

  static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.inside += right.inside
    sum.judged += right.judged
    sum.datesInside += right.datesInside
    sum.dates += right.dates
    sum.errors += right.errors
    sum.failures += right.failures
    return sum
  }

  /// - Parameters:
  ///   - series: What happens.
  ///   - other: What is measured, where it is of another series.
  mutating func add(_ series: SyntheticSeries, measured other: SyntheticSeries? = nil) {
    let past = other ?? series
    guard let trend = try? TrendFinder.trend(of: past.measured, boots: past.boots).get()
    else {
      failures += 1
      return
    }
    let pieceHours = Int(max(1, trend.width / 3600))
    for part in [4, 2, 1] {
      let first = min(series.future.count / part, series.future.count - pieceHours)
      let piece = series.future[first..<first + pieceHours]
      let values = piece.map { $0.value - trend.season.value(at: Double($0.time)) }.sorted()
      let middle = Double(piece[piece.startIndex].time) + Double(trend.width) / 2
      let expected = trend.expectation(at: middle)
      let season = trend.season.value(at: middle)
      judged += 1
      let value = values[values.count / 2] + season
      if value >= expected.low, value <= expected.high { inside += 1 }
    }
    guard let truth = series.exhaustion else { return }
    let left = truth - Double(series.end)
    guard left > 0 else { return }
    dates += 1
    switch trend.falls(to: 0) {
    case .at(let time, let earliest, let latest):
      errors.append(abs(time - truth) / left)
      if earliest <= truth, truth <= latest ?? .infinity { datesInside += 1 }
    case .already: errors.append(1)
    case .notBefore(let time):
      errors.append(1)
      if time <= truth { datesInside += 1 }
    case .beyond: errors.append(1)
    }
  }
}
