package import HostModel

/// What headroom is summed up from: the same for a host that is read and for one that a monitoring
/// program wrote down.
package enum HeadroomFormula {
  /// What a zone has open for the kernel: free and evictable pages, down to what stops an ordinary
  /// allocation.
  package static func open(_ freeAndFile: PageCount, above reserve: PageCount) -> PageCount {
    freeAndFile.subtractingOrZero(reserve)
  }

  /// What the kernel counts on getting back of a node's reclaimable slab. It keeps some whatever the
  /// pressure: half, or the low watermarks where half is more, as in its own estimate for MemAvailable
  /// (mm/show_mem.c, `si_mem_available`).
  package static func reclaimable(slab: PageCount, low: PageCount) -> PageCount {
    slab.subtractingOrZero(min(PageCount(slab.count / 2), low))
  }
}
