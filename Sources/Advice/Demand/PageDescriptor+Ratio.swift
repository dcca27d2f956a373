package import HostModel
package import KernelBehavior

extension PageDescriptor {
  /// MOVABLE:KERNEL at which the descriptors alone would fill the kernel zones: 63:1 with 4 KiB.
  package static func metadataBound(pageSize: PageSize) -> MovableRatio {
    MovableRatio(movable: pageSize.bytes.count / size.count - 1, kernel: 1)
  }
}
