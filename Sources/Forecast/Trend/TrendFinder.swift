package import History

/// Makes a trend of a series, or says what is missing for one.
package enum TrendFinder {
  /// The slope is made of at most so many pieces: all pairs of them are looked at.
  private static let mostPieces: Int64 = 400
  /// With fewer an interval says nothing.
  private static let leastPieces = 12
  /// Less of a day than this is no history: what a host does in an hour says nothing of next week.
  private static let leastSpan: Int64 = 1800

  package static func trend(
    of series: SampleSeries,
    boots: [Int64] = []
  ) -> Result<Trend, TooLittle> {
    guard let first = series.first, let last = series.last, series.count >= leastPieces else {
      return .failure(TooLittle(samples: series.count, span: series.span))
    }
    guard series.span >= leastSpan else {
      return .failure(TooLittle(samples: series.count, span: series.span))
    }
    let width = BinnedSeries.width(span: series.span, samples: series.count, pieces: mostPieces)
    // Cycles of a day need hours.
    let fineWidth = series.span / 3600 >= 3 * 24 && width > 3600 ? 3600 : width
    var fine = BinnedSeries(series, width: fineWidth)
    Outliers.remove(from: &fine)
    let season = Season(fine)
    for index in fine.values.indices {
      fine.values[index] -= season.value(at: fine.time(index))
    }
    var pieces = fine.coarser(width: width)
    let cuts = boots.filter { $0 > first.time && $0 <= last.time }
    let found = SegmentFinder.cut(&pieces, at: cuts)
    guard pieces.count >= leastPieces, let fit = SegmentTrend(pieces) else {
      return .failure(TooLittle(samples: pieces.count, span: series.span))
    }
    let quantile = StudentT.upperTenth(degreesOfFreedom: fit.degreesOfFreedom)
    return .success(
      Trend(
        slope: fit.slope,
        slopeMargin: quantile * fit.slopeVariance.squareRoot(),
        level: fit.level,
        middle: fit.middle,
        end: Double(last.time),
        season: season,
        jumps: jumps(found, cuts, pieces),
        span: Double(series.span),
        pieces: pieces.count,
        width: width,
        slopeVariance: fit.slopeVariance,
        levelVariance: fit.levelVariance,
        residualVariance: fit.residualVariance,
        quantile: quantile,
        autocorrelation: fit.autocorrelation
      )
    )
  }

  private static func jumps(
    _ found: [(index: Int, rise: Double)],
    _ cuts: [Int64],
    _ pieces: BinnedSeries
  ) -> [Trend.Jump] {
    let boots = cuts.map { Trend.Jump(time: Double($0), rise: 0, isBoot: true) }
    let others = found.map { jump in
      Trend.Jump(
        time: Double(pieces.bins[jump.index]) * Double(pieces.width),
        rise: jump.rise,
        isBoot: false
      )
    }
    return (boots + others).sorted { $0.time < $1.time }
  }
}

/// Why a series has no trend, and what would be enough.
package struct TooLittle: Error, Hashable, Sendable {
  package var samples: Int
  /// Seconds.
  package var span: Int64
}
