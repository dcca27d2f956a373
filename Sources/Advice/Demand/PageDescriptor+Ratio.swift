package import HostModel
package import KernelBehavior

extension PageDescriptor {
  /// MOVABLE:KERNEL at which the descriptors alone would fill the kernel zones: 63:1 with 4 KiB.
  package static func metadataBound(pageSize: PageSize) -> MovableRatio {
    // Memory is added to 64-bit kernels only.
    MovableRatio(movable: PageDescriptor(pageSize, on: nil).reach - 1, kernel: 1)
  }
}
