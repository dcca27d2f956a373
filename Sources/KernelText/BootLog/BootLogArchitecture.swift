package import HostModel

/// Messages that only one architecture, or one family of two widths, can have printed.
enum BootLogArchitecture {
  private enum Proof {
    case architecture(Architecture)
    case family(BootLog.Family)
    case width(BootLog.Family, is64Bit: Bool)
  }

  private struct Sign {
    var text: StaticString
    var proof: Proof

    init(_ text: StaticString, _ proof: Proof) {
      self.text = text
      self.proof = proof
    }
  }

  /// By the beginning of a message: the architecture's own files print these.
  private static let signs: [Sign] = [
    Sign("BIOS-e820: ", .family(.x86)),
    Sign("x86/", .family(.x86)),
    Sign("MTRR ", .family(.x86)),
    Sign("KERNEL supported cpus:", .family(.x86)),
    Sign("NX (Execute Disable)", .family(.x86)),
    Sign("tsc: ", .family(.x86)),
    Sign("kvm-clock: ", .family(.x86)),
    Sign("smpboot: ", .family(.x86)),
    Sign("e820: ", .family(.x86)),
    Sign("Using GB pages for direct mapping", .architecture(.x86_64)),
    Sign("RIP: 00", .architecture(.x86_64)),
    Sign("EIP: ", .architecture(.x86_32)),
    Sign("CPU: ARM", .architecture(.arm32)),
    Sign("CPU: PIPT / VIPT", .architecture(.arm32)),
    Sign("CPU: VIVT ", .architecture(.arm32)),
    Sign("CPU: VIPT ", .architecture(.arm32)),
    Sign("Memory policy: ", .architecture(.arm32)),
    Sign("CPU: AArch64 ", .architecture(.arm64)),
    Sign("Detected VIPT I-cache", .architecture(.arm64)),
    Sign("Detected PIPT I-cache", .architecture(.arm64)),
    Sign("CPU features: detected", .architecture(.arm64)),
    Sign("psci: ", .family(.arm)),
    Sign("GICv3: ", .family(.arm)),
    Sign("GIC: ", .family(.arm)),
    Sign("arch_timer: ", .family(.arm)),
    Sign("Machine model: ", .family(.arm)),
    Sign("riscv: ", .architecture(.riscv64)),
    Sign("riscv-intc: ", .architecture(.riscv64)),
    Sign("elf_hwcap is ", .architecture(.riscv64)),
    Sign("SBI specification", .architecture(.riscv64)),
    Sign("clocksource: riscv_clocksource", .architecture(.riscv64)),
    Sign("radix-mmu: ", .architecture(.ppc64)),
    Sign("hash-mmu: ", .architecture(.ppc64)),
    Sign("Using radix MMU", .architecture(.ppc64)),
    Sign("Page orders: linear mapping", .architecture(.ppc64)),
    Sign("firmware_features ", .architecture(.ppc64)),
    Sign("vmemmap start ", .architecture(.ppc64)),
    Sign("Partition configured for ", .architecture(.ppc64)),
    Sign("rfi-flush: ", .architecture(.ppc64)),
    Sign("Using PowerPC 44x", .architecture(.ppc32)),
    Sign("Total memory = ", .architecture(.ppc32)),
    Sign("cpu_user_features", .family(.powerpc)),
    Sign("Top of RAM: ", .family(.powerpc)),
    Sign("Using PowerMac ", .family(.powerpc)),
    Sign("via-pmu: ", .family(.powerpc)),
    Sign("setup: Linux is running", .architecture(.s390x)),
    Sign("64-bit Loongson", .architecture(.loongarch64)),
    Sign("MIPS: machine is ", .family(.mips)),
    Sign("CPU0 revision is: ", .family(.mips)),
    Sign("Primary instruction cache ", .family(.mips)),
    Sign("The 64-bit Kernel has started", .width(.parisc, is64Bit: true)),
    Sign("The 32-bit Kernel has started", .width(.parisc, is64Bit: false)),
    Sign("Determining PDC firmware type", .family(.parisc)),
    Sign("MM: PAGE_OFFSET is 0x", .architecture(.sparc64)),
    Sign("ARCH: SUN4", .family(.sparc)),
    Sign("ARCH: LEON", .architecture(.sparc32)),
    Sign("PROMLIB: Sun IEEE", .family(.sparc)),
    Sign("CPU CAPS: [flush", .architecture(.sparc64)),
  ]

  /// The signs by the first byte of a message: few messages begin like any of them.
  private static let signsByFirst: [[Sign]] = {
    var table = [[Sign]](repeating: [], count: 256)
    for sign in signs {
      let first = sign.text.withUTF8Buffer { unsafe $0[0] }
      table[Int(first)].append(sign)
    }
    return table
  }()

  static func take(_ text: Span<UInt8>, _ message: Range<Int>, into log: inout BootLog) {
    let first = text[message.lowerBound]
    for sign in signsByFirst[Int(first)] where text.hasPrefix(message, sign.text) {
      take(sign.proof, into: &log)
    }
    if first.isDigit, text.find("MB LOWMEM available", in: message) != nil {
      // `891MB LOWMEM available.`
      log.architecture = log.architecture ?? .x86_32
    }
    if first == UInt8(ascii: "m"), text.hasPrefix(message, "memblock_"),
      text.find("srmmu_", in: message) != nil
    {
      log.architecture = log.architecture ?? .sparc32
    }
    if first == UInt8(ascii: "l"), text.hasPrefix(message, "last_pfn = ") {
      takeLastFrame(text, message, into: &log)
    }
  }

  private static func take(_ proof: Proof, into log: inout BootLog) {
    switch proof {
    case .architecture(let architecture): log.architecture = log.architecture ?? architecture
    case .family(let family): log.family = log.family ?? family
    case .width(let family, let is64Bit):
      log.family = log.family ?? family
      log.is64Bit = is64Bit
    }
  }

  /// `last_pfn = 0x240000 max_arch_pfn = 0x400000000`, x86 only: what its page tables can reach.
  private static func takeLastFrame(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    log.family = log.family ?? .x86
    guard let word = text.find("max_arch_pfn = ", in: message),
      let most = text.number(at: word + 15, in: message)
    else { return }
    log.is64Bit = log.is64Bit ?? (most.value > 1 << 24)
  }

  /// What the compiler's or the package's name in the version line proves.
  static func take(version: String, into log: inout BootLog) {
    for word in version.split(whereSeparator: { " (),".contains($0) }) {
      if let dash = word.firstIndex(of: "-"), word[dash...].contains("linux") {
        take(compiler: word[..<dash], into: &log)
      }
      for separator in [".", "-"] as [Character] {
        guard let last = word.lastIndex(of: separator) else { continue }
        let suffix = word[word.index(after: last)...]
        // Package names say i686 and arm of kernels for both widths; the others are certain.
        if let found = Architecture(name: String(suffix)), found.is64Bit, suffix != "riscv" {
          log.architecture = log.architecture ?? found
        }
      }
    }
  }

  /// Compilers of some targets build kernels of both widths.
  private static func take(compiler target: Substring, into log: inout BootLog) {
    guard let found = Architecture(name: String(target)) else {
      if target.hasPrefix("arm") { log.architecture = log.architecture ?? .arm32 }
      return
    }
    switch found {
    case .x86_64, .x86_32: log.family = log.family ?? .x86
    case .mips32: log.family = log.family ?? .mips
    case .ppc32, .ppc64: log.family = log.family ?? .powerpc
    case .sparc32, .sparc64: log.family = log.family ?? .sparc
    case .parisc32: log.family = log.family ?? .parisc
    default: log.architecture = log.architecture ?? found
    }
    if log.compilerArchitecture == nil { log.compilerArchitecture = found }
  }
}

extension BootLog {
  /// The architecture that the log proves, by its messages or by the shape of its zones.
  package var inferredArchitecture: Architecture? {
    // A compiler for x86-64 also builds kernels for its 32-bit kin, which alone has HighMem.
    if let architecture, architecture != .x86_64 || !has("HighMem") { return architecture }
    let is64Bit = is64Bit ?? widthOfZones
    switch family {
    case .x86:
      if has("DMA32") || is64Bit == true && !has("HighMem") { return .x86_64 }
      if !zones.isEmpty { return .x86_32 }
      return is64Bit.map { $0 ? .x86_64 : .x86_32 } ?? compilerArchitecture
    case .arm:
      return zones.isEmpty ? nil : has("HighMem") ? .arm32 : .arm64
    case .mips: return is64Bit == true ? .mips64 : .mips32
    case .powerpc: return compilerArchitecture == .ppc64 && !has("HighMem") ? .ppc64 : .ppc32
    case .sparc:
      return has("HighMem") || is64Bit == false ? .sparc32 : .sparc64
    case .parisc: return is64Bit == true ? .parisc64 : .parisc32
    case nil: return architectureOfZones
    }
  }

  private func has(_ zone: String) -> Bool { zones.contains { $0.name == zone } }

  private var widthOfZones: Bool? {
    if has("DMA32") { return true }
    if has("HighMem") { return false }
    let isHigh = zones.contains { zone in
      if case .bytes(let addresses) = zone.extent {
        addresses.start >= .gibibytes(4)
      } else {
        false
      }
    }
    return isHigh ? true : nil
  }

  /// Only x86 ends a zone DMA at 16 MiB that begins at its first pages, and only arm64 has DMA beside
  /// DMA32 with another end.
  private var architectureOfZones: Architecture? {
    guard let dma = zones.first(where: { $0.name == "DMA" })?.extent else { return nil }
    let frames: FrameRange
    switch dma {
    case .bytes(let addresses): frames = FrameRange(whollyIn: addresses, pageSize: .kib4)
    case .frames(let printed): frames = printed
    }
    if frames.end == 4096, frames.start <= 16 {
      return has("DMA32") ? .x86_64 : has("HighMem") ? .x86_32 : nil
    }
    guard case .bytes = dma else { return nil }
    return has("DMA32") && frames.end > 4096 ? .arm64 : nil
  }
}
