package import HostModel

extension HostHistory {
  /// What nodes have together, for the host, at every time at which all of them tell it.
  package mutating func addSums(of parts: [SampleSeries], as quantity: HistoryQuantity) {
    guard let first = parts.first, parts.allSatisfy({ !$0.isEmpty }) else { return }
    guard parts.count > 1 else {
      self[HistoryKey(quantity)] = first
      return
    }
    var sums = SampleSeries()
    sums.reserveCapacity(first.count)
    for index in first.times.indices {
      let time = first.times[index]
      var sum = ByteCount(first.values[index])
      var isWhole = true
      for part in parts.dropFirst() {
        if let value = part.value(at: time) { sum += value } else { isWhole = false }
      }
      if isWhole { sums.append(time, sum) }
    }
    self[HistoryKey(quantity)] = sums
  }
}

extension SampleSeries {
  /// What was measured at exactly that second.
  ///
  /// - Complexity: O(log n).
  package func value(at time: Int64) -> ByteCount? {
    let place = firstIndex(notBefore: time)
    return place < count && times[place] == time ? ByteCount(values[place]) : nil
  }
}
