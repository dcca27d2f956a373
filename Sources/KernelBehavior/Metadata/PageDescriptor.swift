package import HostModel

/// `struct page`: the kernel's descriptor of each base page. Nothing else knows its size.
package enum PageDescriptor {
  /// 64 bytes on every usual 64-bit configuration.
  package static let size = ByteCount(64)

  /// The descriptors of that much memory.
  package static func bytes(for memory: ByteCount, pageSize: PageSize) -> ByteCount {
    size * memory.pages(of: pageSize).count
  }

  /// Whole pages of descriptors for that many pages.
  package static func pages(for pages: PageCount, pageSize: PageSize) -> PageCount {
    pages.scaled(by: size.count, over: pageSize.bytes.count)
  }

  /// The memory that so many bytes of descriptors are for.
  package static func memory(describedBy memmap: ByteCount, pageSize: PageSize) -> ByteCount {
    memmap.scaled(by: pageSize.bytes.count, over: size.count)
  }

  /// The pages that so many pages of descriptors are for.
  package static func described(by memmap: PageCount, pageSize: PageSize) -> PageCount {
    memmap.scaled(by: pageSize.bytes.count, over: size.count)
  }
}
