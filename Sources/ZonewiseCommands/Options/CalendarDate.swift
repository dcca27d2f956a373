internal import FleetCheck
internal import Glibc

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
    // Days are counted from 1 March of year 0, so that the leap day is a year's last one.
    let days = Self.floor(seconds, by: 86_400) + 719_468
    let era = Self.floor(days, by: 146_097)
    let dayOfEra = days - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    description = [
      Self.padded(year + era * 400 + (month <= 2 ? 1 : 0), 4), Self.padded(month, 2),
      Self.padded(day, 2),
    ].joined(separator: "-")
  }

  /// Today, or the day that SOURCE_DATE_EPOCH names for output that can be made again.
  static var today: CalendarDate {
    if let epoch = Console.environment("SOURCE_DATE_EPOCH").flatMap({ Int($0) }),
      (0...253_402_300_799).contains(epoch)
    {
      return CalendarDate(secondsSince1970: epoch)
    }
    return CalendarDate(secondsSince1970: time(nil))
  }

  private static func floor(_ value: Int, by divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

}
