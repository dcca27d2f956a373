package import HostModel
internal import KernelBehavior

/// The size of the kernel's page descriptor, and what follows from it.
package enum StructPage {
  /// 64 bytes on every usual 64-bit configuration.
  package static let bytes = PageDescriptor.size

  /// The descriptors of that much memory.
  package static func memmap(of memory: ByteCount, pageSize: PageSize) -> ByteCount {
    PageDescriptor.bytes(for: memory, pageSize: pageSize)
  }

  /// MOVABLE:KERNEL at which the descriptors alone would fill the kernel zones: 63:1 with 4 KiB.
  package static func metadataBound(pageSize: PageSize) -> MovableRatio {
    MovableRatio(movable: pageSize.bytes.count / bytes.count - 1, kernel: 1)
  }
}
