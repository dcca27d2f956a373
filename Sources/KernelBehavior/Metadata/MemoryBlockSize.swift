package import HostModel

/// The unit in which memory goes online, where no running kernel tells it.
package enum MemoryBlockSize {
  /// What a kernel chooses at boot.
  ///
  /// - Parameters:
  ///   - kernel: Its release decides how large a section of sparse memory is.
  ///   - architecture: On x86-64 the end of boot memory decides (arch/x86/mm/init_64.c,
  ///     `probe_memory_block_size`); elsewhere it is the section or the firmware's word.
  ///   - pageSize: The base page size.
  ///   - bootEnd: The address behind the last byte of boot memory.
  ///   - isVirtual: Whether a hypervisor announces itself.
  /// - Returns: A power of two.
  package static func chosen(
    by kernel: Kernel,
    architecture: Architecture,
    pageSize: PageSize,
    bootEnd: ByteCount,
    isVirtual: Bool
  ) -> ByteCount {
    var kernel = kernel
    kernel.architecture = .known(architecture)
    let section = ByteCount.mebibytes(128)
    switch architecture {
    case .x86_64:
      guard bootEnd >= .gibibytes(64) else { return section }
      let largest = ByteCount.gibibytes(2)
      guard isVirtual else { return largest }
      var size = largest
      while size > section, bootEnd.roundedDown(to: size) != bootEnd {
        size = size.scaled(by: 1, over: 2)
      }
      return size
    case .arm64:
      guard kernel.hasOrAssumed(.smallSectionsARM64) else { return .gibibytes(1) }
      return pageSize == .kib64 ? .mebibytes(512) : section
    case .s390x: return kernel.lacks(.smallSectionsS390) ? .mebibytes(256) : section
    // The logical memory block of the firmware, in practice.
    case .ppc64: return .mebibytes(256)
    case .loongarch64: return .mebibytes(512)
    case .x86_32, .arm32, .riscv64, .ppc32, .mips64, .mips32, .sparc64, .sparc32, .parisc64,
      .parisc32, .ia64, .m68k:
      return section
    }
  }

  /// The largest physical address that a kernel of this architecture gives memory at
  /// (`MAX_PHYSMEM_BITS`, four-level page tables on x86-64).
  package static func addressLimit(_ architecture: Architecture) -> ByteCount {
    switch architecture {
    case .x86_64: ByteCount(1 << 46)
    case .arm64, .loongarch64: ByteCount(1 << 48)
    case .ppc64: ByteCount(1 << 51)
    case .riscv64: ByteCount(1 << 56)
    case .s390x: ByteCount(1 << 46)
    case .x86_32, .arm32, .ppc32, .mips32, .sparc32, .parisc32, .m68k: ByteCount(1 << 36)
    case .mips64, .parisc64: ByteCount(1 << 48)
    case .sparc64: ByteCount(1 << 53)
    case .ia64: ByteCount(1 << 50)
    }
  }
}
