import History
import HostModel
import Testing

@Suite("Series of samples")
struct SampleSeriesTests {
  @Test("A sample that comes late goes where it belongs, and of two of a second the first stays")
  func order() {
    var series = SampleSeries()
    for (time, value) in [(10, 1), (30, 3), (20, 2), (20, 9), (5, 0)] as [(Int64, UInt64)] {
      series.append(time, ByteCount(value))
    }
    #expect(Array(series.times) == [5, 10, 20, 30])
    #expect(Array(series.values) == [0, 1, 2, 3])
    #expect(series.duplicates == 1)
  }

  @Test("Two parts of a series that overlap become one")
  func merging() {
    var left = SampleSeries()
    var right = SampleSeries()
    for time in stride(from: Int64(0), to: 100, by: 10) { left.append(time, 1) }
    for time in stride(from: Int64(50), to: 150, by: 5) { right.append(time, 2) }
    left.merge(right)
    #expect(left.count == 10 + 20 - 5)
    #expect(left.value(at: 50) == 1)
    #expect(left.value(at: 55) == 2)
    #expect(left.value(at: 56) == nil)
  }
}
