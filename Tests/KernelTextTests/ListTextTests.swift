internal import HostModel
internal import KernelText
internal import Testing

@Suite("Texts of many lines: iomem, swaps, modules, config, os-release, version")
struct ListTextTests {
  private func read<Value>(
    _ text: String,
    _ parse: (Span<UInt8>, String) throws(ParseError) -> Value
  ) -> Result<Value, ParseError> {
    TextFixture.parse(text) { text throws(ParseError) in try parse(text, "file") }
  }

  @Test("a real iomem is read with its nesting")
  func iomem() throws {
    let bytes = try TextFixture.bytes("host-6.18/iomem")
    let ranges = try #require(try IOMemText.parse(bytes.span, file: "/proc/iomem").value)
    #expect(ranges.count == bytes.count { $0 == 0x0A })
    let ram = ranges.filter { $0.name == "System RAM" }
    #expect(ram.map(\.addresses.start) == [0x1000, 0x10_0000, 0x1_0000_0000])
    #expect(ram.map(\.depth) == [0, 0, 0])
    #expect(ranges.first { $0.name == "Kernel code" }?.depth == 1)
    #expect(ranges.contains { $0.name == "PCI ECAM 0000 [bus 00-00]" })
  }

  @Test("an iomem without addresses is unknown, not a machine without memory")
  func hiddenAddresses() throws {
    let bytes = try TextFixture.bytes("iomem-unprivileged")
    let reading = try IOMemText.parse(bytes.span, file: "/proc/iomem")
    #expect(
      reading.reason?.description
        == "/proc/iomem: the kernel shows its addresses to root only"
    )
  }

  @Test(
    "odd iomem lines",
    arguments: [
      ("00000000-ffffffffffffffff : a : b\n", "a : b"), ("      0-1 : \n", ""),
      ("000a0000-000bffff : PCI Bus 0000:00", "PCI Bus 0000:00"),
    ]
  )
  func oddRanges(text: String, name: String) throws {
    #expect(try read(text, IOMemText.parse).get().value?.first?.name == name)
  }

  @Test(
    "other texts are no iomem",
    arguments: ["", "MemTotal: 1 kB\n", "2-1 : x\n", "0-10000000000000000 : x\n", "0-1\n", "00-"]
  )
  func badRanges(text: String) {
    #expect(read(text, IOMemText.parse).reason != nil)
  }

  @Test("swap areas keep blanks in their paths")
  func swaps() throws {
    let text =
      "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
      + "/dev/dm-1                               partition\t8388604\t\t1024\t\t-2\n"
      + "/swap\\040file\\134x                       file    \t4\t0\t100\n"
    let areas = try read(text, SwapsText.parse).get()
    #expect(
      areas == [
        SwapArea(
          path: "/dev/dm-1",
          type: "partition",
          size: .kibibytes(8_388_604),
          used: .kibibytes(1024),
          priority: -2
        ),
        SwapArea(
          path: "/swap file\\x",
          type: "file",
          size: .kibibytes(4),
          used: 0,
          priority: 100
        ),
      ]
    )
  }

  @Test("a header alone means that there is no swap")
  func noSwap() throws {
    let bytes = try TextFixture.bytes("host-6.18/swaps")
    #expect(try SwapsText.parse(bytes.span, file: "swaps").isEmpty)
    #expect(read("", SwapsText.parse).reason == .empty)
    #expect(
      read("/dev/sda2 partition 1 0 -1\n", SwapsText.parse).reason
        == .headerMissing(expected: "`Filename Type Size Used Priority`")
    )
  }

  @Test(
    "swap lines that make no sense",
    arguments: [
      "/dev/sda2", "/dev/sda2 partition x 0 -1", "/dev/sda2 partition 1 2 -1",
      "partition 1 0 -1", "/dev/sda2 partition 1 0 --1", "/a file 1 0 99999999999999999999",
      "/a file 18446744073709551615 0 1",
    ]
  )
  func badSwaps(line: String) {
    #expect(read("Filename Type Size Used Priority\n\(line)\n", SwapsText.parse).line == 2)
  }

  @Test("modules by name; an empty file is a kernel without modules")
  func modules() throws {
    let text =
      "virtio_balloon 24576 0 - Live 0xffffffffc0000000\n"
      + "nvidia 56385536 2 nvidia_uvm,nvidia_modeset, Live 0x0 (POE)\nvmw_balloon 2"
    #expect(try read(text, ModulesText.parse).get() == ["virtio_balloon", "nvidia", "vmw_balloon"])
    #expect(try read("", ModulesText.parse).get() == [])
    #expect(
      try read("Module                  Size  Used by\nkvm 1 0\n", ModulesText.parse).get()
        == ["kvm"]
    )
    #expect(read("no such file\n", ModulesText.parse).line == 1)
  }

  @Test("a kernel's options, set and not set")
  func config() throws {
    let bytes = try TextFixture.bytes("host-6.18/config")
    let config = try KernelConfigText.parse(bytes.span, file: "/proc/config.gz")
    #expect(config[KernelOption("MEMORY_HOTPLUG")] == .yes)
    #expect(config[KernelOption("BALLOON_COMPACTION")] == .yes)
    #expect(config.options["MHP_DEFAULT_ONLINE_TYPE_ONLINE_MOVABLE"] == .no)
    #expect(config[KernelOption("HZ")] == .text("250"))
    #expect(config[KernelOption("LOCALVERSION")] != .no)
    #expect(config[KernelOption("NO_SUCH_OPTION")] == .no)
    #expect(config.options["NO_SUCH_OPTION"] == nil)
    #expect(config.input == "/proc/config.gz")
  }

  @Test(
    "values of every kind",
    arguments: [
      ("CONFIG_X=y", .yes), ("CONFIG_X=m", .module), ("CONFIG_X=n", .no),
      ("CONFIG_X=0x40", .text("0x40")),
      ("CONFIG_X=\"\"", .text("")), ("CONFIG_X=\"a \\\"b\\\" \\\\\"", .text("a \"b\" \\")),
      ("# CONFIG_X is not set", .no), ("CONFIG_X=\"", .text("\"")),
    ] as [(String, KernelConfig.Value)]
  )
  func configValues(line: String, value: KernelConfig.Value) throws {
    let config = try read("#\n# Comment\nNOT_CONFIG=y\n\(line)\n", KernelConfigText.parse).get()
    #expect(config.options == ["X": value])
  }

  @Test("a configuration that was cut off is refused: what it lacks would count as off")
  func cutConfig() {
    #expect(read("CONFIG_A=y\nCONFIG_B=y", KernelConfigText.parse).line == 2)
    #expect(read("CONFIG_A=y\nCONFIG_B\n", KernelConfigText.parse).line == 2)
    #expect(read("# nothing\n", KernelConfigText.parse).line == 1)
    #expect(read("\u{1F}\u{8B}\u{8}\0", KernelConfigText.parse).reason == .binary)
  }

  @Test(
    "os-release values are unquoted as a shell would",
    arguments: [
      ("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"", "Debian GNU/Linux 12 (bookworm)"),
      ("PRETTY_NAME='It is $5'", "It is $5"), ("PRETTY_NAME=Alpine\\ Linux", "Alpine Linux"),
      ("PRETTY_NAME=\"a \\\"b\\\" \\$c \\d\"", "a \"b\" $c \\d"),
      ("NAME=Gentoo\nVERSION=\"2.15\"", "Gentoo 2.15"), ("PRETTY_NAME=\"\"\nNAME=x", "x"),
      ("ID=foo", "Linux"), ("# PRETTY_NAME=a\n\nexport A=b\nPRETTY_NAME=\"c", "c"),
    ]
  )
  func osRelease(text: String, name: String) throws {
    #expect(try read(text, OSReleaseText.prettyName).get() == name)
  }

  @Test("a real os-release, and what is none")
  func realOSRelease() throws {
    let bytes = try TextFixture.bytes("host-6.18/os-release")
    #expect(try OSReleaseText.parse(bytes.span, file: "os-release")["ID"] == "debian")
    #expect(read("hello\n", OSReleaseText.parse).line == 1)
    #expect(read("", OSReleaseText.parse).reason == .empty)
  }

  @Test("the release in /proc/version and osrelease")
  func version() throws {
    let text =
      "Linux version 6.1.0-49-cloud-amd64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP\n"
    #expect(
      try read(text, VersionText.parse).get() == KernelVersion(release: "6.1.0-49-cloud-amd64")
    )
    #expect(try read("7.2.13\n", VersionText.release).get().releaseNumber.major == 7)
    #expect(read("Linux version x\n", VersionText.parse).reason != nil)
    #expect(read("FreeBSD 14\n", VersionText.parse).reason != nil)
    #expect(read("\n", VersionText.release).reason == .empty)
  }
}
