package import HostModel

/// `struct page_ext`: what the kernel keeps for each page beside its descriptor, where a debugging
/// option asks for it (mm/page_ext.c). It counts it as memmap that came after boot, for boot memory
/// too: page extensions are allocated once the page allocator works.
package enum PageExtension {
  /// A record of page_owner with the flags that go with it: bytes a page.
  package static func pageOwner(_ kernel: Kernel) -> ByteCount { pageOwnerSizes.value(for: kernel) }

  /// A tag of allocation profiling (`struct page_alloc_tagging`), where it is not compressed.
  package static let allocationTag = ByteCount(8)

  /// `struct page_owner` of mm/page_owner.c and the 8 bytes of `struct page_ext`.
  private static let pageOwnerSizes = ReleaseTable(
    oldest: ByteCount(24),
    later: [(KernelRelease(6, 1), ByteCount(64)), (KernelRelease(6, 12), ByteCount(72))]
  )
}
