/// An instruction set as far as the kernel's memory zones differ by it.
package enum Architecture: String, Hashable, Sendable, CaseIterable {
  case x86_64
  case x86_32 = "i686"
  case arm64 = "aarch64"
  case arm32 = "arm"
  case ppc64
  case ppc32 = "ppc"
  case s390x
  case riscv64
  case loongarch64
  case mips64
  case mips32 = "mips"
  case sparc64
  case sparc32 = "sparc"
  case parisc64
  case parisc32 = "parisc"
  case ia64
  case m68k

  /// Takes every spelling that uname, Debian, compilers and boot loaders use.
  package init?(name: String) {
    switch name.lowercased() {
    case "x86_64", "amd64", "x86-64": self = .x86_64
    case "i386", "i486", "i586", "i686", "x86", "x86_32": self = .x86_32
    case "aarch64", "arm64": self = .arm64
    case "arm", "arm32", "armv5l", "armv6l", "armv7l", "armv8l", "armhf", "armel": self = .arm32
    case "ppc64", "ppc64le", "ppc64el", "powerpc64", "powerpc64le": self = .ppc64
    case "ppc", "ppc32", "powerpc": self = .ppc32
    case "s390x": self = .s390x
    case "riscv64", "riscv": self = .riscv64
    case "loongarch64", "loongarch", "loong64": self = .loongarch64
    case "mips64", "mips64el", "mips64r6", "mipsisa64r6", "mipsisa64r6el": self = .mips64
    case "mips", "mipsel", "mips32", "mipsisa32r6", "mipsisa32r6el": self = .mips32
    case "sparc64": self = .sparc64
    case "sparc", "sparc32": self = .sparc32
    case "parisc64", "hppa64": self = .parisc64
    case "parisc", "hppa", "hppa1.1", "hppa2.0": self = .parisc32
    case "ia64": self = .ia64
    case "m68k": self = .m68k
    default: return nil
    }
  }

  package var is64Bit: Bool {
    switch self {
    case .x86_64, .arm64, .ppc64, .s390x, .riscv64, .loongarch64, .mips64, .sparc64, .parisc64,
      .ia64:
      true
    case .x86_32, .arm32, .ppc32, .mips32, .sparc32, .parisc32, .m68k: false
    }
  }

  /// The only base page size that this architecture has, nil where kernels differ.
  package var onlyPageSize: PageSize? {
    switch self {
    case .x86_64, .x86_32, .arm32, .s390x, .riscv64, .sparc32: .kib4
    case .sparc64: .kib8
    case .arm64, .ppc64, .ppc32, .loongarch64, .mips64, .mips32, .parisc64, .parisc32, .ia64,
      .m68k:
      nil
    }
  }
}
