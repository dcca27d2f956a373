package import HostModel

/// Page size and largest order where nothing tells them.
extension Architecture {
  /// The only base page size that this architecture has, nil where kernels differ.
  package var onlyPageSize: PageSize? {
    switch self {
    case .x86_64, .x86_32, .arm32, .s390x, .riscv64: .kib4
    case .arm64, .ppc64, .loongarch64: nil
    }
  }

  /// The base page size of most distributions' kernels.
  package var usualPageSize: PageSize {
    switch self {
    case .x86_64, .x86_32, .arm32, .s390x, .riscv64, .arm64: .kib4
    case .ppc64: .kib64
    case .loongarch64: .kib16
    }
  }

  /// The largest order, inclusive, that kernels have unless they were configured otherwise
  /// (`ARCH_FORCE_MAX_ORDER`, before 6.1 `FORCE_MAX_ZONEORDER`, less one up to 6.3).
  package func usualMaxOrder(_ pageSize: PageSize) -> UInt8 {
    switch (self, pageSize) {
    case (.arm64, .kib64), (.loongarch64, .kib64): 13
    case (.arm64, .kib16), (.loongarch64, .kib16): 11
    case (.ppc64, .kib64): 8
    case (.ppc64, _): 12
    // multi-platform kernels have SOC_AM33XX
    case (.arm32, _): 11
    default: 10
    }
  }

  /// Whether the limits of its zones are the same on every machine (`zone_sizes_init`,
  /// `arch_zone_limits_init` since 7.0).
  package var hasFixedZoneLimits: Bool {
    switch self {
    case .x86_64, .s390x, .riscv64, .loongarch64: true
    // Firmware may tell a lower one (arm64), lowmem depends on vmalloc= (32-bit).
    case .arm64, .ppc64, .x86_32, .arm32: false
    }
  }

  /// Whether kernels can be configured to another largest order.
  package var hasConfigurableMaxOrder: Bool {
    switch self {
    case .x86_64, .x86_32, .riscv64, .s390x: false
    case .arm64, .arm32, .ppc64, .loongarch64: true
    }
  }
}
