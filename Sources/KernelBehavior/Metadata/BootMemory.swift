package import HostModel

/// How much of a host's memory was there at boot, which the kernel does not say.
///
/// From 6.11 on it counts the page descriptors of boot memory (`nr_memmap_boot_pages`). Optimised
/// huge pages give theirs back and lower that count (`free_vmemmap_page`), so what they can have
/// given back is added again; and boot memory ends where a range of /proc/iomem does.
package enum BootMemory {
  /// Pages that had descriptors when the host was up, at most; nil where the kernel does not count
  /// them.
  ///
  /// Whole sections have descriptors, so it is at least as much as the boot memory itself.
  ///
  /// - Parameters:
  ///   - snapshot: The host.
  ///   - node: One node of it, which only 6.11 counted; nil for the host.
  ///   - pageSize: The base page size.
  /// - Returns: The pages.
  package static func described(
    in snapshot: HostSnapshot,
    on node: NodeID? = nil,
    pageSize: PageSize
  ) -> PageCount? {
    let place = node.map { id in snapshot.nodes.value?.first { $0.id == id } } ?? nil
    let counters = node == nil ? snapshot.vmstat.value : place?.vmstat.value
    guard let counted = counters?.bootMemmap.value, counted > 0 else { return nil }
    let pools = node == nil ? snapshot.hugePages.pools.value : place?.hugePagePools
    let given = (pools ?? []).map { givenBack(by: $0, in: snapshot, pageSize: pageSize) }.total()
    return PageDescriptor(pageSize, of: snapshot).described(by: counted + given)
  }

  /// Pages of descriptors that the pages of a pool may have given back.
  private static func givenBack(
    by pool: HugePagePool,
    in snapshot: HostSnapshot,
    pageSize: PageSize
  ) -> PageCount {
    guard snapshot.hugePageOptimization == true,
      Kernel(snapshot).hasOrAssumed(.optimizationLeavesBootMemmap)
    else { return .zero }
    let own = PageDescriptor(pageSize, of: snapshot).pages(for: pool.size.pages(of: pageSize))
    // A huge page of one page of descriptors keeps it.
    return own > 1 ? own * (pool.total.value ?? 0) : .zero
  }

  /// Whether it is known that all of the memory blocks were there at boot.
  package static func isEverything(in snapshot: HostSnapshot, pageSize: PageSize) -> Bool {
    guard let described = described(in: snapshot, pageSize: pageSize),
      let table = snapshot.memoryBlocks.value
    else { return false }
    let all = table.blockSize.pages(of: pageSize) * UInt64(table.blocks.count)
    return described >= all
  }
}
