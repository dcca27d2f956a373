/// Values that come from nowhere and go back at once: a counter that wrapped, a scrape that read zero.
enum Outliers {
  private static let reach = 4
  /// Standard deviations, by the neighbours' own spread.
  private static let limit = 8.0

  /// Takes out what differs from the median of its neighbours by far more than they do (Hampel's
  /// filter).
  static func remove(from series: inout BinnedSeries) {
    guard series.count > 2 * reach else { return }
    let steps = zip(series.values, series.values.dropFirst()).map { abs($1 - $0) }
    let usual = OrderStatistics.median(of: steps) ?? 0
    var kept: [Int] = []
    kept.reserveCapacity(series.count)
    var around: [Double] = []
    for index in series.values.indices {
      let start = max(0, min(index - reach, series.count - 2 * reach - 1))
      around.removeAll(keepingCapacity: true)
      around += series.values[start...start + 2 * reach]
      let value = series.values[index]
      let middle = OrderStatistics.median(&around) ?? value
      for place in around.indices { around[place] = abs(around[place] - middle) }
      let spread = max(1.4826 * (OrderStatistics.median(&around) ?? 0), usual, 1)
      // A value near zero, or twice what it was, in one piece of time, and back again.
      let isFar = abs(value - middle) > limit * spread
      if !isFar || abs(value - middle) < abs(middle) / 50 { kept.append(index) }
    }
    guard kept.count < series.count else { return }
    series.bins = kept.map { series.bins[$0] }
    series.values = kept.map { series.values[$0] }
    series.segments = kept.map { series.segments[$0] }
  }
}
