internal import HostModel

extension Trend {
  /// `+12.0 MiB a day (80 %: +9.1 MiB to +15.2 MiB)`
  package var perDayWords: String {
    "\(Self.signed(perDay.value)) a day (80 %: \(Self.signed(perDay.low)) to "
      + "\(Self.signed(perDay.high)))"
  }

  /// `+12.0 MiB`
  package static func signed(_ bytes: Double) -> String {
    let size = ByteCount(UInt64(min(abs(bytes).rounded(), 1e18)))
    return size == .zero ? "0" : (bytes < 0 ? "-" : "+") + size.text
  }
}
