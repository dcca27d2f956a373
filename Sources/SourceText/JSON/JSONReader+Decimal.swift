extension JSONReader {
  /// A number that may have a fraction and an exponent.
  package mutating func decimal() throws(LocatedError) -> Double {
    blanks()
    let start = position
    guard let value = takeDecimal() else {
      position = start
      throw error("expected a number")
    }
    return value
  }

  /// The same between quotes, as programs write what JSON has no word for; nil for `NaN` and `Inf`.
  package mutating func quotedDecimal() throws(LocatedError) -> Double? {
    blanks()
    let start = position
    if take(UInt8(ascii: "\"")), let value = takeDecimal(), take(UInt8(ascii: "\"")) {
      return value
    }
    position = start
    let text = try string()
    guard let value = Double(text) else {
      position = start
      throw error("expected a number")
    }
    return value.isFinite ? value : nil
  }

  /// Seventeen digits count: more than a Double holds.
  private mutating func takeDecimal() -> Double? {
    let isNegative = take(UInt8(ascii: "-"))
    var mantissa: UInt64 = 0
    var (digits, scale) = (0, 0)
    func isDigit(_ position: Int) -> Bool {
      position < bytes.count && bytes[position] &- 0x30 < 10
    }
    func takeDigit() {
      digits += 1
      if mantissa < 100_000_000_000_000_000 {
        mantissa = mantissa * 10 + UInt64(bytes[position] &- 0x30)  // below 10^18
      } else {
        scale += 1
      }
      position += 1
    }
    while isDigit(position) { takeDigit() }
    if digits > 0, take(UInt8(ascii: ".")) {
      let before = digits
      while isDigit(position) {
        takeDigit()
        scale -= 1
      }
      guard digits > before else { return nil }
    }
    guard digits > 0 else { return nil }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      let isBelow = take(UInt8(ascii: "-"))
      if !isBelow { _ = take(UInt8(ascii: "+")) }
      guard isDigit(position) else { return nil }
      var exponent = 0
      while isDigit(position) {
        exponent = min(exponent * 10 + Int(bytes[position] &- 0x30), 9999)
        position += 1
      }
      scale += isBelow ? -exponent : exponent
    }
    var value = Double(mantissa)
    var power = 1.0
    for _ in 0..<min(abs(scale), 400) { power *= 10 }
    value = scale < 0 ? value / power : value * power
    return isNegative ? -value : value
  }
}
