package import HostModel

/// What a kernel has taken of its memory once a small guest is up, before any workload.
///
/// Measured, not derived: Debian's cloud kernels with one CPU and an init that does nothing, with room
/// for hot-added memory (Documentation/growth.md has the boots). Two parts grow with the memory:
/// the descriptors of boot memory, and the dentry and inode hash tables.
package struct BootBaseline: Hashable, Sendable {
  /// Reserved before the page allocator starts, whatever the size: kernel image, bounce buffers.
  package var reserved: ByteCount
  /// Taken from the page allocator: slab, per-cpu memory, the init file system.
  package var used: ByteCount
  /// The parts of `used` that the kernel counts by name.
  package var parts: Parts
  /// The kernel that it was measured on.
  package var kernel: String
  /// Whether somebody said how much it is: then all of it, bounce buffers and tables too.
  package private(set) var isStated = false

  /// From /proc/meminfo of the same kernels with one CPU and 2 GiB.
  package struct Parts: Hashable, Sendable {
    package var slabUnreclaimable: ByteCount
    package var slabReclaimable: ByteCount
    package var kernelStacks: ByteCount
    package var pageTables: ByteCount
    package var percpu: ByteCount
  }

  /// All in KiB; parts in the order of their properties.
  init(_ reserved: UInt64, _ used: UInt64, _ parts: [5 of UInt64], _ kernel: String) {
    self.reserved = .kibibytes(reserved)
    self.used = .kibibytes(used)
    self.parts = Parts(
      slabUnreclaimable: .kibibytes(parts[0]),
      slabReclaimable: .kibibytes(parts[1]),
      kernelStacks: .kibibytes(parts[2]),
      pageTables: .kibibytes(parts[3]),
      percpu: .kibibytes(parts[4])
    )
    self.kernel = kernel
  }

  /// The same for a kernel of which it is known how much it holds in all: a microVM's is smaller than
  /// a distribution's. The parts keep their proportions.
  package func holding(_ total: ByteCount) -> BootBaseline {
    let own = reserved.subtractingOrZero(Self.bounceBuffers) + used
    func scaled(_ size: ByteCount) -> ByteCount {
      size.scaled(by: total.count, over: max(1, own.count))
    }
    var result = self
    result.reserved = scaled(reserved.subtractingOrZero(Self.bounceBuffers))
    result.used = scaled(used)
    result.parts = Parts(
      slabUnreclaimable: scaled(parts.slabUnreclaimable),
      slabReclaimable: scaled(parts.slabReclaimable),
      kernelStacks: scaled(parts.kernelStacks),
      pageTables: scaled(parts.pageTables),
      percpu: scaled(parts.percpu)
    )
    result.isStated = true
    return result
  }

  /// What was measured on the newest kernel that is not newer than this one; on the newest of all
  /// where its version is not known, which takes the most.
  package static func of(_ kernel: Kernel) -> BootBaseline { measured.value(for: kernel) }

  /// Never in the page allocator's hands on a machine with that much memory.
  ///
  /// - Parameters:
  ///   - memory: RAM that the machine boots with.
  ///   - descriptor: What describes each of its pages.
  ///   - hasBounceBuffers: Whether memory lies, or may come, above 4 GiB: only then devices that
  ///     can't reach all of it get bounce buffers (arch/x86/kernel/pci-dma.c).
  /// - Returns: The image, boot tables and descriptors.
  package func reserved(
    of memory: ByteCount,
    describedBy descriptor: PageDescriptor,
    hasBounceBuffers: Bool = true
  ) -> ByteCount {
    if isStated { return reserved + descriptor.bytes(for: memory) }
    // 8 bytes for each 8 KiB (dentries) and each 16 KiB (inodes).
    let hashTables = memory.scaled(by: 3, over: 2048)
    let fixed = hasBounceBuffers ? reserved : reserved.subtractingOrZero(Self.bounceBuffers)
    return fixed + descriptor.bytes(for: memory) + hashTables
  }

  /// The software IO TLB's default size (include/linux/swiotlb.h).
  private static let bounceBuffers = ByteCount.mebibytes(64)

  /// Taken from the page allocator: the fixed part, and what grows by about 0.9 MiB a GiB.
  package func used(of memory: ByteCount) -> ByteCount {
    isStated ? used : used + memory.scaled(by: 9, over: 10_240)
  }
}
