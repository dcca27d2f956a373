internal import Glibc
internal import HostModel
internal import KernelText

extension HostCollector {
  mutating func readIdentity() {
    snapshot.hostName = attempt(.hostName) { text, file throws(ParseError) in
      try SettingText.value(text, file: file)
    }
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
    if let version = own.value, !version.hidesPatch {
      snapshot.kernel = own
    } else {
      let banner = attempt(.version) { text, file throws(ParseError) in
        try VersionText.parse(text, file: file)
      }
      snapshot.kernel = banner.or(own)
    }
    if let reason = snapshot.kernel.reason {
      snapshot.unread.append(
        UnreadInput(
          input: HostInput.release.path,
          reason: "\(reason)",
          effect: HostInput.release.effect ?? ""
        )
      )
    }
    snapshot.commandLine = load(.commandLine) { text, file throws(ParseError) in
      try SettingText.value(text, file: file)
    }
    snapshot.operatingSystem = attempt(.osRelease) { text, file throws(ParseError) in
      try OSReleaseText.prettyName(text, file: file)
    }
    readConfig()
    snapshot.architecture = architecture()
  }

  /// The running kernel's config: from the kernel itself, or from /boot.
  private mutating func readConfig() {
    let path = HostInput.config.path
    if let packed = try? bytes(.config),
      let text = Gunzip.unpack(packed, limit: HostInput.config.limit)
    {
      do throws(ParseError) {
        snapshot.kernelConfig = .known(try KernelConfigText.parse(text.span, file: path))
        return
      } catch {
        snapshot.kernelConfig = .unknown(
          .rejected(input: path, field: "line \(error.line)", why: error.reason.description)
        )
      }
    }
    guard let release = snapshot.kernel.value?.release else { return }
    let input = HostInput(
      path: "/boot/config-\(release)",
      effect: "build options are guessed from the version",
      limit: 4 << 20
    )
    snapshot.kernelConfig = load(input) { text, file throws(ParseError) in
      try KernelConfigText.parse(text, file: file)
    }
  }

  // MARK: Architecture

  private mutating func architecture() -> Reading<Architecture> {
    if source.description.kind == .live, let machine = Self.machine() {
      return Architecture(name: machine).map { .known($0) }
        ?? .unknown(.undetermined("architecture \(machine) is not known to zonewise"))
    }
    if let found = fromKernel() ?? fromRelease() ?? fromConfig() ?? fromZones()
      ?? fromDirectMap()
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
  private func fromRelease() -> Architecture? {
    guard let release = snapshot.kernel.value?.release else { return nil }
    return release.split { $0 == "-" || $0 == "." || $0 == "+" }.reversed()
      .lazy.compactMap { Architecture(name: String($0)) }.first
  }

  private func fromConfig() -> Architecture? {
    guard let config = snapshot.kernelConfig.value else { return nil }
    let options: [(String, Architecture)] = [
      ("X86_64", .x86_64), ("X86_32", .x86_32), ("ARM64", .arm64), ("ARM", .arm32),
      ("PPC64", .ppc64), ("S390", .s390x), ("LOONGARCH", .loongarch64), ("RISCV", .riscv64),
    ]
    return options.first { config[$0.0] == .yes }?.1
  }

  /// Only x86 ends ZONE_DMA at 16 MiB, and only 64-bit x86 has DMA32 above it.
  private func fromZones() -> Architecture? {
    let zones = snapshot.zoneinfo.value?.zones ?? []
    guard let dma = zones.first(where: { $0.kind == .dma && $0.isPopulated }),
      dma.endPFN.value == 4096
    else { return nil }
    if zones.contains(where: { $0.kind == .dma32 }) { return .x86_64 }
    return zones.contains { $0.kind == .highMem } ? .x86_32 : nil
  }

  /// DirectMap2M is printed by x86 only; 32 bits with PAE, which print it too, have told by a zone.
  private func fromDirectMap() -> Architecture? {
    snapshot.meminfo.value?.table.has(MeminfoField.directMap2M) == true ? .x86_64 : nil
  }

  // MARK: Page size

  /// The page size: asked for on the live host, certain by architecture, or measured from a
  /// counter that the kernel prints in both units.
  mutating func derivePageSize() {
    if source.description.kind == .live {
      let bytes = UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
      if let size = PageSize(bytes: bytes) {
        snapshot.pageSize = .known(size)
        return
      }
    }
    switch snapshot.architecture.value {
    case .x86_64, .x86_32, .s390x, .riscv64, .arm32:
      snapshot.pageSize = .known(.kib4)
    default:
      snapshot.pageSize = measuredPageSize()
    }
  }

  private func measuredPageSize() -> Reading<PageSize> {
    let pairs: [(MeminfoField, MemoryCounter)] = [
      (.pageTables, .pageTables), (.memFree, .freePages),
    ]
    for (field, counter) in pairs {
      guard let bytes = snapshot.meminfo.value?[field].value,
        let pages = snapshot.vmstat.value?[counter].value, pages > 0
      else { continue }
      for size in [PageSize.kib4, .kib16, .kib64] {
        let expected = pages.bytes(of: size)
        let difference = bytes > expected ? bytes - expected : expected - bytes
        if difference <= expected.scaled(by: 1, over: 4) { return .known(size) }
      }
    }
    return .unknown(
      .undetermined(
        "the page size can't be told from this source: give /proc/meminfo and /proc/vmstat too"
      )
    )
  }
}
