extension ByteCount {
  /// Reads a size as people write it: `512MiB`, `16G`, `1.5GiB`, `4096`. Units are binary; a bare
  /// number is bytes.
  ///
  /// Nil where it is not a size, is negative or does not fit. A fraction must come out in whole bytes.
  package init?(text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard let unit = Self.unit(text.dropFirst(digits.count).drop { $0 == " " }),
      let first = parts.first,
      let whole = UInt64(first), parts.count <= 2
    else { return nil }
    let (bytes, overflow) = whole.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    guard parts.count == 2 else {
      self.init(bytes)
      return
    }
    guard let fraction = UInt64(parts[1]), parts[1].count <= 9 else { return nil }
    let scale = parts[1].reduce(UInt64(1)) { scale, _ in scale * 10 }
    let part = ByteCount(unit).scaled(by: fraction, over: scale)
    guard part * scale == ByteCount(unit) * fraction else { return nil }
    self.init((ByteCount(bytes) + part).count)
  }

  private static func unit(_ suffix: Substring) -> UInt64? {
    switch suffix.lowercased() {
    case "", "b": 1
    case "k", "kb", "kib": 1 << 10
    case "m", "mb", "mib": 1 << 20
    case "g", "gb", "gib": 1 << 30
    case "t", "tb", "tib": 1 << 40
    case "p", "pb", "pib": 1 << 50
    default: nil
    }
  }
}
