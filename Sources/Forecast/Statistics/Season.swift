/// What comes back every day and every week, as deviations from the trend, in bytes.
package struct Season: Sendable {
  /// By hour of the day in UTC; empty where the data carry none.
  package private(set) var hours: [Double] = []
  /// By day of the week, Thursday first (1 January 1970 was one); empty where the data carry none.
  package private(set) var days: [Double] = []

  static let none = Season()

  package var isDaily: Bool { !hours.isEmpty }
  package var isWeekly: Bool { !days.isEmpty }

  /// Days and weeks that must have been seen.
  private static let leastDays = 4
  private static let leastWeeks = 3
  /// Halves of the data must agree that much on a cycle, as a correlation: of 7 values more than of 24,
  /// for chance has it easier with few.
  private static let leastAgreementOfHours = 0.6
  private static let leastAgreementOfDays = 0.8

  package func value(at time: Double) -> Double {
    let hour = (time / 3600).rounded(.down)
    var value = 0.0
    if isDaily { value += hours[Self.index(Int64(hour), 24)] }
    if isWeekly { value += days[Self.index(Int64((hour / 24).rounded(.down)), 7)] }
    return value
  }

  /// How far below the trend the season takes a series, and how far above.
  package var lowest: Double { (hours.min() ?? 0) + (days.min() ?? 0) }
  package var highest: Double { (hours.max() ?? 0) + (days.max() ?? 0) }

  private static func index(_ number: Int64, _ period: Int64) -> Int {
    let rest = number % period
    return Int(rest < 0 ? rest + period : rest)
  }

  private init() {}

  /// Looks for cycles in hourly pieces (or smaller ones that divide the hour).
  ///
  /// A cycle is taken where two halves of the data, every other day or week, tell the same of it: noise
  /// and a random walk do not.
  init(_ series: BinnedSeries) {
    guard series.width <= 3600, 3600 % series.width == 0 else {
      if series.width == 86_400 { days = Self.weekly(series) ?? [] }
      return
    }
    let hourly = series.coarser(width: 3600)
    if let found = Self.daily(hourly) { hours = found }
    var flat = hourly
    for index in flat.values.indices { flat.values[index] -= value(at: flat.time(index)) }
    if let found = Self.weekly(flat.coarser(width: 86_400)) { days = found }
  }

  private static func daily(_ series: BinnedSeries) -> [Double]? {
    var halves = [[[Double]]](repeating: [[Double]](repeating: [], count: 24), count: 2)
    var start = 0
    var whole = 0
    while start < series.count {
      let day = BinnedSeries.bin(of: series.bins[start], 24)
      var end = start
      while end < series.count, BinnedSeries.bin(of: series.bins[end], 24) == day { end += 1 }
      if end - start >= 18 {
        whole += 1
        let drift = drift(series, start, end)
        let values = (start..<end).map { index in
          series.values[index] - drift * Double(series.bins[index] - series.bins[start])
        }
        let middle = OrderStatistics.median(of: values) ?? 0
        for (value, index) in zip(values, start..<end) {
          halves[whole % 2][Self.index(series.bins[index], 24)].append(value - middle)
        }
      }
      start = end
    }
    guard whole >= leastDays else { return nil }
    return agreed(halves, least: leastAgreementOfHours)
  }

  /// What a series rises by from this hour to the next, by the same hours of the days around.
  private static func drift(_ series: BinnedSeries, _ start: Int, _ end: Int) -> Double {
    let first = series.bins[start]
    func value(_ bin: Int64) -> Double? {
      let place = series.bins[start..<min(series.count, end + 48)].firstIndex { $0 == bin }
      return place.map { series.values[$0] }
    }
    var rises: [Double] = []
    for hour in first..<first + 24 {
      guard let now = value(hour), let next = value(hour + 24) else { continue }
      rises.append((next - now) / 24)
    }
    return OrderStatistics.median(&rises) ?? 0
  }

  private static func weekly(_ series: BinnedSeries) -> [Double]? {
    var halves = [[[Double]]](repeating: [[Double]](repeating: [], count: 7), count: 2)
    guard series.count >= 7 * leastWeeks else { return nil }
    for index in 3..<series.count - 3 where series.bins[index + 3] - series.bins[index - 3] == 6 {
      // Seven days around have each day of the week once, and a trend cancels out.
      let middle = series.values[index - 3...index + 3].reduce(0, +) / 7
      let week = Self.index(BinnedSeries.bin(of: series.bins[index], 7), 2)
      halves[week][Self.index(series.bins[index], 7)].append(series.values[index] - middle)
    }
    return agreed(halves, least: leastAgreementOfDays)
  }

  /// The profile of all, where both halves have one and they agree.
  private static func agreed(_ halves: [[[Double]]], least: Double) -> [Double]? {
    let profiles = halves.map { $0.map { OrderStatistics.median(of: $0) } }
    let pairs = zip(profiles[0], profiles[1]).map { ($0, $1) }
    var first: [Double] = []
    var second: [Double] = []
    for case (let left?, let right?) in pairs {
      first.append(left)
      second.append(right)
    }
    // An hour at which the host never answers, for it is backed up then, has its neighbours' value.
    guard first.count * 4 >= profiles[0].count * 3, correlation(first, second) > least else {
      return nil
    }
    let known = zip(halves[0], halves[1]).map { OrderStatistics.median(of: $0 + $1) }
    let count = known.count
    let all = known.indices.map { index -> Double in
      if let value = known[index] { return value }
      let before = (1..<count).lazy.compactMap { known[(index + count - $0) % count] }.first ?? 0
      let behind = (1..<count).lazy.compactMap { known[(index + $0) % count] }.first ?? 0
      return (before + behind) / 2
    }
    let mean = all.reduce(0, +) / Double(all.count)
    return all.map { $0 - mean }
  }

  private static func correlation(_ left: [Double], _ right: [Double]) -> Double {
    let count = Double(left.count)
    let (leftMean, rightMean) = (left.reduce(0, +) / count, right.reduce(0, +) / count)
    var (products, leftSquares, rightSquares) = (0.0, 0.0, 0.0)
    for (a, b) in zip(left, right) {
      products += (a - leftMean) * (b - rightMean)
      leftSquares += (a - leftMean) * (a - leftMean)
      rightSquares += (b - rightMean) * (b - rightMean)
    }
    let scale = (leftSquares * rightSquares).squareRoot()
    return scale > 0 ? products / scale : 0
  }
}
