internal import Advice
internal import HostModel
internal import Profiles

/// The series of one instance, and what they come to.
struct PrometheusHost {
  struct Place: Hashable {
    var node: NodeID?
    var zone: ZoneKind?

    init(node: NodeID? = nil, zone: ZoneKind? = nil) {
      self.node = node
      self.zone = zone
    }

    init?(node: String?, zone: String?) {
      guard let node else {
        self.init()
        return
      }
      guard let number = UInt32(node) else { return nil }
      guard let zone else {
        self.init(node: NodeID(number))
        return
      }
      self.init(node: NodeID(number), zone: ZoneKind(name: zone))
    }
  }

  private struct Key: Hashable {
    var metric: PrometheusMetric
    var place: Place
  }

  private var series: [Key: SampleSeries] = [:]

  mutating func add(_ metric: PrometheusMetric, _ place: Place, _ samples: SampleSeries) {
    series[Key(metric: metric, place: place), default: SampleSeries()].merge(samples)
  }

  func history(_ name: String) -> HostHistory {
    var history = HostHistory(host: name)
    let nodes = Set(series.keys.compactMap(\.place.node)).sorted()
    terms(&history, nodes)
    boots(&history)
    pins(&history)
    if let size = pageSize(nodes) {
      var headroom: [SampleSeries] = []
      for node in nodes { headroom.append(zones(of: node, size, nodes.count, &history)) }
      history.addSums(of: headroom, as: .headroom)
    }
    gaps(&history, nodes)
    return history
  }

  private subscript(metric: PrometheusMetric, place: Place) -> SampleSeries? {
    series[Key(metric: metric, place: place)]
  }

  // MARK: Terms

  private static let termFields: [(MeminfoField, HistoryQuantity)] = [
    (.memTotal, .memoryTotal), (.slabUnreclaimable, .term(.slabUnreclaimable)),
    (.slabReclaimable, .term(.slabReclaimable)), (.pageTables, .term(.pageTables)),
    (.secPageTables, .term(.secondaryPageTables)), (.kernelStack, .term(.kernelStacks)),
    (.percpu, .term(.percpu)), (.vmallocUsed, .term(.vmalloc)), (.balloon, .term(.balloon)),
  ]

  private func terms(_ history: inout HostHistory, _ nodes: [NodeID]) {
    for (field, quantity) in Self.termFields {
      let ofNodes = nodes.filter { self[.meminfo(field), Place(node: $0)] != nil }
      for node in ofNodes {
        history[HistoryKey(quantity, node: node)] = self[.meminfo(field), Place(node: node)]
      }
      // What nodes tell is not told again for the host, but for its size.
      if ofNodes.isEmpty || quantity == .memoryTotal, let whole = self[.meminfo(field), Place()] {
        history[HistoryKey(quantity)] = whole
      }
    }
  }

  private func boots(_ history: inout HostHistory) {
    guard let times = self[.bootTime, Place()] else { return }
    var last: UInt64?
    for value in times.values {
      // The clock is set right after boot: a few seconds are none.
      if let last, value > last + 60 { history.booted(at: Int64(clamping: value)) }
      last = max(last ?? 0, value)
    }
  }

  private func pins(_ history: inout HostHistory) {
    guard let taken = self[.pinsAcquired, Place()], let given = self[.pinsReleased, Place()],
      let size = pageSize(Set(series.keys.compactMap(\.place.node)).sorted())
    else { return }
    var pinned = SampleSeries()
    pinned.reserveCapacity(taken.count)
    for index in taken.times.indices {
      guard let back = given.value(at: taken.times[index]) else { continue }
      let pages = PageCount(taken.values[index]).subtractingOrZero(PageCount(back.count))
      pinned.append(taken.times[index], pages.bytes(of: size))
    }
    history[HistoryKey(.term(.pinned))] = pinned
  }

  // MARK: Zones

  /// By what one amount is in bytes and in pages; 4 KiB where that is not told, and said so.
  private func pageSize(_ nodes: [NodeID]) -> PageSize? {
    for node in nodes {
      let zone = Place(node: node, zone: firstZone(of: node))
      guard let pages = self[.zone(.slabReclaimable), zone],
        let bytes = self[.meminfo(.slabReclaimable), Place(node: node)]
          ?? (nodes.count == 1 ? self[.meminfo(.slabReclaimable), Place()] : nil)
      else { continue }
      for index in pages.times.indices.reversed() {
        guard pages.values[index] > 0, let size = bytes.value(at: pages.times[index]) else {
          continue
        }
        let ratio = Double(size.count) / Double(pages.values[index])
        return [4096, 8192, 16_384, 65_536].first { abs(ratio / Double($0) - 1) < 0.2 }
          .flatMap { PageSize(bytes: UInt64($0)) }
      }
    }
    return hasZones ? PageSize.kib4 : nil
  }

  private var hasZones: Bool { series.keys.contains { $0.metric == .zone(.free) } }

  private func zoneKinds(of node: NodeID) -> [ZoneKind] {
    NodeZoneSeries.inOrder(series.keys.filter { $0.place.node == node }.compactMap(\.place.zone))
  }

  /// The zone under which the kernel prints what it counts by node.
  private func firstZone(of node: NodeID) -> ZoneKind? {
    zoneKinds(of: node).first { self[.zone(.activeFile), Place(node: node, zone: $0)] != nil }
  }

  private func zones(
    of node: NodeID,
    _ size: PageSize,
    _ nodes: Int,
    _ history: inout HostHistory
  ) -> SampleSeries {
    let walk = NodeZoneSeries(
      of: zoneKinds(of: node),
      counters: NodeZoneSeries.Counters(
        file: nodeCounters(node, [.activeFile, .inactiveFile]),
        anon: nodeCounters(node, [.activeAnon, .inactiveAnon]),
        unevictable: nodeCounters(node, [.unevictable]),
        slab: nodeCounters(node, [.slabReclaimable])
      ),
      swapFree: self[.meminfo(.swapFree), Place()],
      nodes: nodes,
      pageSize: size
    ) { kind, normalClass in
      zone(node, kind, normalClass)
    }
    if walk.sharesFilePages {
      let note =
        "node_exporter does not tell in which zones the page cache lies: on each node it is taken to be "
        + "spread as user memory is"
      if !history.notes.contains(note) { history.notes.append(note) }
    }
    return history.add(walk, of: node)
  }

  private func zone(_ node: NodeID, _ kind: ZoneKind, _ normalClass: Int?) -> NodeZoneSeries.Zone {
    func field(_ field: PrometheusMetric.ZoneField) -> SampleSeries? {
      self[.zone(field), Place(node: node, zone: kind)]
    }
    return NodeZoneSeries.Zone(
      free: field(.free),
      managed: field(.managed),
      present: field(.present),
      min: field(.min),
      protection: normalClass.flatMap { PrometheusMetric.ZoneField.protection($0) }.flatMap(field)
    )
  }

  private func nodeCounters(
    _ node: NodeID,
    _ fields: [PrometheusMetric.ZoneField]
  ) -> [SampleSeries] {
    guard let zone = firstZone(of: node) else { return [] }
    return fields.compactMap { self[.zone($0), Place(node: node, zone: zone)] }
  }

  // MARK: What is missing

  private func gaps(_ history: inout HostHistory, _ nodes: [NodeID]) {
    if !series.keys.contains(where: { $0.metric == .meminfo(.slabUnreclaimable) }) {
      history.gaps.append(
        HistoryGap(
          missing: "node_exporter's meminfo collector",
          cost: "no term of the kernel's memory is told",
          remedy: "start it with --collector.meminfo (it is on by default)"
        )
      )
    }
    if !hasZones {
      history.gaps.append(
        HistoryGap(
          missing: "node_exporter's zoneinfo collector",
          cost: "headroom is not told, and neither is when it runs out",
          remedy: "start it with --collector.zoneinfo"
        )
      )
    }
    let hasNodes = series.keys.contains {
      $0.metric == .meminfo(.slabUnreclaimable) && $0.place.node != nil
    }
    if !hasNodes {
      history.gaps.append(
        HistoryGap(
          missing: "node_exporter's meminfo_numa collector",
          cost: "terms are told for the host, not for its nodes",
          remedy: "start it with --collector.meminfo_numa"
        )
      )
    }
    if self[.pinsAcquired, Place()] == nil {
      history.gaps.append(
        HistoryGap(
          missing:
            "nr_foll_pin_acquired and nr_foll_pin_released of node_exporter's vmstat collector",
          cost: "pinned pages are not told",
          remedy: "start it with --collector.vmstat.fields="
            + "'^(oom_kill|pgpg|pswp|pg.*fault|nr_foll_pin).*'"
        )
      )
    }
    if self[.bootTime, Place()] == nil {
      history.gaps.append(
        HistoryGap(
          missing: "node_exporter's stat collector",
          cost: "reboots are seen only where a level jumps",
          remedy: "start it with --collector.stat (it is on by default)"
        )
      )
    }
  }
}
