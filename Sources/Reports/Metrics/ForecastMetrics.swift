package import Forecast
internal import History
internal import HostModel
internal import Profiles

/// Forecasts as gauges: when a host and its nodes get tight and imbalanced, and what grows.
package struct ForecastMetrics {
  private var short = MetricFamily(
    "zonewise_forecast_short_timestamp_seconds",
    unit: "seconds",
    about:
      "When less headroom is left than the margin (tight) or none (imbalanced): expected, and the ends of an interval of 80 %. Not there where it is not expected."
  )
  private var growth = MetricFamily(
    "zonewise_forecast_growth_bytes_per_second",
    unit: "bytes_per_second",
    about: "What a term of the account grows by, as measured."
  )
  private var samples = MetricFamily(
    "zonewise_forecast_samples",
    about: "Samples that the forecast rests on."
  )
  private let namesHosts: Bool

  package init(namesHosts: Bool) { self.namesHosts = namesHosts }

  package mutating func add(_ host: HostForecast) {
    let own = namesHosts ? [(name: "host", value: host.host)] : []
    samples.add(own, "\(host.samples)")
    let now = Double(host.period.upperBound)
    for room in host.rooms {
      let place = own + (room.node.map { [(name: "node", value: "\($0.number)")] } ?? [])
      let basis = room.basis == .whenFull ? "when-full" : "now"
      for (level, crossing) in [("tight", room.tight), ("imbalanced", room.imbalanced)] {
        let labels = place + [("headroom", basis), ("level", level)]
        func add(_ bound: String, _ time: Double?) {
          short.add(labels + [("bound", bound)], time.map { "\(Int64($0.rounded()))" })
        }
        switch crossing {
        case .already:
          for bound in ["earliest", "expected", "latest"] { add(bound, now) }
        case .at(let time, let earliest, let latest):
          add("earliest", earliest)
          add("expected", time)
          add("latest", latest)
        case .notBefore(let time): add("earliest", time)
        case .beyond, nil: break
        }
      }
    }
    for term in host.terms {
      guard let id = term.key.quantity.term, case .success(let trend) = term.trend else { continue }
      let place = own + [("term", id.id)] + (term.key.node.map { [("node", "\($0.number)")] } ?? [])
      growth.add(place, "\(trend.slope)")
    }
  }

  var families: [MetricFamily] { [short, growth, samples] }
}
