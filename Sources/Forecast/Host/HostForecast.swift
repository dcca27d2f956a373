package import Advice
package import History
package import Profiles

/// Where a host is going: what was measured of it, continued.
package struct HostForecast: Sendable {
  package var host: String
  /// The first and the last second that was measured.
  package var period: ClosedRange<Int64>
  package var samples: Int
  /// The host first, then its nodes.
  package var rooms: [RoomForecast]
  /// By node, in the order in which terms are shown.
  package var terms: [TermForecast]
  package var boots: [Int64]
  package var postponements: [Postponement] = []
  package var gaps: [HistoryGap]
  package var notes: [String]
  package var profile: Profile
  /// The host as it stood last; nil where the history tells no zones.
  package var assessment: Assessment?

  package init(_ history: HostHistory, profile: Profile, assessment: Assessment? = nil) {
    host = history.host
    period = history.period ?? 0...0
    samples = history.series.values.map(\.count).max() ?? 0
    boots = history.boots
    gaps = history.gaps
    notes = history.notes
    self.profile = profile
    self.assessment = assessment
    terms = history.keys.compactMap { key in
      guard key.quantity.isKernelMemory, let series = history[key], let last = series.last else {
        return nil
      }
      // A term that is not there and never was needs no line.
      guard series.values.contains(where: { $0 > 0 }) else { return nil }
      return TermForecast(
        key: key,
        now: last.value,
        trend: TrendFinder.trend(of: series, boots: history.boots)
      )
    }
    rooms = RoomFinder(history, profile: profile, assessment: assessment).rooms()
    if rooms.isEmpty { gaps.append(Self.noRoom) }
    postponements = PostponementFinder(rooms: rooms, terms: terms, now: Double(period.upperBound))
      .found()
  }

  /// The forecast of a host by the profile that it was judged by last, or else a workload's own.
  package init(_ history: HostHistory, _ workload: Workload, last: Assessment?) {
    self.init(history, profile: last?.profile ?? workload.otherwise, assessment: last)
  }

  private static let noRoom = HistoryGap(
    missing: "zones",
    cost: "it can be told what grows, and not when a node gets tight",
    remedy: "give the host as it stands now: --zones CAPTURE, or --zones / for this host"
  )

  /// The first day on which anything is tight, or worse; nil where nothing can be told of any room.
  package var tight: Crossing? { earliest(\.tight, of: rooms) }

  /// When nothing is left: of the host, where that is told. A node that has nothing left takes from the
  /// others first, which is tight.
  package var imbalanced: Crossing? {
    earliest(\.imbalanced, of: rooms.filter { $0.node == nil }) ?? earliest(\.imbalanced, of: rooms)
  }

  private func earliest(
    _ crossing: (RoomForecast) -> Crossing?,
    of rooms: [RoomForecast]
  ) -> Crossing? {
    rooms.compactMap(crossing).min { $0.order < $1.order }
  }

  /// Months until something is tight: nil where it is not expected before anybody can tell.
  package var monthsToTight: Double? {
    switch tight {
    case .already: 0
    case .at(let time, _, _): max(0, (time - Double(period.upperBound)) / 2_629_800)
    case .notBefore, .beyond, nil: nil
    }
  }
}

extension Crossing {
  /// Whether it is expected before a time.
  package func isBefore(_ end: Double) -> Bool {
    switch self {
    case .already: true
    case .at(let time, _, _): time <= end
    case .notBefore, .beyond: false
    }
  }

  /// What comes first is worst.
  package var order: Double {
    switch self {
    case .already: -.infinity
    case .at(let time, _, _): time
    // Not expected: behind everything that is.
    case .notBefore(let time): 1e15 + time
    case .beyond(let time): 1e18 + time
    }
  }
}
