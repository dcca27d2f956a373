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
  package var pages = CounterTable()
  /// Pages that each higher zone's requests must leave alone here, by zone index.
  package var protection: [UInt64] = []
  /// `nr_free_pages` and the other counters behind `protection`.
  package var counters = CounterTable()
  /// The per-cpu page lists, one entry per cpu (two before 2.6.26: hot and cold).
  package var pagesets: [PagesetSnapshot] = []
  /// Pageset keys that no released kernel is known to print.
  package var pagesetExtras = CounterTable()
  /// `start_pfn` and whatever else follows the pagesets.
  package var trailer = CounterTable()

  package init(node: NodeID, kind: ZoneKind, line: Int) {
    self.node = node
    self.kind = kind
    self.line = line
  }

  /// Where the numbers come from, for the reader.
  package var input: String { "/proc/zoneinfo node \(node) \(kind.name)" }
}

/// The free pages that one cpu keeps for itself in one zone.
package struct PagesetSnapshot: Hashable, Sendable {
  package var cpu: UInt32
  /// Pages on the list: free, but not in `nr_free_pages`.
  package var count: UInt64 = 0
  package var high: UInt64 = 0
  package var batch: UInt64 = 0
  package var highMin: UInt64?
  package var highMax: UInt64?
  /// `vm stats threshold`, per cpu since 2.6.18.
  package var statThreshold: UInt64?

  package init(cpu: UInt32) { self.cpu = cpu }
}

extension ZoneSnapshot {
  /// Pages in the buddy allocator's free lists.
  package var free: Reading<PageCount> { pages.pages("free", in: input) }
  /// The watermark below which an ordinary allocation fails, boost included.
  package var minWatermark: Reading<PageCount> { pages.pages("min", in: input) }
  package var lowWatermark: Reading<PageCount> { pages.pages("low", in: input) }
  package var highWatermark: Reading<PageCount> { pages.pages("high", in: input) }
  /// First to last frame, holes included.
  package var spanned: Reading<PageCount> { pages.pages("spanned", in: input) }
  /// Spanned without the holes: RAM, reserved pages included.
  package var present: Reading<PageCount> { pages.pages("present", in: input) }
  /// Pages the buddy allocator owns: present minus reserved.
  ///
  /// Kernels before 3.10 do not print it; there it is unknown.
  package var managed: Reading<PageCount> { pages.pages("managed", in: input) }
  /// Pages in CMA areas; a kernel that prints none (before about 5.12) leaves it unknown.
  package var cma: Reading<PageCount> { pages.pages("cma", in: input) }
  /// The first frame; printed for populated zones only.
  package var startPFN: Reading<PageFrameNumber> {
    trailer.reading("start_pfn", in: input).map { PageFrameNumber($0) }
  }

  /// Whether the zone has any page of RAM.
  package var isPopulated: Bool { (pages["present"] ?? 0) > 0 }

  /// The frame behind the last one.
  package var endPFN: Reading<PageFrameNumber> { startPFN.and(spanned).map { $0 + $1 } }

  /// Free pages on the per-cpu lists.
  package var perCPUFree: PageCount { PageCount(pagesets.reduce(0) { $0 &+ $1.count }) }

  /// A gauge among the zone's counters, refused where it exceeds what the zone spans.
  package func gauge(_ name: String) -> Reading<PageCount> {
    counters.pages(name, in: input).flatMap { value in
      guard let spanned = pages["spanned"], value.count > spanned else { return .known(value) }
      return .unknown(
        .rejected(
          input: input,
          field: name,
          why: "\(value) pages in a zone that spans \(spanned)"
        )
      )
    }
  }
}
