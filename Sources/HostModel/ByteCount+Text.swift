extension ByteCount {
  /// Binary units with three significant digits: `2.86 GiB`, `412 MiB`, `0`.
  package var text: String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    guard count > 0 else { return "0" }
    var unit = min((63 - count.leadingZeroBitCount) / 10, units.count - 1)
    var hundredths = hundredths(of: unit)
    // 1023.99 MiB reads as 1.00 GiB.
    if hundredths >= 102_350, unit + 1 < units.count {
      unit += 1
      hundredths = self.hundredths(of: unit)
    }
    return Self.digits(hundredths, exact: unit == 0) + " " + units[unit]
  }

  /// The size in hundredths of a unit, rounded to the nearest.
  private func hundredths(of unit: Int) -> UInt64 {
    let divisor: UInt64 = 1 << UInt64(unit * 10)
    let (quotient, rest) = count.quotientAndRemainder(dividingBy: divisor)
    let fraction = ByteCount(rest).scaled(by: 200, over: divisor).count
    return quotient * 100 + (fraction + 1) / 2
  }

  private static func digits(_ hundredths: UInt64, exact: Bool) -> String {
    if exact || hundredths >= 99_950 { return String((hundredths + 50) / 100) }
    func fixed(_ value: UInt64, places: Int) -> String {
      let scale: UInt64 = places == 2 ? 100 : 10
      let fraction = String(value % scale)
      return "\(value / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
    if hundredths < 1_000 { return fixed(hundredths, places: 2) }
    if hundredths < 9_995 { return fixed((hundredths + 5) / 10, places: 1) }
    return String((hundredths + 50) / 100)
  }

  /// Without loss, as people write it: `2GiB`, `1536MiB`, `4097B`.
  package var exactText: String {
    let units: [(UInt64, String)] = [
      (1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"),
    ]
    let unit = units.first { count % $0.0 == 0 && count > 0 } ?? (1, "B")
    return "\(count / unit.0)\(unit.1)"
  }

  /// As kernel arguments take it: the largest unit from K to G of which it is a whole number.
  package var argumentText: String {
    for (shift, unit) in [(30, "G"), (20, "M")] where count > 0 && count % (1 << shift) == 0 {
      return "\(count >> shift)\(unit)"
    }
    return "\(count >> 10)K"
  }
}
