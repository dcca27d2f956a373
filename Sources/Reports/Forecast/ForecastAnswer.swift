package import Advice
package import Forecast
internal import Profiles
package import SourceText

/// What `zonewise forecast` has to say of one host or of many.
package struct ForecastAnswer: Answer {
  package enum Format: String, CaseIterable, Sendable {
    case text
    case json
    case html
  }

  package var hosts: [HostForecast]
  /// The day that a page bears.
  package var date: String

  package init(_ hosts: [HostForecast], date: String) {
    self.hosts = hosts
    self.date = date
  }

  package func write(
    as format: Format,
    style: TextStyle,
    to put: ([UInt8]) -> Void
  ) throws(LocatedError) {
    switch format {
    case .text: put(Array(ForecastText.render(hosts, style: style).utf8))
    case .json: put(ForecastJSON.render(hosts))
    case .html:
      try PageHTML.write(ForecastPage.page(hosts, date: date)) { put(Array($0.utf8)) }
    }
  }

  /// What is short now, or before its profile's horizon, is a finding.
  package var worstSeverity: Finding.Severity? {
    hosts.compactMap { host -> Finding.Severity? in
      let end = Double(host.period.upperBound) + Double(host.profile.horizonDays) * 86_400
      if host.imbalanced?.isBefore(end) ?? false { return .error }
      return host.tight?.isBefore(end) ?? false ? .warning : nil
    }.max()
  }

  package var unknownInputs: Int { hosts.reduce(0) { $0 + $1.gaps.count } }
}
