internal import HostModel

extension HostForecast {
  /// What is tight first comes first; hosts of which nothing is known come last.
  package static func worstFirst(_ forecasts: [HostForecast]) -> [HostForecast] {
    forecasts.sorted { left, right in
      (left.tight?.order ?? .infinity, left.host) < (right.tight?.order ?? .infinity, right.host)
    }
  }

  /// Months to tight, for a column: `0.0`, `3.4`, `>12` for what is not expected, `?`.
  package var months: String {
    if let months = monthsToTight {
      let tenths = Int((min(months, 9999) * 10).rounded())
      return "\(tenths / 10).\(tenths % 10)"
    }
    switch tight {
    case .notBefore(let time), .beyond(let time):
      return ">\(Int(max(0, min(9999, (time - Double(period.upperBound)) / 2_629_800))))"
    default: return "?"
    }
  }

  /// The term that grows most.
  package var mostGrowth: TermForecast? {
    terms.filter { ($0.perDay?.low ?? 0) > 0 }
      .max { ($0.perDay?.value ?? 0) < ($1.perDay?.value ?? 0) }
  }

  /// Gives up what only a host's own page shows: of a fleet there are too many.
  package mutating func compact() {
    for index in rooms.indices { rooms[index].measured = [] }
    terms = [mostGrowth].compactMap { $0 }
    assessment = nil
  }
}
