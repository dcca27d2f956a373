package import History
package import HostModel

/// How one term of the kernel's memory changes.
package struct TermForecast: Sendable {
  package var key: HistoryKey
  package var now: ByteCount
  package var trend: Result<Trend, TooLittle>

  /// What it grows by in a day; nil where nobody can tell.
  package var perDay: Trend.Expectation? { (try? trend.get())?.perDay }
}
