internal import Advice
internal import History
internal import HostModel

/// Finds what would make the day come later, for the room that gets short first.
struct PostponementFinder {
  let rooms: [RoomForecast]
  let terms: [TermForecast]
  /// Seconds since 1970.
  let now: Double

  private static let year = 365.25 * 86_400.0

  func found() -> [Postponement] {
    var found: [Postponement] = []
    if let term = largestTerm() { found.append(term) }
    if let zones = kernelZones() { found.append(zones) }
    return found
  }

  /// The room that is short first, among those that shrink.
  private var first: (room: RoomForecast, trend: Trend)? {
    let falling = rooms.compactMap { room -> (room: RoomForecast, trend: Trend)? in
      guard let trend = try? room.trend.get(), trend.isFalling else { return nil }
      return (room, trend)
    }
    return falling.min { ($0.room.tight?.order ?? .infinity) < ($1.room.tight?.order ?? .infinity) }
  }

  private func largestTerm() -> Postponement? {
    let node = first?.room.node
    let local = growing { $0 == node }
    // Percpu memory and vmalloc are counted for the host only.
    let all =
      local.isEmpty ? growing { _ in true } : local + (node == nil ? [] : growing { $0 == nil })
    let sum = all.reduce(0) { $0 + $1.rate }
    guard let most = all.max(by: { $0.rate < $1.rate }), sum > 0, most.rate * 86_400 >= 1024 else {
      return nil
    }
    return .lookAt(
      most.key,
      percent: Int((100 * most.rate / sum).rounded()),
      perDay: ByteCount(UInt64(most.rate * 86_400))
    )
  }

  private func growing(_ isHere: (NodeID?) -> Bool) -> [(key: HistoryKey, rate: Double)] {
    terms.compactMap { term in
      guard isHere(term.key.node), let trend = try? term.trend.get(), trend.isGrowing else {
        return nil
      }
      return (term.key, trend.slope)
    }
  }

  private func kernelZones() -> Postponement? {
    guard let (room, trend) = first, -trend.slope * 86_400 >= 1024 else { return nil }
    let inYear = trend.line(at: now + Self.year) + trend.season.lowest
    let short = Double(room.limits.tight.count) - inYear
    return .kernelZones(
      node: room.node,
      daysPerGibibyte: 1_073_741_824 / (-trend.slope * 86_400),
      forYear: ByteCount(UInt64(min(max(0, short), 1e18)))
    )
  }
}
