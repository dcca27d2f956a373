package import HostModel

/// What this host's kernel and architecture do, as far as accounts depend on it.
package struct HostFeatures: Hashable, Sendable {
  /// Kernel stacks are inside VmallocUsed (CONFIG_VMAP_STACK, default on the 64-bit architectures
  /// since 4.9 to 5.x).
  package var stacksAreVmalloc: Bool
  /// VmallocUsed counts pages (nr_vmalloc, since 5.3). Before, it was zero (4.4 and newer) or a size
  /// of address space.
  package var vmallocCountsPages: Bool
  /// HugeTLB pages up to the buddy allocator's largest order can migrate, so they may be movable.
  package var hugePagesMigrate: Bool

  package init(_ snapshot: HostSnapshot) {
    let architecture = snapshot.architecture.value
    let kernel = snapshot.kernel.value
    if let config = snapshot.kernelConfig.value {
      stacksAreVmalloc = config["VMAP_STACK"] == .yes
      hugePagesMigrate = config["MIGRATION"] == .yes && Self.migrates(architecture)
    } else {
      stacksAreVmalloc =
        (architecture?.is64Bit ?? true) && (kernel?.isAtLeast(4, 14) ?? true)
      hugePagesMigrate = Self.migrates(architecture)
    }
    vmallocCountsPages = kernel?.isAtLeast(5, 3) ?? true
  }

  /// Architectures that select ARCH_ENABLE_HUGEPAGE_MIGRATION.
  private static func migrates(_ architecture: Architecture?) -> Bool {
    switch architecture {
    case .x86_64, .arm64, .riscv64, .ppc64, nil: true
    case .x86_32, .arm32, .s390x, .loongarch64: false
    }
  }
}
