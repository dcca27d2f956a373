/// A moment in UTC, in the proleptic Gregorian calendar.
package struct UTCTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Since 1970.
  package let seconds: Int64

  package init(seconds: Int64) { self.seconds = seconds }

  /// A time as `2026-11-23T10:34:47Z`, or a day alone, which stands for its first second.
  package init?(text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let pattern = Array("####-##-##T##:##:##Z".utf8)
    guard bytes.count == pattern.count || bytes.count == 10 else { return nil }
    var fields: [Int64] = [0]
    for (byte, expected) in zip(bytes, pattern) {
      switch (byte, expected) {
      case (0x30...0x39, UInt8(ascii: "#")):
        fields[fields.count - 1] = fields[fields.count - 1] * 10 + Int64(byte - 0x30)
      case (expected, _): fields.append(0)
      default: return nil
      }
    }
    let (year, month, day) = (fields[0], fields[1], fields[2])
    let isWhole = bytes.count == pattern.count
    let (hour, minute, second) = isWhole ? (fields[3], fields[4], fields[5]) : (0, 0, 0)
    guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    // Years begin in March, so that the leap day is the last one; 719468 days lie before 1970.
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400 - (shifted < 0 ? 1 : 0)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    seconds =
      (era * 146_097 + dayOfEra - 719_468) * 86_400 + hour * 3600 + minute * 60 + second
    // A 31 February is no day: it would come out as another.
    guard Self.day(of: seconds) == String(decoding: bytes.prefix(10), as: UTF8.self) else {
      return nil
    }
  }

  /// `2026-11-23`
  package var day: String { Self.day(of: seconds) }

  /// `2026-11-23T10:34:47Z`
  package var description: String {
    let second = seconds - Self.floor(seconds, by: 86_400) * 86_400
    let clock = [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }
    return "\(day)T\(clock.joined(separator: ":"))Z"
  }

  package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

  private static func day(of seconds: Int64) -> String {
    let days = floor(seconds, by: 86_400) + 719_468
    let era = floor(days, by: 146_097)
    let dayOfEra = days - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    return [
      padded(year + era * 400 + (month <= 2 ? 1 : 0), 4), padded(month, 2), padded(day, 2),
    ].joined(separator: "-")
  }

  private static func floor(_ value: Int64, by divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
