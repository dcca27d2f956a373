/// One zone's record in /proc/zoneinfo.
///
/// The record is kept in the kernel's own four parts, so that an unknown key is never lost and equal
/// names in different parts (`high`) never meet.
package struct ZoneSnapshot: Hashable, Sendable {
  package var node: NodeID
  package var kind: ZoneKind
  /// Line of the file on which the record begins, for messages.
  package var line: Int
  /// `pages free` down to `cma`: watermarks and sizes.
  package var pages: CounterTable
  /// Pages that each higher zone's requests must leave alone here, by zone index.
  package var protection: [UInt64] = []
  /// `nr_free_pages` and the other counters behind `protection`.
  package var counterTable: CounterTable
  /// The per-cpu page lists, one entry per cpu (two before 2.6.26: hot and cold).
  package var pagesets: [PagesetSnapshot] = []
  /// Pageset keys that no released kernel is known to print.
  package var pagesetExtras = CounterTable()
  /// Whether the kernel prints no `managed`, so that `present` stands in for it.
  ///
  /// Kernels before 3.8 took the memmap off `present` and sized their watermarks by it
  /// (mm/page_alloc.c, `free_area_init_core`, `setup_per_zone_wmarks`): it is `managed` but for what
  /// boot reserved.
  package var presentIsManaged = false
  /// `start_pfn` and whatever else follows the pagesets.
  package var trailer: CounterTable

  package init(
    node: NodeID,
    kind: ZoneKind,
    line: Int,
    pages: CounterTable = CounterTable(of: .zoneSizes),
    counterTable: CounterTable = CounterTable(of: .memory),
    trailer: CounterTable = CounterTable(of: .zoneSizes)
  ) {
    self.node = node
    self.kind = kind
    self.line = line
    self.pages = pages
    self.counterTable = counterTable
    self.trailer = trailer
  }

  /// Where the numbers come from, for the reader.
  package var input: Input { Input("/proc/zoneinfo", node: node, zone: kind) }

  package var counters: MemoryCounters {
    get { MemoryCounters(counterTable, in: input) }
    set { counterTable = newValue.table }
  }
}

extension ZoneSnapshot {
  /// Pages in the buddy allocator's free lists.
  package var free: Reading<PageCount> { pages.pages(ZoneSize.free, in: input) }
  /// The watermark below which an ordinary allocation fails, boost included.
  package var minWatermark: Reading<PageCount> { pages.pages(ZoneSize.min, in: input) }
  package var lowWatermark: Reading<PageCount> { pages.pages(ZoneSize.low, in: input) }
  package var highWatermark: Reading<PageCount> { pages.pages(ZoneSize.high, in: input) }
  /// First to last frame, holes included.
  package var spanned: Reading<PageCount> { pages.pages(ZoneSize.spanned, in: input) }
  /// Spanned without the holes: RAM, reserved pages included.
  package var present: Reading<PageCount> { pages.pages(ZoneSize.present, in: input) }
  /// Pages the buddy allocator owns: present minus reserved.
  ///
  /// Kernels before 3.9 do not print it: there `present` stands in.
  package var managed: Reading<PageCount> { presentIsManaged ? present : partOfPresent(.managed) }
  /// Pages in CMA areas; a kernel that prints none (before about 5.12) leaves it unknown.
  package var cma: Reading<PageCount> { partOfPresent(.cma) }
  /// The first frame; printed for populated zones only.
  package var startPFN: Reading<PageFrameNumber> {
    trailer.reading(ZoneSize.startPFN, in: input).map { PageFrameNumber($0) }
  }

  /// RAM of the zone. Every kernel prints it, so that a record without it is refused as a whole.
  package var presentPages: PageCount { PageCount(pages.number(ZoneSize.present) ?? 0) }

  private func partOfPresent(_ size: ZoneSize) -> Reading<PageCount> {
    pages.pages(size, in: input).flatMap { part in
      guard part > presentPages else { return .known(part) }
      return .unknown(
        .rejected(
          input: input.description,
          field: size.text,
          why: "\(part) pages in a zone of which \(presentPages) are present"
        )
      )
    }
  }

  /// Present pages that the buddy allocator does not own.
  package var reserved: Reading<PageCount> { present - managed }

  /// Whether the zone has any page of RAM.
  package var isPopulated: Bool { presentPages > 0 }

  /// First to last frame, holes included.
  package var frames: Reading<FrameRange> {
    startPFN.and(spanned).map { FrameRange(start: $0, pages: $1) }
  }

  /// Free pages on the per-cpu lists.
  package var perCPUFree: PageCount { PageCount(pagesets.reduce(0) { $0 &+ $1.count }) }

  /// A gauge among the zone's counters, refused where it exceeds what the zone spans.
  package func gauge(_ counter: MemoryCounter) -> Reading<PageCount> {
    if let pages = soundGauge(counter) { return .known(pages, from: input.at(counter.text)) }
    return counters[counter].flatMap { value in
      guard let spanned = spanned.value, value > spanned else { return .known(value) }
      return .unknown(
        .rejected(
          input: input.description,
          field: counter.text,
          why: "\(value) pages in a zone that spans \(spanned)"
        )
      )
    }
  }

  /// The same where it can be trusted: most zones can, and nothing has to be said about them.
  private func soundGauge(_ counter: MemoryCounter) -> PageCount? {
    guard let value = counterTable.soundPages(counter),
      let spanned = pages.soundPages(ZoneSize.spanned), value <= spanned
    else { return nil }
    return value
  }

  /// Pages of one LRU list.
  package func lru(_ list: LRUList) -> Reading<PageCount> {
    gauge(list.zoneCounter).or(gauge(list.nodeCounter))
  }

  /// Pages of all five LRU lists.
  package var allLRU: Reading<PageCount> {
    var sum = PageCount.zero
    for list in LRUList.allCases {
      guard let pages = soundGauge(list.zoneCounter) else {
        return LRUList.allCases.total { lru($0) }
      }
      sum += pages
    }
    return .known(sum, from: input)
  }

  /// Pages that are neither free nor on a list from which they could move: kernel memory, HugeTLB
  /// pages and what a balloon holds.
  package var hardUse: Reading<PageCount> {
    let others = perCPUFree + (counters.zspages.value ?? .zero)
    return managed.without(free + allLRU + .known(others), lag: counterLag)
  }

  /// Free pages that a kernel allocation could get: free CMA pages are not among them.
  package var freeForKernel: Reading<PageCount> {
    (free + .known(perCPUFree))
      .without(.known(counters.freeCMA.value ?? .zero), lag: counterLag)
  }

  /// By how much the zone's counters may disagree and all be true.
  ///
  /// Each of free, five LRU lists and zspages lags by up to 125 pages a cpu (mm/vmstat.c,
  /// `calculate_normal_threshold`), and a page on a per-cpu list may have been counted as free a
  /// moment before. A slim capture has the lists of all cpus in one: there 1/64 of the zone is more.
  private var counterLag: PageCount {
    let ofCPUs = PageCount(125 * 7) * UInt64(pagesets.count)
    return Swift.max(ofCPUs, presentPages.scaled(by: 1, over: 64)) + perCPUFree
  }
}
