internal import Advice
internal import History
internal import HostModel
internal import Profiles

/// Finds what a history tells of the room that the kernel has left.
struct RoomFinder {
  let history: HostHistory
  let profile: Profile
  let assessment: Assessment?

  /// A picture shows no more points than that.
  private static let mostPoints: Int64 = 240

  init(_ history: HostHistory, profile: Profile, assessment: Assessment?) {
    self.history = history
    self.profile = profile
    self.assessment = assessment
  }

  func rooms() -> [RoomForecast] {
    var rooms: [RoomForecast] = []
    let places: [NodeID?] = [nil] + history.nodes.map { $0 }
    for node in places {
      if let series = history[.headroom, node: node] {
        rooms.append(room(series, .headroom, node))
      } else if let series = fromTerms(node) {
        rooms.append(room(series, .terms, node))
      }
      if let series = history[.fullHeadroomLeast, node: node], node == nil {
        rooms.append(room(series, .whenFull, nil))
      }
    }
    return rooms
  }

  private func room(
    _ series: SampleSeries,
    _ basis: RoomForecast.Basis,
    _ node: NodeID?
  ) -> RoomForecast {
    // What is measured is growth already: none is added to it.
    let limits = HeadroomLimits(growth: .zero, margin: margin(node))
    let trend = TrendFinder.trend(of: series, boots: history.boots)
    var room = RoomForecast(
      node: node,
      basis: basis,
      now: series.last?.value ?? .zero,
      limits: limits,
      trend: trend
    )
    if case .success(let trend) = trend {
      let now = history.period.map { Double($0.upperBound) }
      room.tight = trend.falls(to: Double(limits.tight.count), now: now)
      room.imbalanced = trend.falls(to: Double(limits.imbalanced.count), now: now)
    }
    let width = BinnedSeries.width(
      span: series.span,
      samples: series.count,
      pieces: Self.mostPoints
    )
    let pieces = BinnedSeries(series, width: width)
    room.measured = pieces.bins.indices.map {
      RoomForecast.Point(time: pieces.time($0), value: pieces.values[$0])
    }
    return room
  }

  /// What is to be left: as it was judged last, else as the profile makes it of what is used now.
  private func margin(_ node: NodeID?) -> ByteCount {
    let whole = history[.margin]?.last?.value ?? assessment?.demand.value?.margin
    guard let node else { return whole ?? own(nil) }
    guard let whole else { return own(node) }
    let needed = history[.needed]?.last?.value ?? assessment?.demand.value?.needed
    let here =
      history[.needed, node: node]?.last?.value ?? assessment?.demand.value?.neededByNode[node]
    guard let needed, let here else { return own(node) }
    return whole.scaled(by: here.count, over: max(1, needed.count))
  }

  private func own(_ node: NodeID?) -> ByteCount {
    let used = history.keys.filter {
      (node == nil || $0.node == node) && $0.quantity.isKernelMemory
    }
    .compactMap { history[$0]?.last?.value }.total()
    func total(_ node: NodeID?) -> ByteCount? {
      if let size = history[.memoryTotal, node: node]?.last?.value { return size }
      return history[.kernelPresent, node: node]?.last.map {
        $0.value + (history[.movablePresent, node: node]?.last?.value ?? .zero)
      }
    }
    let all = total(nil) ?? total(node) ?? .zero
    let part = total(node) ?? all
    let least = profile.margin.least(of: all).scaled(by: part.count, over: max(1, all.count))
    return profile.margin.beside(used, least: least)
  }

  // MARK: Room that nobody measured

  /// Terms that take from the room when they grow: reclaimable slab is given back.
  private static let counted: [HistoryQuantity] = HistoryQuantity.all.filter {
    $0.isKernelMemory && $0.term != .slabReclaimable && $0.term != .stuckUserPages
  }

  /// Today's headroom of the host, less what its terms grew by since.
  private func fromTerms(_ node: NodeID?) -> SampleSeries? {
    guard let assessment else { return nil }
    let headroom =
      node == nil
      ? assessment.current.headroom.value
      : assessment.current.nodes.first { $0.node == node }?.headroom.value
    let parts = Self.counted.compactMap { history[$0, node: node] }
    guard let headroom, let longest = parts.max(by: { $0.count < $1.count }),
      let end = longest.last?.time
    else { return nil }
    func sum(at time: Int64) -> UInt64? {
      var sum: UInt64 = 0
      for part in parts {
        let place = part.firstIndex(notBefore: time)
        guard place < part.count, part.times[place] == time else { return nil }
        sum = sum.addingReportingOverflow(part.values[place]).partialValue
      }
      return sum
    }
    guard let last = sum(at: end) else { return nil }
    var series = SampleSeries()
    series.reserveCapacity(longest.count)
    for time in longest.times {
      guard let then = sum(at: time) else { continue }
      series.append(time, (headroom + ByteCount(last)).subtractingOrZero(ByteCount(then)))
    }
    return series
  }
}
