/// A moment in the calendar of UTC, without a library's help: Gregorian, no leap seconds, as the
/// kernel counts.
package struct CivilTime: Hashable, Sendable {
  package var year: Int64
  package var month: Int64
  package var day: Int64
  /// Seconds since midnight.
  package var second: Int64

  /// The moment of a number of seconds since 1970.
  package init(seconds: Int64) {
    // Days are counted from 1 March of year 0, so that the leap day is a year's last one.
    let days = Self.floor(seconds, by: 86_400) + 719_468
    second = seconds - Self.floor(seconds, by: 86_400) * 86_400
    let era = Self.floor(days, by: 146_097)
    let dayOfEra = days - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    month = shifted < 10 ? shifted + 3 : shifted - 9
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    self.year = year + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// What `2026-11-29` and `08:40:06` name, and `2026-11-29T08:40:06Z` or with a blank between; nil for
  /// anything else.
  package init?(text: some StringProtocol) {
    let digits = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard range.upperBound <= digits.count else { return nil }
      var value: Int64 = 0
      for byte in digits[range] {
        guard byte &- 0x30 < 10 else { return nil }
        value = value * 10 + Int64(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      digits[4] == 0x2D, digits[7] == 0x2D, (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    (self.year, self.month, self.day, second) = (year, month, day, 0)
    // A 31 February would come out as another day.
    guard CivilTime(seconds: seconds).day == day else { return nil }
    guard digits.count > 10 else { return }
    guard let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      digits[13] == 0x3A, digits[16] == 0x3A, hour < 24, minute < 60, second < 61
    else { return nil }
    guard digits.count == 19 || digits.count == 20 && digits[19] == UInt8(ascii: "Z") else {
      return nil
    }
    self.second = hour * 3600 + minute * 60 + second
  }

  /// Seconds since 1970.
  package var seconds: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = Self.floor(shiftedYear, by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return (era * 146_097 + dayOfEra - 719_468) * 86_400 + second
  }

  /// `2026-11-29`
  package var date: String {
    "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
  }

  /// `08:40`
  package var clock: String {
    "\(Self.padded(second / 3600, 2)):\(Self.padded(second % 3600 / 60, 2))"
  }

  /// `2026-11-29T08:40:06Z`
  package var timestamp: String { "\(date)T\(clock):\(Self.padded(second % 60, 2))Z" }

  private static func floor(_ value: Int64, by divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
