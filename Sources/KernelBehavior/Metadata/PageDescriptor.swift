package import HostModel

/// `struct page`: the kernel's descriptor of each base page.
package enum PageDescriptor {
  /// 64 bytes on every usual 64-bit configuration.
  package static let usualSize = ByteCount(64)

  /// The descriptors of that much memory.
  package static func bytes(for memory: ByteCount, pageSize: PageSize) -> ByteCount {
    usualSize * memory.pages(of: pageSize).count
  }
}
