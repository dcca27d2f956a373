package import HostModel

/// What headroom is summed up from: the same for a host that is read and for one that a monitoring
/// program wrote down.
package enum HeadroomFormula {
  /// What a zone has open for the kernel: free and evictable pages, down to what stops an ordinary
  /// allocation.
  package static func open(_ freeAndFile: PageCount, above reserve: PageCount) -> PageCount {
    freeAndFile.subtractingOrZero(reserve)
  }

  /// What is given back of a node's reclaimable slab, the nodes of page cache's trees that hold traces
  /// alone left out: all but what is in use, half of it as the kernel counts on for MemAvailable
  /// (mm/show_mem.c, `si_mem_available`), and at most what the file systems of a booted kernel hold.
  package static func reclaimable(slab: PageCount, of pageSize: PageSize) -> PageCount {
    slab.subtractingOrZero(min(PageCount(slab.count / 2), slabInUse.pages(of: pageSize)))
  }

  /// Dentries and inodes of sysfs, devtmpfs and the like: 5 to 8 MiB on every machine that was booted.
  private static let slabInUse = ByteCount.mebibytes(8)
}
