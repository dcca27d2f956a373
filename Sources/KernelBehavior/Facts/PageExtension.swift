package import HostModel

/// `struct page_ext`: what the kernel keeps for each page beside its descriptor, where a debugging
/// option asks for it (mm/page_ext.c). It counts it as memmap that came after boot, for boot memory
/// too: page extensions are allocated once the page allocator works.
package enum PageExtension {
  /// A record of page_owner with the word of flags that goes with it: bytes a page.
  package static func pageOwner(_ kernel: Kernel) -> ByteCount {
    records.value(for: kernel) + word(kernel)
  }

  /// A tag of allocation profiling (`union codetag_ref`: a pointer), where it is not compressed.
  package static func allocationTag(_ kernel: Kernel) -> ByteCount { word(kernel) }

  private static func word(_ kernel: Kernel) -> ByteCount {
    kernel.architecture.value?.is64Bit ?? true ? 8 : 4
  }

  /// `struct page_owner` of mm/page_owner.c, which has no words.
  private static let records = ReleaseTable(
    oldest: ByteCount(16),
    later: [(KernelRelease(6, 1), ByteCount(56)), (KernelRelease(6, 12), ByteCount(64))]
  )
}
