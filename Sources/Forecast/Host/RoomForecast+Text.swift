internal import Advice
internal import HostModel

extension RoomForecast {
  /// `host`, `node 1`, `host, filled`.
  package var name: String {
    let place = node.map { "node \($0)" } ?? "host"
    return basis == .whenFull ? place + ", full" : place
  }

  /// What it is, in a few words.
  package var what: String {
    switch basis {
    case .headroom: "headroom as measured"
    case .whenFull: "headroom once user memory fills the host"
    case .terms: "today's headroom, less what the terms grew by"
    }
  }

  /// What was found in the series beside its trend, one sentence each.
  package var remarks: [String] {
    guard case .success(let trend) = trend else { return [] }
    var remarks: [String] = []
    let cycles = [trend.season.isDaily ? "day" : nil, trend.season.isWeekly ? "week" : nil]
      .compactMap { $0 }
    if !cycles.isEmpty {
      remarks.append("\(name): there is a cycle of a \(cycles.joined(separator: " and of a "))")
    }
    for jump in trend.jumps where !jump.isBoot {
      let size = ByteCount(UInt64(min(abs(jump.rise), 1e18))).text
      remarks.append(
        "\(name): the level \(jump.rise < 0 ? "fell" : "rose") by \(size) on "
          + "\(Crossing.day(jump.time)); this is not taken for growth"
      )
    }
    return remarks
  }
}

extension HostForecast {
  /// Boots that cut the history.
  package var bootRemark: String? {
    let seen = boots.filter { period.contains($0) }
    guard let last = seen.last else { return nil }
    return "booted \(seen.count) time\(seen.count == 1 ? "" : "s") in this period, last on "
      + "\(Crossing.day(Double(last))); what a boot gave back is not taken for less growth"
  }
}
