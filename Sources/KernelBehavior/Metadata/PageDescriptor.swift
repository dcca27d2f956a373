package import HostModel

/// `struct page`: the kernel's descriptor of each base page. Nothing else knows its size.
package struct PageDescriptor: Hashable, Sendable {
  package var pageSize: PageSize
  /// Bytes of one descriptor.
  package var size: ByteCount

  /// - Parameters:
  ///   - pageSize: The base page size.
  ///   - architecture: Of 32-bit kernels a descriptor has words of 4 bytes; nil where it is not known,
  ///     which is taken for a 64-bit one.
  package init(_ pageSize: PageSize, on architecture: Architecture?) {
    self.pageSize = pageSize
    // Flags, five words, two counters and the memory cgroup (include/linux/mm_types.h), aligned to two
    // words: 64 bytes and 36, which become 40.
    size = architecture?.is64Bit ?? true ? 64 : 40
  }

  /// The descriptors of a host's pages.
  package init(_ pageSize: PageSize, of snapshot: HostSnapshot) {
    self.init(pageSize, on: snapshot.architecture.value)
  }

  /// The descriptors of that much memory.
  package func bytes(for memory: ByteCount) -> ByteCount {
    size * memory.pages(of: pageSize).count
  }

  /// Whole pages of descriptors for that many pages.
  package func pages(for pages: PageCount) -> PageCount {
    pages.scaled(by: size.count, over: pageSize.bytes.count)
  }

  /// The memory that so many bytes of descriptors are for.
  package func memory(describedBy memmap: ByteCount) -> ByteCount {
    memmap.scaled(by: pageSize.bytes.count, over: size.count)
  }

  /// The pages that so many pages of descriptors are for.
  package func described(by memmap: PageCount) -> PageCount {
    memmap.scaled(by: pageSize.bytes.count, over: size.count)
  }

  /// How much memory one byte of descriptors is for.
  package var reach: UInt64 { pageSize.bytes.count / size.count }
}
