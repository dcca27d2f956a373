/// Finds where the level of a series jumps: a deployment, a reboot that nobody recorded.
enum SegmentFinder {
  /// Pieces on each side whose medians are compared: few see a jump that is near another one, many
  /// see one that noise hides.
  private static let reaches = [3, 6, 12]
  /// A jump must stand out from what comes and goes by this many standard deviations. Of a thousand
  /// normal values none is that far off in 999 of 1000 cases.
  private static let limit = 5.5
  /// More than this is no level with jumps.
  private static let most = 24

  /// Numbers the segments between the cuts that are known and the jumps that are found.
  ///
  /// - Parameters:
  ///   - series: Its segments are set.
  ///   - cuts: Seconds at which something is known to have begun anew.
  /// - Returns: The first piece behind each jump, and by how much the level rose there.
  static func cut(_ series: inout BinnedSeries, at cuts: [Int64]) -> [(index: Int, rise: Double)] {
    var starts = Set<Int>()
    for cut in cuts {
      let bin = BinnedSeries.bin(of: cut, series.width)
      // The piece in which it happened has something of both.
      if let index = series.bins.firstIndex(where: { $0 >= bin }), index > 0 {
        starts.insert(index)
      }
    }
    var jumps: [(index: Int, rise: Double)] = []
    for _ in 0..<most {
      number(&series, starts)
      var found: (index: Int, rise: Double)?
      for near in reaches where found == nil { found = largestJump(series, near: near) }
      guard let jump = found else { break }
      starts.insert(jump.index)
      jumps.append(jump)
    }
    number(&series, starts)
    return jumps.sorted { $0.index < $1.index }
  }

  private static func number(_ series: inout BinnedSeries, _ starts: Set<Int>) {
    var segment = 0
    for index in series.bins.indices {
      if index > 0, starts.contains(index) { segment += 1 }
      series.segments[index] = segment
    }
  }

  private static func largestJump(
    _ series: BinnedSeries,
    near: Int
  ) -> (index: Int, rise: Double)? {
    var places: [Int] = []
    var rises: [Double] = []
    for range in SegmentTrend.ranges(of: series.segments) where range.count >= 2 * near {
      for index in range.lowerBound + near...range.upperBound - near {
        places.append(index)
        rises.append(rise(series.values, at: index, reach: near, in: range))
      }
    }
    guard rises.count >= 8, let usual = OrderStatistics.median(of: rises) else { return nil }
    let spread = OrderStatistics.spread(rises, around: usual)
    guard let best = rises.indices.max(by: { abs(rises[$0] - usual) < abs(rises[$1] - usual) })
    else { return nil }
    let jump = rises[best] - usual
    // On a series that hardly moves anything would stand out.
    let scale = max(abs(series.values[places[best]]) / 1000, 1)
    guard abs(jump) > max(limit * spread, scale) else { return nil }
    let index = sharpest(series, around: places[best], near: near, rising: jump > 0)
    guard let range = SegmentTrend.ranges(of: series.segments).first(where: { $0.contains(index) }),
      index > range.lowerBound
    else { return nil }
    let lasting = rise(series.values, at: index, reach: near * 5 / 2, in: range) - usual
    guard lasting * jump > 0, abs(lasting) > abs(jump) / 2 else { return nil }
    return (index, jump)
  }

  /// The step itself: the largest difference between two neighbours near the place.
  private static func sharpest(_ series: BinnedSeries, around place: Int, near: Int, rising: Bool)
    -> Int
  {
    let candidates = max(1, place - near + 1)...min(series.count - 1, place + near - 1)
    let steps = candidates.map { index in
      (index, (series.values[index] - series.values[index - 1]) * (rising ? 1 : -1))
    }
    return steps.max { $0.1 < $1.1 }?.0 ?? place
  }

  private static func rise(
    _ values: [Double],
    at index: Int,
    reach: Int,
    in range: Range<Int>
  ) -> Double {
    let before = values[max(range.lowerBound, index - reach)..<index]
    let behind = values[index..<min(range.upperBound, index + reach)]
    guard let old = OrderStatistics.median(of: before),
      let new = OrderStatistics.median(of: behind)
    else { return 0 }
    return new - old
  }
}
