internal import SourceText

extension Crossing {
  /// A day as the calendar of UTC has it.
  package static func day(_ time: Double) -> String { civil(time).date }

  /// The same, with the minute where a period is told of in which days don't tell enough:
  /// `2027-04-28 12:40`.
  package static func moment(_ time: Double, within period: Double) -> String {
    guard period.magnitude < 2 * 86_400 else { return day(time) }
    let civil = civil(time)
    return "\(civil.date) \(civil.clock)"
  }

  private static func civil(_ time: Double) -> CivilTime {
    CivilTime(seconds: Int64(max(-6e10, min(time, 2.5e11))))
  }

  /// How wide the interval is; infinite where it has no end, or there is none.
  private var width: Double {
    guard case .at(_, let earliest, let latest?) = self else { return .infinity }
    return latest - earliest
  }

  /// `2027-04-28`, `now`, `not before 2027-04-28`, for a column.
  package var day: String {
    switch self {
    case .already: "now"
    case .at(let time, _, _): Self.moment(time, within: width)
    case .notBefore(let time): "not before \(Self.day(time))"
    case .beyond(let end): "not before \(Self.day(end))"
    }
  }

  /// `2027-03-30 to 2027-06-11`: where one in ten is before, and one in ten behind; empty for none.
  package var interval: String {
    switch self {
    case .already, .beyond, .notBefore: ""
    case .at(_, let earliest, let latest?):
      "\(Self.moment(earliest, within: width)) to \(Self.moment(latest, within: width))"
    case .at(_, let earliest, nil): "\(Self.day(earliest)) or much later"
    }
  }

  /// The same as a part of a sentence: `around 2027-04-28 (80 %: 2027-03-30 to 2027-06-11)`.
  package var words: String {
    switch self {
    case .already: "now"
    case .at(let time, let earliest, let latest?)
    where Self.day(earliest) == Self.day(time) && Self.day(latest) == Self.day(time):
      "on \(day) (80 %: \(Self.civil(earliest).clock) to \(Self.civil(latest).clock) UTC)"
    case .at: "around \(day) (80 %: \(interval))"
    case .notBefore(let time): "not before \(Self.day(time)), by what was measured"
    case .beyond(let end):
      "not before \(Self.day(end)), which is as far as this history tells"
    }
  }
}
