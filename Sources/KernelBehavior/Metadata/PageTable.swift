package import HostModel

/// Page tables: the kernel's entries for what is mapped.
package enum PageTable {
  /// Memory that one byte of the lowest page tables maps: an entry of 8 bytes for each base page.
  package static func reach(_ pageSize: PageSize) -> UInt64 { pageSize.bytes.count / 8 }

  /// The page tables for that much memory, mapped once in base pages: 1/512 of it with 4 KiB pages,
  /// 1/2048 with 16 KiB, 1/8192 with 64 KiB.
  package static func bytes(mapping memory: ByteCount, pageSize: PageSize) -> ByteCount {
    memory.scaled(by: 1, over: reach(pageSize))
  }
}
