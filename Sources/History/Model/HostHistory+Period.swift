extension HostHistory {
  /// Only what was measured in a period.
  package func within(_ period: ClosedRange<Int64>) -> HostHistory {
    guard let own = self.period,
      own.lowerBound < period.lowerBound || own.upperBound > period.upperBound
    else { return self }
    var history = self
    for (key, samples) in series {
      let kept = samples.within(period)
      history[key] = kept.isEmpty ? nil : kept
    }
    return history
  }
}

extension SampleSeries {
  func within(_ period: ClosedRange<Int64>) -> SampleSeries {
    let start = firstIndex(notBefore: period.lowerBound)
    let end = period.upperBound == .max ? count : firstIndex(notBefore: period.upperBound + 1)
    guard start > 0 || end < count else { return self }
    var part = SampleSeries()
    part.reserveCapacity(end - start)
    for index in start..<max(start, end) { part.append(self[index].time, self[index].value) }
    return part
  }
}
