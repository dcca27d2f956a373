package import HostModel

/// /proc/cpuinfo, as far as it tells the architecture: each has lines of its own.
package enum CPUInfoText {
  package struct Clues: Hashable, Sendable {
    package var architecture: Architecture?
    package var family: BootLog.Family?
    package var is64Bit: Bool?
  }

  /// What the first processor's lines tell.
  package static func clues(_ text: Span<UInt8>) -> Clues {
    var clues = Clues()
    var scanner = LineScanner()
    while scanner.line < 64, let line = scanner.next(in: text) {
      guard let colon = text.firstIndex(of: UInt8(ascii: ":"), in: line) else { continue }
      let words = text.string(line.lowerBound..<colon).split { $0 == " " || $0 == "\t" }
      let value = text.string(text.trimmed(colon + 1..<line.upperBound))
      take(words.joined(separator: " "), value, into: &clues)
    }
    return clues
  }

  private static func take(_ key: String, _ value: String, into clues: inout Clues) {
    switch key {
    case "vendor_id" where value.hasPrefix("IBM/S390"): clues.architecture = .s390x
    case "vendor_id": clues.family = clues.family ?? .x86
    case "flags" where clues.family == .x86:
      // A 64-bit processor may run a 32-bit kernel; a 32-bit one runs no other.
      if !value.split(separator: " ").contains("lm") { clues.is64Bit = false }
    case "Features":
      let features = value.split(separator: " ")
      if features.contains("asimd") || features.contains("fp") { clues.architecture = .arm64 }
      if features.contains("half") || features.contains("thumb") { clues.architecture = .arm32 }
    case "isa" where value.hasPrefix("rv64"): clues.architecture = .riscv64
    case "isa" where value.contains("mips"):
      clues.family = .mips
      if !value.contains("mips64") { clues.is64Bit = false }
    case "CPU Family" where value == "Loongson-64bit": clues.architecture = .loongarch64
    case "platform" where value == "pSeries" || value == "PowerNV": clues.architecture = .ppc64
    case "type" where value == "sun4u" || value == "sun4v": clues.architecture = .sparc64
    case "arch" where value == "IA-64": clues.architecture = .ia64
    case "cpu family" where value.hasPrefix("PA-RISC"): clues.family = .parisc
    case "MMU" where value.hasPrefix("68"): clues.architecture = .m68k
    default: break
    }
  }
}
