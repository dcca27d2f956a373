package import HostModel

/// Page size and largest order where nothing tells them.
extension Architecture {
  /// The base page size of most distributions' kernels.
  package var usualPageSize: PageSize {
    switch self {
    case .x86_64, .x86_32, .arm32, .s390x, .riscv64, .arm64, .ppc32, .mips64, .mips32, .sparc32,
      .parisc64, .parisc32, .m68k:
      .kib4
    case .ppc64: .kib64
    case .loongarch64, .ia64: .kib16
    case .sparc64: .kib8
    }
  }

  /// The largest order, inclusive, that kernels have unless they were configured otherwise
  /// (`ARCH_FORCE_MAX_ORDER`, before 6.1 `FORCE_MAX_ZONEORDER`, less one up to 6.3).
  package func usualMaxOrder(_ pageSize: PageSize) -> UInt8 {
    switch (self, pageSize) {
    case (.arm64, .kib64), (.loongarch64, .kib64), (.mips64, .kib64), (.mips32, .kib64): 13
    case (.arm64, .kib16), (.loongarch64, .kib16), (.mips64, .kib16), (.mips32, .kib16): 11
    case (.ppc64, .kib64): 8
    case (.ppc64, _): 12
    case (.ppc32, .kib16): 8
    case (.ppc32, .kib64): 6
    // multi-platform kernels have SOC_AM33XX
    case (.arm32, _): 11
    case (.sparc64, _): 12
    case (.ia64, _): 16
    default: 10
    }
  }

  /// Whether the limits of its zones are the same on every machine (`zone_sizes_init`,
  /// `arch_zone_limits_init` since 7.0).
  package var hasFixedZoneLimits: Bool {
    switch self {
    case .x86_64, .s390x, .riscv64, .loongarch64: true
    // Firmware may tell a lower one (arm64), lowmem depends on vmalloc= (32-bit).
    case .arm64, .ppc64, .x86_32, .arm32, .ppc32, .mips64, .mips32, .sparc64, .sparc32, .parisc64,
      .parisc32, .ia64, .m68k:
      false
    }
  }

  /// Whether kernels can be configured to another largest order.
  package var hasConfigurableMaxOrder: Bool {
    switch self {
    case .x86_64, .x86_32, .riscv64, .s390x, .sparc32, .parisc64, .parisc32: false
    case .arm64, .arm32, .ppc64, .ppc32, .loongarch64, .mips64, .mips32, .sparc64, .ia64, .m68k:
      true
    }
  }
}
