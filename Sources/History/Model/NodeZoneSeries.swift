internal import Advice
internal import HostModel

/// A node's zones over time, and the headroom that they come to.
struct NodeZoneSeries {
  /// In pages.
  struct Zone {
    var free: SampleSeries?
    var managed: SampleSeries?
    var present: SampleSeries?
    var min: SampleSeries?
    var protection: SampleSeries?
  }

  /// What the kernel counts by node, in pages; each is a sum.
  struct Counters {
    var file: [SampleSeries]
    var anon: [SampleSeries]
    var unevictable: [SampleSeries]
    var slab: [SampleSeries]
  }

  private let kernel: [Zone]
  private let movable: [Zone]
  private let counters: Counters
  /// Whether user pages are told by zone: then the counters are of the kernel zones alone.
  private let isByZone: Bool
  /// In bytes.
  private let swapFree: SampleSeries?
  /// How many nodes share the swap.
  private let nodes: UInt64
  private let pageSize: PageSize

  /// `kinds` are those that the node has, as the kernel numbers them (`inOrder`); `zone` gives the series
  /// of one, by the class of `ZONE_NORMAL` in its `protection`.
  init(
    of kinds: [ZoneKind],
    counters: Counters,
    isByZone: Bool = false,
    swapFree: SampleSeries?,
    nodes: Int,
    pageSize: PageSize,
    zone: (ZoneKind, _ normalClass: Int?) -> Zone
  ) {
    let normalClass = kinds.firstIndex(of: .normal)
    kernel = kinds.filter(\.servesKernel).map { zone($0, normalClass) }
    movable = kinds.filter { $0 == .movable }.map { zone($0, normalClass) }
    self.counters = counters
    self.isByZone = isByZone
    self.swapFree = swapFree
    self.nodes = UInt64(max(1, nodes))
    self.pageSize = pageSize
  }

  static func inOrder(_ kinds: some Sequence<ZoneKind>) -> [ZoneKind] {
    let there = Set(kinds)
    return ZoneKind.numbered.filter(there.contains)
  }

  /// Whether it had to be taken for granted in which zones file pages lie.
  var sharesFilePages: Bool {
    !isByZone && movable.contains { $0.managed?.values.contains { $0 > 0 } ?? false }
  }

  func series() -> [(HistoryQuantity, SampleSeries)] {
    // Zones without a page print no counters.
    let populated = kernel.filter { $0.managed?.last?.value ?? .zero > .zero }
    guard let times = populated.last?.free?.times else { return [] }
    var headroom = SampleSeries()
    var (kernelFree, movableFree) = (SampleSeries(), SampleSeries())
    headroom.reserveCapacity(times.count)
    for time in times {
      if let free = sum(populated, \.free, at: time) {
        kernelFree.append(time, free.bytes(of: pageSize))
      }
      if let free = sum(populatedMovable, \.free, at: time), !populatedMovable.isEmpty {
        movableFree.append(time, free.bytes(of: pageSize))
      }
      if let room = self.headroom(populated, at: time) { headroom.append(time, room) }
    }
    return [
      (.headroom, headroom), (.kernelFree, kernelFree), (.movableFree, movableFree),
      (.kernelPresent, sums(populated, \.present, times)),
      (.movablePresent, sums(populatedMovable, \.present, times)),
    ].filter { !$0.1.isEmpty }
  }

  private var populatedMovable: [Zone] {
    movable.filter { $0.managed?.last?.value ?? .zero > .zero }
  }

  private func headroom(_ kernel: [Zone], at time: Int64) -> ByteCount? {
    guard let file = sum(counters.file, at: time), let anon = sum(counters.anon, at: time),
      let slab = sum(counters.slab, at: time)
    else { return nil }
    let unevictable = sum(counters.unevictable, at: time) ?? .zero
    // What of user memory is not in ZONE_MOVABLE is in the kernel zones.
    var here = file + anon + unevictable
    let all = here
    if !isByZone, let managed = sum(populatedMovable, \.managed, at: time),
      let free = sum(populatedMovable, \.free, at: time)
    {
      here = here.subtractingOrZero(managed.subtractingOrZero(free))
    }
    func part(_ pages: PageCount) -> PageCount {
      pages.scaled(by: here.count, over: max(1, all.count))
    }
    var room = PageCount.zero
    var fileHere = part(file)
    for zone in kernel.reversed() {
      guard let free = zone.free?.value(at: time), let min = zone.min?.value(at: time) else {
        return nil
      }
      let protection = zone.protection?.value(at: time) ?? .zero
      let managed = zone.managed?.value(at: time) ?? free
      let reserve = Swift.min(
        PageCount(min.count) + PageCount(protection.count),
        PageCount(managed.count)
      )
      // File pages fill the highest zone first, as allocations do.
      let most = PageCount(managed.count).subtractingOrZero(PageCount(free.count))
      let own = Swift.min(fileHere, most)
      fileHere = fileHere.subtractingOrZero(own)
      room += HeadroomFormula.open(PageCount(free.count) + own, above: reserve)
    }
    room += HeadroomFormula.reclaimable(slab: slab, of: pageSize)
    let swap = (swapFree?.value(at: time) ?? .zero).scaled(by: 1, over: nodes)
    return room.bytes(of: pageSize) + Swift.min(part(anon).bytes(of: pageSize), swap)
  }

  private func sum(
    _ zones: [Zone],
    _ field: KeyPath<Zone, SampleSeries?>,
    at time: Int64
  ) -> PageCount? {
    var sum = PageCount.zero
    for zone in zones {
      guard let value = zone[keyPath: field]?.value(at: time) else { return nil }
      sum += PageCount(value.count)
    }
    return sum
  }

  private func sum(_ series: [SampleSeries], at time: Int64) -> PageCount? {
    guard !series.isEmpty else { return nil }
    var sum = PageCount.zero
    for part in series {
      guard let value = part.value(at: time) else { return nil }
      sum += PageCount(value.count)
    }
    return sum
  }

  private func sums(
    _ zones: [Zone],
    _ field: KeyPath<Zone, SampleSeries?>,
    _ times: ContiguousArray<Int64>
  ) -> SampleSeries {
    var series = SampleSeries()
    guard !zones.isEmpty else { return series }
    for time in times {
      if let pages = sum(zones, field, at: time) { series.append(time, pages.bytes(of: pageSize)) }
    }
    return series
  }
}

extension HostHistory {
  /// Takes in what a node's zones come to; its headroom.
  mutating func add(_ walk: NodeZoneSeries, of node: NodeID) -> SampleSeries {
    for (quantity, samples) in walk.series() {
      self[HistoryKey(quantity, node: node)] = samples
    }
    return self[HistoryKey(.headroom, node: node)] ?? SampleSeries()
  }
}
