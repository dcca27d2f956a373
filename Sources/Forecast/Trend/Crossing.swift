/// When a falling series gets down to a level.
package enum Crossing: Hashable, Sendable {
  /// It is there now.
  case already
  /// Seconds since 1970: expected, and the interval of it. Nil where an end of the interval is
  /// further off than anybody can tell.
  case at(Double, earliest: Double, latest: Double?)
  /// Not expected before anybody can tell, but one in ten it is: from then on.
  case notBefore(Double)
  /// Not within the time that can be told of, whose end is given.
  case beyond(Double)

  /// As far ahead as a history tells: four times its own length, and ten years at most.
  package static func horizon(of trend: Trend) -> Double {
    trend.end + min(4 * trend.span, 10 * 365.25 * 86_400)
  }
}

extension Trend {
  /// When it falls to a level.
  ///
  /// The season counts: what matters is the day's or week's lowest.
  ///
  /// - Parameters:
  ///   - limit: The level.
  ///   - now: Where the present is: the end of what was measured of the host, be it of other series.
  /// - Returns: When it is there.
  package func falls(to limit: Double, now: Double? = nil) -> Crossing {
    let now = max(end, now ?? end)
    let lowest = season.lowest
    let last = max(Crossing.horizon(of: self), now)
    guard line(at: now) + lowest > limit else { return .already }
    func first(_ curve: (Double) -> Double) -> Double? {
      firstTime(from: now, to: last) { curve($0) + lowest <= limit }
    }
    let earliest = first { line(at: $0) - lineMargin(at: $0) }
    guard let expected = first(line(at:)) else {
      return earliest.map { .notBefore($0) } ?? .beyond(last)
    }
    let latest = first { line(at: $0) + lineMargin(at: $0) }
    // Within a piece of time nobody can tell one moment from another.
    let grain = Double(width) / 6
    return .at(
      seasonal(expected) { line(at: $0) <= limit - $1 },
      earliest: max(
        now,
        seasonal(earliest ?? expected) { line(at: $0) - lineMargin(at: $0) <= limit - $1 } - grain
      ),
      latest: latest.map { latest in
        seasonal(latest) { line(at: $0) + lineMargin(at: $0) <= limit - $1 } + grain
      }
    )
  }

  /// A curve goes below with the lowest of the season at `time` at the earliest; the season may take
  /// until a day or a week later to get there.
  private func seasonal(_ time: Double, _ isBelow: (Double, _ season: Double) -> Bool) -> Double {
    guard season.isDaily || season.isWeekly else { return time }
    let hours = season.isWeekly ? 168 : 24
    for hour in 0...hours {
      let later = time + Double(hour) * 3600
      if isBelow(later, season.value(at: later)) { return later }
    }
    return time
  }

  /// The first time at which a condition holds that, once it holds, goes on to do so.
  ///
  /// The curves here bend once at most; steps find the first piece, halving the moment.
  private func firstTime(
    from start: Double,
    to end: Double,
    _ holds: (Double) -> Bool
  ) -> Double? {
    if holds(start) { return start }
    let steps = 512
    var before = start
    for step in 1...steps {
      let time = start + (end - start) * Double(step) / Double(steps)
      guard holds(time) else {
        before = time
        continue
      }
      var (low, high) = (before, time)
      for _ in 0..<32 {
        let middle = low + (high - low) / 2
        if holds(middle) { high = middle } else { low = middle }
      }
      return high
    }
    return nil
  }
}
