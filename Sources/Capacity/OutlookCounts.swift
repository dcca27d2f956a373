internal import Advice
internal import Forecast

/// Hosts by the months until they are tight.
package struct OutlookCounts: Sendable {
  /// A span of months, or why there is none.
  package enum Span: String, Hashable, Sendable, CaseIterable {
    case now
    case month = "within1Month"
    case quarter = "within3Months"
    case half = "within6Months"
    case year = "within12Months"
    case later
    case notExpected
    case unknown
  }

  package private(set) var hosts: [Span: Int] = [:]

  mutating func add(_ row: HostRow) { hosts[Span(row), default: 0] += row.machines }

  /// Hosts that are tight within so many months, now counted in.
  package func within(_ last: Span) -> Int {
    Span.allCases.prefix { $0 != last }.reduce(hosts[last] ?? 0) { $0 + (hosts[$1] ?? 0) }
  }
}

extension OutlookCounts.Span {
  init(_ row: HostRow) {
    if row.verdict >= .tight {
      self = .now
      return
    }
    switch (row.outlook?.tight, row.monthsToTight) {
    case (nil, _): self = .unknown
    case (.already, _): self = .now
    case (.at, let months?):
      let limits: [(Double, Self)] = [(1, .month), (3, .quarter), (6, .half), (12, .year)]
      self = limits.first { months <= $0.0 }?.1 ?? .later
    case (.at, nil), (.notBefore, _), (.beyond, _): self = .notExpected
    }
  }

  /// What people call it.
  package var title: String {
    switch self {
    case .now: "now"
    case .month: "within a month"
    case .quarter: "in 1 to 3 months"
    case .half: "in 3 to 6 months"
    case .year: "in 6 to 12 months"
    case .later: "later than in 12 months"
    case .notExpected: "not expected, as far as the history tells"
    case .unknown: "not known"
    }
  }
}
