package import HostModel
package import KernelBehavior

/// One node's memory as the account of kernel memory sees it, in bytes.
package struct NodeAccount: Hashable, Sendable {
  package var node: NodeID
  package var cpuCount: Reading<Int>

  /// RAM in zones that kernel allocations come from, reserved pages included, CMA areas included.
  package var kernelPresent: ByteCount
  /// RAM in ZONE_HIGHMEM of a 32-bit kernel: no kernel memory, and not set apart for movable pages;
  /// ZONE_MOVABLE is cut from it.
  package var highPresent: ByteCount
  package var highFree: ByteCount
  /// RAM in ZONE_MOVABLE.
  package var movablePresent: ByteCount
  /// CMA areas in kernel zones: only movable pages may live there.
  package var cma: ByteCount

  /// Pages that the buddy allocator owns in the zones that kernel allocations come from.
  package var kernelManaged: Reading<ByteCount>
  /// Memory there that the kernel counts and initialises only when it is asked for.
  package var kernelWaiting: ByteCount
  package var movableManaged: Reading<ByteCount>
  /// Free pages there, per-cpu lists included; free CMA pages are not for the kernel.
  package var kernelFree: Reading<ByteCount>
  package var movableFree: Reading<ByteCount>

  /// managed − free − LRU − zspages − movable hugetlb, over the kernel zones.
  package var hardUse: Reading<ByteCount>
  /// HugeTLB memory in the kernel zones that can't move.
  package var hugePagesInKernel: HugePagesInKernel
  /// Anonymous, shmem and mlocked pages in kernel zones.
  package var userPages: Reading<ByteCount>
  /// What of the kernel zones user pages may have: what the kernel doesn't hold, less watermarks and
  /// lowmem protection.
  package var openToUsers: Reading<ByteCount>
  /// What the kernel finds there, once user pages have that, before kswapd is woken.
  package var slack: Reading<ReclaimSlack>
  /// What user pages have of ZONE_MOVABLE, or may have.
  package var movableForUsers: Reading<ByteCount>
  /// Anonymous and shmem pages in kernel zones beside a Movable zone: without swap they stay.
  package var stuckUserPages: Reading<ByteCount>
  /// Unevictable pages in kernel zones that nobody mlocked: ramfs, secret memory, guest memory.
  package var unevictableKernel: Reading<ByteCount>
  /// Pages with outstanding long-term pins, as far as they can be in kernel zones.
  package var pinned: Reading<ByteCount>
  /// What ordinary kernel allocations can't take: min watermarks and lowmem protection.
  package var reserve: Reading<ByteCount>
  /// Slab that is given back before an ordinary allocation fails: part of the headroom.
  package var reclaimableSlab: Reading<ByteCount>
  /// How much more unmovable memory the kernel can take.
  package var headroom: Reading<ByteCount>

  /// What the kernel holds of its zones, user pages that are only stuck there left out.
  package var heldForGood: ByteCount {
    (use.value ?? .zero).subtractingOrZero(stuckUserPages.value ?? .zero)
  }

  /// RAM in kernel zones that the buddy allocator never gets: kernel image, boot tables.
  package var kernelReserved: ByteCount {
    let gap = (.known(kernelPresent) - kernelManaged).value ?? .zero
    return gap.subtractingOrZero(kernelWaiting)
  }

  /// The same in ZONE_MOVABLE, with what a balloon took and what describes itself.
  package var movableReserved: Reading<ByteCount> { .known(movablePresent) - movableManaged }

  package var ratioKernel: ByteCount { kernelPresent.subtractingOrZero(cma) }
  /// What ordinary kernel allocations can't use: CMA areas and HighMem stand with ZONE_MOVABLE.
  package var ratioMovable: ByteCount { movablePresent + cma + highPresent }
  package var ratio: MovableRatio { MovableRatio(ratioMovable, to: ratioKernel) }
  package var total: ByteCount { kernelPresent + highPresent + movablePresent }

  /// What no boot argument makes kernel memory: HighMem, and Movable that was cut from it.
  package var outOfReach: ByteCount { highPresent > .zero ? highPresent + movablePresent : .zero }

  /// What the kernel zones hold for good: hard use and the LRU pages that can't leave.
  ///
  /// Kernels before 5.7 count no pins: there the use is without them, and the report says so.
  package var use: Reading<ByteCount> {
    hardUse + .known(pinned.value ?? .zero) + stuckUserPages + unevictableKernel
  }

  /// HugeTLB pages in kernel zones, by what can be done about them.
  package struct HugePagesInKernel: Hashable, Sendable {
    package var gigantic = ByteCount.zero
    /// Not gigantic, on an architecture that can't migrate them.
    package var unmovable = ByteCount.zero
    /// Not gigantic and migratable: they can leave, so they are not hard use.
    package var movable = ByteCount.zero

    package init() {}
  }
}
