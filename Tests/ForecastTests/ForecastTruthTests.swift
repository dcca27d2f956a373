import Forecast
import History
import HostModel
import Testing

/// Forecasts of series whose truth is known: Documentation/forecast.md has the table of these figures.
@Suite("Forecasts and the truth")
struct ForecastTruthTests {
  /// Of each kind; the table of the documentation is made of a hundred.
  private static let seeds: UInt64 = 25

  private static func score(_ kind: SyntheticSeries.Kind) -> ForecastScore {
    var score = ForecastScore()
    for seed in 1...seeds { score.add(SyntheticSeries(kind, seed: seed)) }
    return score
  }

  @Test("80 % of what comes lies within the 80 %, and the time that is left is right to a tenth")
  func all() {
    var all = ForecastScore()
    for kind in SyntheticSeries.Kind.allCases {
      let score = Self.score(kind)
      #expect(score.failures == 0, "\(kind.rawValue)")
      #expect((0.6...0.97).contains(score.coverage), "\(kind.rawValue): \(score.coverage)")
      #expect(score.medianError <= 0.1, "\(kind.rawValue): \(score.medianError)")
      all = all + score
    }
    #expect((0.75...0.85).contains(all.coverage), "\(all.coverage)")
    #expect((0.75...0.85).contains(all.dateCoverage), "\(all.dateCoverage)")
    #expect(all.medianError <= 0.1, "\(all.medianError)")
  }

  @Test("A score does not forgive: a series that is not the one that was measured fails it")
  func control() {
    var wrong = ForecastScore()
    for seed in 1...Self.seeds {
      let series = SyntheticSeries(.quiet, seed: seed)
      wrong.add(series, measured: SyntheticSeries(.quiet, seed: seed + 1000))
    }
    #expect(wrong.coverage < 0.5)
    #expect(wrong.medianError > 0.1)
  }

  @Test("What stands still is not expected to run out")
  func flat() throws {
    var series = SampleSeries()
    for hour in 0..<1000 {
      series.append(Int64(hour) * 3600, ByteCount(UInt64(1_000_000_000 + hour % 7 * 1000)))
    }
    let trend = try TrendFinder.trend(of: series).get()
    guard case .beyond = trend.falls(to: 0) else {
      Issue.record("\(trend.falls(to: 0))")
      return
    }
    #expect(trend.falls(to: 2_000_000_000) == .already)
  }

  @Test(
    "Any series has a trend or a reason why not, and no figure of it is none",
    arguments: [
      [], [(0, 0)], [(.min, 0), (.max, .max)], (0..<50).map { (Int64($0), UInt64.max) },
      (0..<50).map { (Int64($0) * 3600, UInt64($0 % 2) * UInt64.max) },
      (0..<50).map { (Int64.min + Int64($0), 1) }, (0..<50).map { (Int64.max - 50 + Int64($0), 1) },
      (0..<13).map { (Int64($0) * Int64(1 << 58), UInt64($0)) },
      (0..<5000).map { (Int64($0) * 60, 0) },
    ] as [[(Int64, UInt64)]]
  )
  func hostile(samples: [(Int64, UInt64)]) {
    var series = SampleSeries()
    for (time, value) in samples { series.append(time, ByteCount(value)) }
    guard case .success(let trend) = TrendFinder.trend(of: series, boots: [.min, 0, .max]) else {
      return
    }
    #expect(trend.slope.isFinite && trend.level.isFinite)
    #expect(trend.perDay.low <= trend.perDay.high)
    _ = trend.falls(to: 0)
  }
}
