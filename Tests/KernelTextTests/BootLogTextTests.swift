internal import HostModel
internal import KernelText
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("Boot logs")
struct BootLogTextTests {
  static let messages = [
    "Linux version 6.12.1-amd64 (a@b) (x86_64-linux-gnu-gcc-14 (Debian) 14.2.0) #1 SMP",
    "Command line: root=/dev/vda1 kernelcore=4G quiet",
    "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable",
    "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x0009ffff]",
    "ACPI: SRAT: Node 1 PXM 1 [mem 0x140000000-0x23fffffff] hotplug",
    "RAMDISK: [mem 0x3edc2000-0x3fffefff]",
    "Zone ranges:",
    "  DMA      [mem 0x0000000000001000-0x0000000000ffffff]",
    "  DMA32    [mem 0x0000000001000000-0x00000000ffffffff]",
    "  Normal   [mem 0x0000000100000000-0x000000023fffffff]",
    "  Device   empty",
    "Movable zone start for each node",
    "  Node 0: 0x0000000120000000",
    "  Node 1: 0x0000000160000000",
    "Early memory node ranges",
    "  node   0: [mem 0x0000000000001000-0x000000000009efff]",
    "  node   0: [mem 0x0000000000100000-0x00000000bffdffff]",
    "  node   0: [mem 0x0000000100000000-0x000000013fffffff]",
    "  node   1: [mem 0x0000000140000000-0x000000023fffffff]",
    "Initmem setup node 0 [mem 0x0000000000001000-0x000000013fffffff]",
    "Initmem setup node 1 [mem 0x0000000140000000-0x000000023fffffff]",
    "On node 0, zone DMA: 97 pages in unavailable ranges",
    "Built 2 zonelists, mobility grouping on.  Total pages: 2064117",
    "Kernel command line: root=/dev/vda1 kernelcore=4G quiet",
    "Dentry cache hash table entries: 1048576 (order: 11, 8388608 bytes, vmalloc)",
    "Memory: 8012345K/8388088K available (16384K kernel code, 2507K rwdata)",
    "HugeTLB: registered 1.00 GiB page size, pre-allocated 0 pages",
    "x86/mm: Memory block size: 128MB",
  ]

  static func read(_ text: String) throws -> BootLog {
    let bytes = Array(text.utf8)
    return try BootLogText.parse(bytes.span, file: "boot.log")
  }

  static func check(_ log: BootLog) {
    #expect(log.kernel == KernelVersion(release: "6.12.1-amd64"))
    #expect(log.architecture == .x86_64)
    #expect(log.commandLine == "root=/dev/vda1 kernelcore=4G quiet")
    #expect(log.zones.map(\.name) == ["DMA", "DMA32", "Normal", "Device"])
    #expect(log.zones.last?.extent == nil)
    #expect(log.starts.keys.sorted() == [0, 1])
    #expect(log.starts[1] == .address(0x1_6000_0000))
    #expect(log.ranges.map(\.node) == [0, 0, 0, 1])
    #expect(log.ranges.first?.extent == .bytes(AddressRange(first: 0x1000, last: 0x9_efff)))
    guard case .bytes(let last) = log.ranges.last?.extent else {
      Issue.record("the last range is in frames")
      return
    }
    #expect(last.end == 0x2_4000_0000)
    #expect(log.firmwareRanges.map(\.isHotPluggable) == [false, true])
    #expect(log.reserved == [AddressRange(first: 0x3edc_2000, last: 0x3fff_efff)])
    #expect(log.nodeExtents.count == 2)
    #expect(log.buddyPages == 2_064_117)
    #expect(log.memory == .kibibytes(8_388_088))
    #expect(log.hugePageSizes == [.gibibytes(1)])
    #expect(log.pageSize == .kib4)
    #expect(log.memoryBlockSize == .mebibytes(128))
    #expect(log.hasMemory)
  }

  @Test("a log may be cut into pieces anywhere", arguments: [1, 2, 3, 7, 64, 4096])
  func pieces(_ length: Int) throws {
    let text = Array(Self.messages.map { "[    0.012345] \($0)\r\n" }.joined().utf8)
    var reader = BootLogText(file: "boot.log")
    var start = 0
    while start < text.count {
      let piece = Array(text[start..<min(start + length, text.count)])
      reader.feed(piece.span)
      start += length
    }
    Self.check(try reader.finish())
  }

  @Test("lines of others between the kernel's change nothing")
  func interleaved() throws {
    let foreign = [
      "Nov 23 10:00:00 db-17 systemd[1]: Starting Something...", "", "\u{0}\u{0}garbage \u{1}",
      "[    0.012400] pci 0000:00:00.0: BAR 0: [mem 0xfd000000-0xfdffffff]",
      "DMA zone: 64 pages used for memmap", "  Normal zone: 64 pages used for memmap",
    ]
    var text = ""
    for (index, message) in Self.messages.enumerated() {
      text += "[    0.012345] \(message)\n\(foreign[index % foreign.count])\n"
    }
    Self.check(try Self.read(text))
  }

  @Test("a zone's or node's range on the next line is joined")
  func split() throws {
    var text = ""
    for message in Self.messages {
      let halves = message.split(separator: "[mem ", maxSplits: 1)
      if halves.count == 2, message.hasPrefix("  ") {
        text += "[    0.012345] \(halves[0])\n[    0.012345] [mem \(halves[1])\n"
      } else {
        text += "[    0.012345] \(message)\n"
      }
    }
    Self.check(try Self.read(text))
  }

  @Test("of several boots the last complete one is taken")
  func boots() throws {
    let whole = Self.messages.joined(separator: "\n") + "\n"
    let older = whole.replacing("kernelcore=4G", with: "quiet")
    let two = try Self.read(older + whole)
    Self.check(two)
    #expect(two.bootCount == 2)
    #expect(two.boot == 2)
    #expect(two.line == Self.messages.count + 1)
    let cut = try Self.read(older + whole + "Linux version 6.1.0 (cut)\nCommand line: new\n")
    Self.check(cut)
    #expect(cut.bootCount == 3)
    #expect(cut.boot == 2)
  }

  @Test("ranges without their heading are counted as strays")
  func beginningLost() throws {
    let log = try Self.read(Self.messages[16...].joined(separator: "\n"))
    #expect(!log.hasMemory)
    #expect(log.strayRanges == 3)
  }

  @Test("kernels up to 3.5 print frames, before 2.6.33 in decimal")
  func frames() throws {
    let text = """
      Linux version 2.6.27 (gcc version 4.3.2) #1 SMP
      Zone PFN ranges:
        DMA             0 ->     4096
        DMA32        4096 ->  1048576
        Normal    1048576 ->  1048576
      Movable zone start PFN for each node
          Node 0: 262144
      early_node_map[2] active PFN ranges
          0:        0 ->      159
          0: 0x00000100 -> 0x0007ffb0
      On node 0 totalpages: 524111
      Kernel command line: movablecore=1G
      """
    let log = try Self.read(text)
    let limits: [PageFrameNumber] = [0, 4096, 1_048_576, 1_048_576]
    #expect(
      log.zones.map(\.extent)
        == zip(limits, limits.dropFirst()).map { .frames(FrameRange(start: $0, end: $1)) }
    )
    #expect(
      log.ranges.map(\.extent) == [
        .frames(FrameRange(start: 0, end: 159)), .frames(FrameRange(start: 0x100, end: 0x7ffb0)),
      ]
    )
    #expect(log.announcedRanges == 2)
    #expect(log.nodePages == [0: 524111])
    #expect(log.starts[0] == .frame(262144))
    #expect(log.commandLine == "movablecore=1G")
  }

  @Test("a command line that newer kernels print in pieces is put together")
  func wrappedCommandLine() throws {
    let log = try Self.read(
      """
      [    0.000000] Linux version 7.0.0 (x)
      [    0.000000] Kernel command line: root=/dev/sda1 \\
      [    0.000000] Kernel command line: kernelcore=4G \\
      [    0.000000] Kernel command line: quiet
      """
    )
    #expect(log.commandLine == "root=/dev/sda1 kernelcore=4G quiet")
  }

  @Test(
    "the version line may prove the architecture",
    arguments: [
      ("Linux version 5.14.10-300.fc35.x86_64 (x)", Architecture.x86_64),
      ("Linux version 6.1.0-9-arm64 (aarch64-linux-gnu-gcc-12 (x)", .arm64),
      ("Linux version 5.14.0-70.el9.ppc64le (x)", .ppc64),
      ("Linux version 5.14.0-70.el9.s390x (x)", .s390x),
      ("Linux version 6.6.0-riscv64 (x)", .riscv64),
      ("Linux version 6.6.0-loong64 (loongarch64-linux-gnu-gcc-13 (x)", .loongarch64),
      ("Linux version 6.1.0 (gcc)", nil),
    ] as [(String, Architecture?)]
  )
  func architecture(_ line: String, _ expected: Architecture?) throws {
    #expect(try Self.read(line).architecture == expected)
  }

  @Test("distributions name the stable version that they built")
  func stableVersion() throws {
    let debian = try Self.read(
      "Linux version 5.10.0-33-amd64 (x) (gcc-10 (Debian 10.2.1-6)) #1 SMP Debian 5.10.226-1 (2024)"
    )
    #expect(debian.kernel?.releaseNumber == KernelRelease(5, 10, 226))
    let ubuntu = try Self.read(
      "Linux version 5.15.0-91-generic (x) #101-Ubuntu SMP (Ubuntu 5.15.0-91.101-generic 5.15.131)"
    )
    #expect(ubuntu.kernel?.releaseNumber == KernelRelease(5, 15, 131))
  }

  @Test("what is no boot log is refused")
  func refused() {
    func reason(_ bytes: [UInt8]) -> ParseError.Reason? {
      do throws(ParseError) {
        _ = try BootLogText.parse(bytes.span, file: "x")
        return nil
      } catch { return error.reason }
    }
    #expect(reason([]) == .empty)
    #expect(reason(Array(repeating: 0, count: 100)) == .binary)
    #expect(reason((0...255).map { $0 }) == .binary)
    if case .headerMissing = reason(Array("hello\nworld\n".utf8)) {
    } else {
      Issue.record("text without a kernel message was taken")
    }
  }

  @Test("memory stays bounded however long a log and its lines are")
  func bounded() throws {
    var reader = BootLogText(file: "x")
    let line = Array("[    1.000000] \(String(repeating: "x", count: 5000))".utf8)
    for _ in 0..<2000 { reader.feed(line.span) }
    let end = Array(("\n" + Self.messages.joined(separator: "\n")).utf8)
    reader.feed(end.span)
    Self.check(try reader.finish())
  }

  @Test("damaged logs never trap, and a refusal names a line of the text", arguments: 1...300)
  func damaged(_ seed: Int) {
    var state = UInt64(seed)
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var bytes = Array(Self.messages.map { "[    0.012345] \($0)\n" }.joined().utf8)
    for _ in 0..<(1 + next(60)) {
      switch next(4) {
      case 0: bytes[next(bytes.count)] = UInt8(next(256))
      case 1 where bytes.count > 9: bytes.remove(at: next(bytes.count))
      case 1, 2: bytes.insert(UInt8(ascii: "9"), at: next(bytes.count))
      default: bytes.removeLast(min(bytes.count - 9, next(200)))
      }
    }
    do throws(ParseError) {
      _ = try BootLogText.parse(bytes.span, file: "x")
    } catch {
      let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
      #expect((0...lines).contains(error.place.line), "\(error)")
    }
  }
}
