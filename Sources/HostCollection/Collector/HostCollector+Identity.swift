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
    if let given = options.architecture { return .known(given) }
    if let found = fromKernel() ?? Self.fromRelease(kernel.value)
      ?? config.value.flatMap(Self.fromConfig) ?? fromClues(zoneinfo, meminfo)
    {
      return .known(found)
    }
    return .unknown(
      .undetermined(
        "nothing in this source tells the architecture (no kernel config, no suffix, no compiler, "
          + "no /proc/cpuinfo); --arch gives it"
      )
    )
  }

  /// What the compiler, the processor and the shape of the zones tell together.
  private mutating func fromClues(
    _ zoneinfo: ZoneInfo,
    _ meminfo: Reading<Meminfo>
  ) -> Architecture? {
    var clues = ArchitectureClues(zoneinfo)
    let banner = attempt(.version) { text, file throws(ParseError) in
      try SettingText.value(text, file: file)
    }
    if let banner = banner.value { clues.take(version: banner) }
    let processor = attempt(.cpuinfo) { text, _ throws(ParseError) in CPUInfoText.clues(text) }
    if let processor = processor.value { clues.take(processor) }
    // 32 bits with PAE print it too, and are told by a zone.
    if meminfo.value?.table.has(MeminfoField.directMap2M) == true { clues.takeDirectMap() }
    return clues.architecture
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
}
