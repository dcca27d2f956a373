internal import FleetCheck
internal import Glibc
internal import SourceText

/// A day as YYYY-MM-DD.
struct CalendarDate: Hashable, CustomStringConvertible {
  let description: String

  /// A day that the user wrote.
  init?(text: String) {
    guard Suppression.isDay(text) else { return nil }
    description = text
  }

  /// The day (UTC) of a number of seconds since 1970.
  init(secondsSince1970 seconds: Int) {
    description = CivilTime(seconds: Int64(seconds)).date
  }

  /// Today, or the day that SOURCE_DATE_EPOCH names for output that can be made again.
  static var today: CalendarDate { CalendarDate(secondsSince1970: Int(now)) }

  /// Seconds since 1970, or what SOURCE_DATE_EPOCH says.
  static var now: Int64 {
    if let epoch = Console.environment("SOURCE_DATE_EPOCH").flatMap({ Int64($0) }),
      (0...253_402_300_799).contains(epoch)
    {
      return epoch
    }
    return Int64(time(nil))
  }
}
