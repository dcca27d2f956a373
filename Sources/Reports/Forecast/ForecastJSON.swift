internal import Advice
internal import Forecast
internal import History
internal import HostModel
internal import Profiles
internal import SourceText

/// `forecast --output json`, schema version 1.
enum ForecastJSON {
  static func render(_ forecasts: [HostForecast]) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "forecast")
      root.array("hosts", forecasts) { writer, forecast in
        writer.object { host(forecast, &$0) }
      }
    }
    return writer.bytes + [0x0A]
  }

  private static func host(_ forecast: HostForecast, _ writer: inout JSONWriter) {
    writer.string("host", forecast.host)
    writer.string("profile", forecast.profile.name)
    writer.string("from", stamp(Double(forecast.period.lowerBound)))
    writer.string("to", stamp(Double(forecast.period.upperBound)))
    writer.number("samples", UInt64(forecast.samples))
    writer.ratio("monthsToTight", forecast.monthsToTight)
    crossing("tight", forecast.tight, &writer)
    crossing("imbalanced", forecast.imbalanced, &writer)
    writer.array("rooms", forecast.rooms) { writer, room in
      writer.object { self.room(room, &$0) }
    }
    writer.array("terms", forecast.terms) { writer, term in
      writer.object {
        place(term.key, &$0)
        $0.number("nowBytes", term.now.count)
        trend(term.trend, &$0)
      }
    }
    writer.strings("boots", forecast.boots.map { stamp(Double($0)) })
    writer.array("postponements", forecast.postponements) { writer, item in
      writer.object { postponement(item, &$0) }
    }
    writer.array("gaps", forecast.gaps) { writer, gap in
      writer.object {
        $0.string("missing", gap.missing)
        $0.string("cost", gap.cost)
        $0.string("remedy", gap.remedy)
      }
    }
    writer.strings("notes", forecast.remarks + forecast.notes)
  }

  private static func room(_ room: RoomForecast, _ writer: inout JSONWriter) {
    writer.number("node", room.node.map { UInt64($0.number) })
    switch room.basis {
    case .headroom: writer.string("basis", "headroom")
    case .whenFull: writer.string("basis", "headroom-when-full")
    case .terms: writer.string("basis", "terms")
    }
    writer.number("nowBytes", room.now.count)
    writer.number("marginBytes", room.limits.tight.count)
    trend(room.trend, &writer)
    crossing("tight", room.tight, &writer)
    crossing("imbalanced", room.imbalanced, &writer)
  }

  private static func place(_ key: HistoryKey, _ writer: inout JSONWriter) {
    writer.string("id", key.quantity.id)
    writer.number("node", key.node.map { UInt64($0.number) })
  }

  private static func trend(_ result: Result<Trend, TooLittle>, _ writer: inout JSONWriter) {
    switch result {
    case .failure(let little):
      writer.null("bytesPerDay")
      writer.string("notEnough", little.description)
    case .success(let trend):
      writer.object("bytesPerDay") {
        $0.number("expected", whole(trend.perDay.value))
        $0.number("low", whole(trend.perDay.low))
        $0.number("high", whole(trend.perDay.high))
      }
      writer.null("notEnough")
      writer.bool("daily", trend.season.isDaily)
      writer.bool("weekly", trend.season.isWeekly)
      writer.array("jumps", trend.jumps.filter { !$0.isBoot }) { writer, jump in
        writer.object {
          $0.string("time", stamp(jump.time))
          $0.number("riseBytes", whole(jump.rise))
        }
      }
    }
  }

  static func crossing(_ key: String, _ crossing: Crossing?, _ writer: inout JSONWriter) {
    guard let crossing else { return writer.null(key) }
    writer.object(key) {
      switch crossing {
      case .already:
        $0.string("when", "now")
        $0.null("time")
        $0.null("earliest")
        $0.null("latest")
      case .at(let time, let earliest, let latest):
        $0.string("when", "expected")
        $0.string("time", stamp(time))
        $0.string("earliest", stamp(earliest))
        $0.string("latest", latest.map(stamp))
      case .notBefore(let time):
        $0.string("when", "possible")
        $0.null("time")
        $0.string("earliest", stamp(time))
        $0.null("latest")
      case .beyond(let end):
        $0.string("when", "beyond")
        $0.null("time")
        $0.string("earliest", stamp(end))
        $0.null("latest")
      }
    }
  }

  private static func postponement(_ item: Postponement, _ writer: inout JSONWriter) {
    switch item {
    case .lookAt(let key, let percent, let perDay):
      writer.string("kind", "term")
      place(key, &writer)
      writer.number("percent", UInt64(max(0, percent)))
      writer.number("bytesPerDay", perDay.count)
    case .kernelZones(let node, let days, let forYear):
      writer.string("kind", "kernel-zones")
      writer.number("node", node.map { UInt64($0.number) })
      writer.ratio("daysPerGibibyte", days)
      writer.number("bytesForYear", forYear.count)
    case .arguments(let words, let days):
      writer.string("kind", "arguments")
      writer.strings("arguments", words)
      writer.number("days", UInt64(max(0, days)))
    }
    writer.string("text", item.text)
  }

  private static func whole(_ value: Double) -> Int64 {
    Int64(min(9e18, max(-9e18, value.rounded())))
  }

  static func stamp(_ time: Double) -> String {
    CivilTime(seconds: Int64(max(-6e10, min(time, 2.5e11)))).timestamp
  }
}
