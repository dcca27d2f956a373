internal import SourceText

extension Crossing {
  /// A day as the calendar of UTC has it.
  package static func day(_ time: Double) -> String {
    CivilTime(seconds: Int64(max(-6e10, min(time, 2.5e11)))).date
  }

  /// `2027-04-28`, `now`, `not before 2027-04-28`, for a column.
  package var day: String {
    switch self {
    case .already: "now"
    case .at(let time, _, _): Self.day(time)
    case .notBefore(let time): "not before \(Self.day(time))"
    case .beyond(let end): "not before \(Self.day(end))"
    }
  }

  /// `2027-03-30 to 2027-06-11`: where one in ten is before, and one in ten behind; empty for none.
  package var interval: String {
    switch self {
    case .already, .beyond, .notBefore: ""
    case .at(_, let earliest, let latest?): "\(Self.day(earliest)) to \(Self.day(latest))"
    case .at(_, let earliest, nil): "\(Self.day(earliest)) or much later"
    }
  }

  /// The same as a part of a sentence: `around 2027-04-28 (80 %: 2027-03-30 to 2027-06-11)`.
  package var words: String {
    switch self {
    case .already: "now"
    case .at(let time, let earliest, let latest?)
    where Self.day(earliest) == Self.day(time) && Self.day(latest) == Self.day(time):
      "on \(day)"
    case .at: "around \(day) (80 %: \(interval))"
    case .notBefore(let time): "not before \(Self.day(time)), by what was measured"
    case .beyond(let end):
      "not before \(Self.day(end)), which is as far as this history tells"
    }
  }
}
