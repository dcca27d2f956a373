extension MovableRatio {
  /// Reads `3:1`, `7:2` or `2.5:1`; nil for anything else and for a zero kernel part.
  package init?(text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let movable = Self.thousandths(parts[0]),
      let kernel = Self.thousandths(parts[1]), kernel > 0
    else { return nil }
    let divisor = movable % 1000 == 0 && kernel % 1000 == 0 ? UInt64(1000) : 1
    self.init(movable: movable / divisor, kernel: kernel / divisor)
  }

  private static func thousandths(_ text: Substring) -> UInt64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, let whole = UInt64(first), whole < 1 << 32, parts.count <= 2
    else { return nil }
    guard parts.count == 2 else { return whole * 1000 }
    guard let fraction = UInt64(parts[1]), (1...3).contains(parts[1].count) else { return nil }
    let scale: [UInt64] = [100, 10, 1]
    return whole * 1000 + fraction * scale[parts[1].count - 1]
  }
}
