/// The counters of a zone, of a node or of the host, each with its unit.
package struct MemoryCounters: Hashable, Sendable {
  package var table: CounterTable
  /// Where the table stands.
  package var input: Input

  package init(
    _ table: CounterTable = CounterTable(of: .memory),
    in input: Input = Input("/proc/vmstat")
  ) {
    self.table = table
    self.input = input
  }

  /// Whether the kernel printed that counter.
  package func has(_ counter: MemoryCounter) -> Bool { table.has(counter) }

  /// A counter of pages.
  package subscript(counter: MemoryCounter) -> Reading<PageCount> {
    table.pages(counter, in: input)
  }

  /// Adds a counter behind the others.
  package mutating func append(_ counter: MemoryCounter, _ pages: PageCount) {
    table.append(name: counter.text, value: pages.count)
  }
}

extension MemoryCounters {
  package var freePages: Reading<PageCount> { self[.freePages] }
  /// Free pages of CMA areas: not for the kernel's own allocations.
  package var freeCMA: Reading<PageCount> { self[.freeCMA] }
  package var mlocked: Reading<PageCount> { self[.mlocked] }
  /// Pages of zsmalloc, which move since 4.8.
  package var zspages: Reading<PageCount> { self[.zspages] }
  package var secondaryPageTables: Reading<PageCount> { self[.secondaryPageTables] }
  package var balloon: Reading<PageCount> { self[.balloon] }
  package var balloonInflated: Reading<PageCount> { self[.balloonInflated] }
  package var balloonDeflated: Reading<PageCount> { self[.balloonDeflated] }
  /// Page descriptors that came after boot.
  package var memmap: Reading<PageCount> { self[.memmap] }
  package var bootMemmap: Reading<PageCount> { self[.bootMemmap] }

  /// Pins that are held now: acquired less released. Counts of several cpus that are read one after
  /// the other may come out below zero, which stands for none.
  package var outstandingPins: Reading<PageCount> {
    self[.pinsAcquired].subtractingOrZero(self[.pinsReleased])
  }
}
