/// An instruction set as far as the kernel's memory zones differ by it.
package enum Architecture: String, Hashable, Sendable, CaseIterable {
  case x86_64
  case x86_32 = "i686"
  case arm64 = "aarch64"
  case arm32 = "arm"
  case ppc64
  case s390x
  case riscv64
  case loongarch64

  /// Takes every spelling that uname, Debian and boot loaders use.
  package init?(name: String) {
    switch name.lowercased() {
    case "x86_64", "amd64", "x86-64": self = .x86_64
    case "i386", "i486", "i586", "i686", "x86", "x86_32": self = .x86_32
    case "aarch64", "arm64": self = .arm64
    case "arm", "armv5l", "armv6l", "armv7l", "armv8l", "armhf", "armel": self = .arm32
    case "ppc64", "ppc64le", "ppc64el", "powerpc64", "powerpc64le": self = .ppc64
    case "s390x": self = .s390x
    case "riscv64", "riscv": self = .riscv64
    case "loongarch64", "loongarch": self = .loongarch64
    default: return nil
    }
  }

  package var is64Bit: Bool { self != .x86_32 && self != .arm32 }
}
