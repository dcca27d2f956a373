internal import Glibc
internal import HostModel
internal import KernelText
internal import SourceText

extension HostCollector {
  /// What kernel runs on which machine.
  struct Identity {
    var hostName: Reading<String>
    var kernel: Reading<KernelVersion>
    var commandLine: Reading<String>
    var operatingSystem: Reading<String>
    var config: Reading<KernelConfig>
    var architecture: Reading<Architecture>
  }

  mutating func readIdentity(_ zoneinfo: ZoneInfo, meminfo: Reading<Meminfo>) -> Identity {
    let hostName = attempt(.hostName) { text, file throws(ParseError) in
      try SettingText.value(text, file: file)
    }
    let kernel = kernel()
    let commandLine = load(.commandLine) { text, file throws(ParseError) in
      try SettingText.value(text, file: file)
    }
    let operatingSystem = attempt(.osRelease) { text, file throws(ParseError) in
      try OSReleaseText.prettyName(text, file: file)
    }
    let config = readConfig(of: kernel)
    return Identity(
      hostName: hostName,
      kernel: kernel,
      commandLine: commandLine,
      operatingSystem: operatingSystem,
      config: config,
      architecture: architecture(kernel, config, zoneinfo, meminfo)
    )
  }

  private mutating func kernel() -> Reading<KernelVersion> {
    let release = attempt(.release) { text, file throws(ParseError) in
      try SettingText.value(text, file: file)
    }
    let own: Reading<KernelVersion> = release.flatMap { release in
      KernelVersion(release: release).map { .known($0) }
        ?? .unknown(
          .rejected(input: HostInput.release.path, field: release, why: "not a kernel release")
        )
    }
    // Distributions' releases hide the stable release; the banner of /proc/version tells it.
    if let version = own.value, !version.hidesPatch { return own }
    let kernel = attempt(.version) { text, file throws(ParseError) in
      try VersionText.parse(text, file: file)
    }.or(own)
    if let reason = kernel.reason {
      unread.append(
        UnreadInput(
          input: HostInput.release.path,
          reason: "\(reason)",
          effect: HostInput.release.effect ?? ""
        )
      )
    }
    return kernel
  }

  /// The running kernel's config: from the kernel itself, or from /boot.
  private mutating func readConfig(of kernel: Reading<KernelVersion>) -> Reading<KernelConfig> {
    let path = HostInput.config.path
    var own = Reading<KernelConfig>.unknown(.missing(input: "the kernel's config"))
    if let content = try? bytes(.config),
      let text = Gunzip.unpackedIfPacked(content, limit: HostInput.config.limit)
    {
      do throws(ParseError) {
        return .known(try KernelConfigText.parse(text.span, file: path))
      } catch {
        own = .unknown(
          .rejected(input: path, field: "line \(error.place.line)", why: error.reason.description)
        )
      }
    }
    guard let release = kernel.value?.release else { return own }
    let input = HostInput(
      path: "/boot/config-\(release)",
      effect: "build options are guessed from the version",
      limit: 4 << 20
    )
    return load(input) { text, file throws(ParseError) in
      try KernelConfigText.parse(text, file: file)
    }
  }

  // MARK: Architecture

  private mutating func architecture(
    _ kernel: Reading<KernelVersion>,
    _ config: Reading<KernelConfig>,
    _ zoneinfo: ZoneInfo,
    _ meminfo: Reading<Meminfo>
  ) -> Reading<Architecture> {
    if source.description.kind == .live, let machine = Self.machine() {
      return Architecture(name: machine).map { .known($0) }
        ?? .unknown(.undetermined("architecture \(machine) is not known to zonewise"))
    }
    // DirectMap2M is printed by x86 only; 32 bits with PAE, which print it too, have told by a zone.
    let fromDirectMap: Architecture? =
      meminfo.value?.table.has(MeminfoField.directMap2M) == true ? .x86_64 : nil
    if let found = fromKernel() ?? Self.fromRelease(kernel.value)
      ?? config.value.flatMap(Self.fromConfig) ?? Self.fromZones(zoneinfo) ?? fromDirectMap
    {
      return .known(found)
    }
    return .unknown(
      .undetermined("nothing in this source tells the architecture: no kernel config, no suffix")
    )
  }

  private static func machine() -> String? {
    var name = utsname()
    guard unsafe uname(&name) == 0 else { return nil }
    // `machine` is NUL-terminated by uname(2).
    return unsafe withUnsafeBytes(of: &name.machine) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private mutating func fromKernel() -> Architecture? {
    attempt(.architecture) { text, file throws(ParseError) in
      try SettingText.value(text, file: file)
    }.value.flatMap { Architecture(name: $0) }
  }

  /// Distributions end a release with the architecture: `-amd64`, `.el9.x86_64`.
  private static func fromRelease(_ version: KernelVersion?) -> Architecture? {
    guard let release = version?.release else { return nil }
    return release.split { $0 == "-" || $0 == "." || $0 == "+" }.reversed()
      .lazy.compactMap { Architecture(name: String($0)) }.first
  }

  private static func fromConfig(_ config: KernelConfig) -> Architecture? {
    let options: [(String, Architecture)] = [
      ("X86_64", .x86_64), ("X86_32", .x86_32), ("ARM64", .arm64), ("ARM", .arm32),
      ("PPC64", .ppc64), ("S390", .s390x), ("LOONGARCH", .loongarch64), ("RISCV", .riscv64),
    ]
    return options.first { config[KernelOption($0.0)] == .yes }?.1
  }

  /// Only x86 ends ZONE_DMA at 16 MiB, and only 64-bit x86 has DMA32 above it.
  private static func fromZones(_ zoneinfo: ZoneInfo) -> Architecture? {
    let zones = zoneinfo.zones
    guard let dma = zones.first(where: { $0.kind == .dma && $0.isPopulated }),
      dma.frames.value?.end == 4096
    else { return nil }
    if zones.contains(where: { $0.kind == .dma32 }) { return .x86_64 }
    return zones.contains { $0.kind == .highMem } ? .x86_32 : nil
  }

  // MARK: Page size

  /// The page size: asked for on the live host, certain by architecture, or measured from a
  /// counter that the kernel prints in both units.
  func pageSize(
    _ architecture: Reading<Architecture>,
    meminfo: Reading<Meminfo>,
    vmstat: Reading<MemoryCounters>
  ) -> Reading<PageSize> {
    if source.description.kind == .live {
      let bytes = UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
      if let size = PageSize(bytes: bytes) { return .known(size) }
    }
    switch architecture.value {
    case .x86_64, .x86_32, .s390x, .riscv64, .arm32:
      return .known(.kib4)
    default:
      return Self.measuredPageSize(meminfo, vmstat)
    }
  }

  private static func measuredPageSize(
    _ meminfo: Reading<Meminfo>,
    _ vmstat: Reading<MemoryCounters>
  ) -> Reading<PageSize> {
    let pairs: [(MeminfoField, MemoryCounter)] = [
      (.pageTables, .pageTables), (.memFree, .freePages),
    ]
    for (field, counter) in pairs {
      guard let bytes = meminfo.value?[field].value,
        let pages = vmstat.value?[counter].value, pages > 0
      else { continue }
      for size in [PageSize.kib4, .kib16, .kib64] {
        let expected = pages.bytes(of: size)
        if bytes.distance(to: expected) <= expected.scaled(by: 1, over: 4) { return .known(size) }
      }
    }
    return .unknown(
      .undetermined(
        "the page size can't be told from this source: give /proc/meminfo and /proc/vmstat too"
      )
    )
  }
}
