package import HostModel

/// What is known of one host over time, from whatever program wrote it down.
package struct HostHistory: Sendable {
  package var host: String
  package private(set) var series: [HistoryKey: SampleSeries] = [:]
  /// When the host was booted, as far as that was seen; in ascending order, in seconds since 1970.
  package private(set) var boots: [Int64] = []
  /// What the source lacks.
  package var gaps: [HistoryGap] = []
  /// What was assumed or set right, one sentence each.
  package var notes: [String] = []

  package init(host: String) { self.host = host }

  package subscript(quantity: HistoryQuantity, node node: NodeID? = nil) -> SampleSeries? {
    series[HistoryKey(quantity, node: node)]
  }

  package subscript(key: HistoryKey) -> SampleSeries? {
    get { series[key] }
    set { series[key] = newValue }
  }

  package mutating func append(_ key: HistoryKey, at time: Int64, _ value: ByteCount) {
    series[key, default: SampleSeries()].append(time, value)
  }

  /// Takes in a reading; one that is unknown is no sample.
  package mutating func append(_ key: HistoryKey, at time: Int64, _ value: Reading<ByteCount>) {
    if let value = value.value { append(key, at: time, value) }
  }

  package mutating func booted(at time: Int64) {
    let place = boots.firstIndex { $0 >= time } ?? boots.count
    guard place == boots.count || boots[place] != time else { return }
    boots.insert(time, at: place)
  }

  /// Takes in another part of the same host's history.
  package mutating func merge(_ other: HostHistory) {
    for (key, samples) in other.series { series[key, default: SampleSeries()].merge(samples) }
    for boot in other.boots { booted(at: boot) }
    for gap in other.gaps where !gaps.contains(gap) { gaps.append(gap) }
    for note in other.notes where !notes.contains(note) { notes.append(note) }
  }

  /// The keys in the order in which they are shown: the host, then its nodes.
  package var keys: [HistoryKey] {
    let order = Dictionary(
      uniqueKeysWithValues: HistoryQuantity.all.enumerated().map { ($1, $0) }
    )
    return series.keys.sorted { left, right in
      let ranks = (order[left.quantity] ?? .max, order[right.quantity] ?? .max)
      return (left.node.map { Int($0.number) } ?? -1, ranks.0)
        < (right.node.map { Int($0.number) } ?? -1, ranks.1)
    }
  }

  /// Nodes that any series tells of.
  package var nodes: [NodeID] { Set(series.keys.compactMap(\.node)).sorted() }

  /// The first and the last second of any sample.
  package var period: ClosedRange<Int64>? {
    guard let first = series.values.compactMap(\.first?.time).min(),
      let last = series.values.compactMap(\.last?.time).max()
    else { return nil }
    return first...last
  }
}
