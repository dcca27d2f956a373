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
}

extension HostForecast {
  /// What was found in the series beside their trends, one sentence each.
  package var remarks: [String] {
    var remarks = [bootRemark].compactMap { $0 }
    var cycles: [String: [String]] = [:]
    for room in rooms {
      guard case .success(let trend) = room.trend else { continue }
      let found = [trend.season.isDaily ? "day" : nil, trend.season.isWeekly ? "week" : nil]
        .compactMap { $0 }
      if !found.isEmpty {
        cycles[found.joined(separator: " and of a "), default: []].append(room.name)
      }
      for jump in trend.jumps where !jump.isBoot {
        let size = ByteCount(UInt64(min(abs(jump.rise), 1e18))).text
        remarks.append(
          "\(room.name): headroom \(jump.rise < 0 ? "fell" : "rose") by \(size) on "
            + "\(Crossing.day(jump.time)) and stayed there; this is not taken for a trend"
        )
      }
    }
    for (cycle, rooms) in cycles.sorted(by: { $0.key < $1.key }) {
      remarks.append("There is a cycle of a \(cycle): \(rooms.joined(separator: ", "))")
    }
    return remarks
  }

  /// Boots that cut the history.
  private var bootRemark: String? {
    let seen = boots.filter { period.contains($0) }
    guard let last = seen.last else { return nil }
    return "Booted \(seen.count) time\(seen.count == 1 ? "" : "s") in this period, last on "
      + "\(Crossing.day(Double(last))); what a boot gave back is not taken for less growth"
  }
}
