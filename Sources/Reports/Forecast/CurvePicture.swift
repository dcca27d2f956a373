internal import Advice
internal import Forecast
internal import HostModel

/// What a room was and will be, ready to be drawn: times and sizes between 0 and 1.
struct CurvePicture {
  struct Point {
    var x: Double
    var y: Double
  }

  var caption: String
  var measured: [Point] = []
  /// The trend to come, with the ends of its interval.
  var expected: [(x: Double, low: Double, middle: Double, high: Double)] = []
  /// Where the margin begins.
  var margin: Double
  /// Where the measured part ends.
  var now: Double
  var top: String
  var marginText: String
  var first: String
  var nowText: String
  var last: String
  /// The whole of it in words.
  var text: String

  init?(_ room: RoomForecast) {
    guard let begin = room.measured.first?.time, let end = room.measured.last?.time,
      end > begin
    else { return nil }
    let trend = try? room.trend.get()
    // As far ahead as matters, and no farther than was looked back.
    var last = end
    if let trend {
      let goal = Self.goal(room)
      last = min(
        max(goal.map { $0 + (end - begin) * 0.05 } ?? end, end + (end - begin) / 2),
        end + (end - begin) * 4
      )
      last = min(last, Crossing.horizon(of: trend))
    }
    // A little air above, for the label.
    let highest = max(
      (room.measured.map(\.value).max() ?? 1) * 1.08,
      Double(room.limits.tight.count) * 1.2,
      1
    )
    func x(_ time: Double) -> Double { (time - begin) / (last - begin) }
    func y(_ value: Double) -> Double { min(1, max(0, value / highest)) }
    measured = room.measured.map { Point(x: x($0.time), y: y($0.value)) }
    if let trend, last > end {
      for step in 0...48 {
        let time = end + (last - end) * Double(step) / 48
        let value = trend.expectation(at: time)
        expected.append((x(time), y(value.low), y(value.value), y(value.high)))
      }
    }
    margin = y(Double(room.limits.tight.count))
    now = x(end)
    caption = "\(room.name): \(room.what)"
    top = ByteCount(UInt64(highest)).text
    marginText = "margin \(room.limits.tight.text)"
    first = Crossing.moment(begin, within: last - begin)
    nowText = Crossing.moment(end, within: last - begin)
    self.last = Crossing.moment(last, within: last - begin)
    text =
      "\(caption), from \(first) to \(nowText) as measured, now \(room.now.text); "
      + "tight \(room.tight?.words ?? "not known")"
  }

  private static func goal(_ room: RoomForecast) -> Double? {
    switch room.imbalanced ?? room.tight {
    case .at(let time, _, let latest): latest.map { max(time, $0) } ?? time
    default: nil
    }
  }
}
