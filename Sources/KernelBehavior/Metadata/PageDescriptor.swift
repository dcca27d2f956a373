package import HostModel

/// `struct page`: the kernel's descriptor of each base page.
package enum PageDescriptor {
  /// 64 bytes on every usual 64-bit configuration.
  package static let usualSize = ByteCount(64)

  /// The descriptors of that much memory.
  package static func bytes(for memory: ByteCount, pageSize: PageSize) -> ByteCount {
    usualSize * memory.pages(of: pageSize).count
  }

  /// The memory that so many bytes of descriptors stand for.
  package static func memory(describedBy memmap: ByteCount, pageSize: PageSize) -> ByteCount {
    memmap.scaled(by: pageSize.bytes.count, over: usualSize.count)
  }
}
