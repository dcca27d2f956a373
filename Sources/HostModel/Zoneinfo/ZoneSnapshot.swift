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
  package var pages = CounterTable(of: .zoneSizes)
  /// Pages that each higher zone's requests must leave alone here, by zone index.
  package var protection: [UInt64] = []
  /// `nr_free_pages` and the other counters behind `protection`.
  package var counterTable = CounterTable(of: .memory)
  /// The per-cpu page lists, one entry per cpu (two before 2.6.26: hot and cold).
  package var pagesets: [PagesetSnapshot] = []
  /// Pageset keys that no released kernel is known to print.
  package var pagesetExtras = CounterTable()
  /// `start_pfn` and whatever else follows the pagesets.
  package var trailer = CounterTable(of: .zoneSizes)

  package init(node: NodeID, kind: ZoneKind, line: Int) {
    self.node = node
    self.kind = kind
    self.line = line
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
  /// Kernels before 3.10 do not print it; there it is unknown.
  package var managed: Reading<PageCount> { pages.pages(ZoneSize.managed, in: input) }
  /// Pages in CMA areas; a kernel that prints none (before about 5.12) leaves it unknown.
  package var cma: Reading<PageCount> { pages.pages(ZoneSize.cma, in: input) }
  /// The first frame; printed for populated zones only.
  package var startPFN: Reading<PageFrameNumber> {
    trailer.reading(ZoneSize.startPFN, in: input).map { PageFrameNumber($0) }
  }

  /// RAM of the zone. Every kernel prints it, so that a record without it is refused as a whole.
  package var presentPages: PageCount { PageCount(pages.number(ZoneSize.present) ?? 0) }

  /// Whether the zone has any page of RAM.
  package var isPopulated: Bool { presentPages > 0 }

  /// The frame behind the last one.
  package var endPFN: Reading<PageFrameNumber> { startPFN.and(spanned).map { $0 + $1 } }

  /// Free pages on the per-cpu lists.
  package var perCPUFree: PageCount { PageCount(pagesets.reduce(0) { $0 &+ $1.count }) }

  /// A gauge among the zone's counters, refused where it exceeds what the zone spans.
  package func gauge(_ counter: MemoryCounter) -> Reading<PageCount> {
    counters[counter].flatMap { value in
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

  /// Pages of one LRU list.
  package func lru(_ list: LRUList) -> Reading<PageCount> {
    gauge(list.zoneCounter).or(gauge(list.nodeCounter))
  }

  /// Pages of all five LRU lists.
  package var allLRU: Reading<PageCount> { LRUList.allCases.total { lru($0) } }

  /// Pages that are neither free nor on a list from which they could move: kernel memory, HugeTLB
  /// pages and what a balloon holds.
  package var hardUse: Reading<PageCount> {
    managed.and(free).and(allLRU).map { sizes, lru in
      sizes.0 - sizes.1 - perCPUFree - lru - (counters.zspages.value ?? .zero)
    }
  }
}
