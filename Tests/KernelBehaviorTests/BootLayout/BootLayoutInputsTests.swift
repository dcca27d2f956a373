internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import SourceText
internal import Testing

@Suite("Machines from boot logs")
struct BootLayoutInputsTests {
  static let arm64 = """
    [    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]
    [    0.000000] Linux version 6.1.0 (gcc) #1 SMP
    [    0.000000] Zone ranges:
    [    0.000000]   DMA      [mem 0x0000000080000000-0x00000000ffffffff]
    [    0.000000]   DMA32    empty
    [    0.000000]   Normal   [mem 0x0000000100000000-0x0000000fffffffff]
    [    0.000000] Movable zone start for each node
    [    0.000000] Early memory node ranges
    [    0.000000]   node   0: [mem 0x0000000080000000-0x00000000ffffffff]
    [    0.000000]   node   0: [mem 0x0000000880000000-0x0000000fffffffff]
    [    0.000000] Kernel command line: quiet

    """

  static func inputs(
    _ text: String,
    _ overrides: BootLayoutInputs.Overrides = .init()
  ) throws -> BootLayoutInputs {
    let bytes = Array(text.utf8)
    return try BootLayoutInputs(
      log: try BootLogText.parse(bytes.span, file: "boot.log"),
      overrides: overrides
    )
  }

  static func refusal(_ text: String) -> BootLayoutRefusal? {
    do {
      _ = try inputs(text)
      return nil
    } catch { return error as? BootLayoutRefusal }
  }

  @Test(
    "the page size comes from whatever tells it",
    arguments: [
      ("Dentry cache hash table entries: 4194304 (order: 9, 33554432 bytes, vmalloc)", 64, 13),
      ("Dentry cache hash table entries: 4194304 (order: 13, 33554432 bytes, vmalloc)", 4, 10),
      ("Inode-cache hash table entries: 2097152 (order: 10, 16777216 bytes, linear)", 16, 11),
      ("Built 1 zonelists, mobility grouping on.  Total pages: 523776", 64, 13),
      ("Built 1 zonelists, mobility grouping on.  Total pages: 8257536", 4, 10),
      ("HugeTLB: registered 512 MiB page size, pre-allocated 0 pages", 64, 13),
      ("HugeTLB: registered 32.0 MiB page size, pre-allocated 0 pages", 16, 11),
      ("HugeTLB: registered 64.0 KiB page size, pre-allocated 0 pages", 4, 10),
      ("On node 0 totalpages: 2097152", 16, 11),
    ]
  )
  func pageSize(_ line: String, _ kibibytes: UInt64, _ order: UInt8) throws {
    let inputs = try Self.inputs(Self.arm64 + "[    0.000000] \(line)\n")
    #expect(inputs.map.pageSize == PageSize(bytes: kibibytes << 10))
    #expect(inputs.map.maxOrder == order)
    #expect(!inputs.assumptions.contains { $0.contains("page size") })
    #expect(inputs.assumptions.contains { $0.contains("largest page order") })
  }

  @Test("a page size that nothing tells is assumed aloud, a stated one is taken")
  func assumedPageSize() throws {
    let inputs = try Self.inputs(Self.arm64)
    #expect(inputs.map.pageSize == .kib4)
    #expect(inputs.assumptions.contains { $0.contains("page size") })
    let stated = try Self.inputs(Self.arm64, .init(pageSize: .kib64, maxOrder: 9))
    #expect(stated.map.pageSize == .kib64)
    #expect(stated.map.maxOrder == 9)
    #expect(stated.assumptions.count == 2)
    #expect(stated.assumptions.allSatisfy { $0.contains("as given") })
  }

  @Test("arm64 with 64 KiB pages: the log's own DMA limit decides")
  func largePages() throws {
    let inputs = try Self.inputs(Self.arm64, .init(pageSize: .kib64, maxOrder: 13))
    let layout = try inputs.predict(inputs.arguments("kernelcore=25%"))
    #expect(layout.nodes.map(\.movableStart) == [0xa0000])
    #expect(layout.kernelPages == PageCount(8 << 14))
    #expect(inputs.agrees(layout) == false)
    #expect(inputs.agrees(try inputs.predict(inputs.arguments("quiet"))) == true)
  }

  /// A log in which nothing tells the architecture, and no boundary the page size.
  static let nameless = arm64.replacing("Booting Linux", with: "Booting")
    .replacing("  DMA32    empty\n", with: "").replacing("  DMA  ", with: "  DMA32")

  @Test("what nothing tells is taken as given, and said")
  func stated() throws {
    let inputs = try Self.inputs(Self.nameless, .init(architecture: .ppc64, pageSize: .kib64))
    #expect(inputs.map.architecture == .ppc64)
    #expect(inputs.assumptions.contains { $0.contains("ppc64, as given") })
    // A boundary inside 8 KiB proves pages of 4 KiB, and all else stands in the log.
    let proven = Self.nameless.replacing("0x0000000fffffffff", with: "0x0000000fffffefff")
    let layout = try Self.inputs(proven)
    #expect(layout.map.pageSize == .kib4)
    #expect(
      layout.assumptions.contains { $0.contains("nothing in the log tells the architecture") }
    )
  }

  @Test("a zone of a vendor's that holds nothing changes nothing")
  func emptyVendorZone() throws {
    let text = Self.arm64.replacing("  DMA32    empty", with: "  ExtMem   empty")
    #expect(try Self.inputs(text).map.zones.map(\.kind) == [.dma, .normal])
  }

  @Test("firmware's map and its affinity table stand in for the ranges on x86")
  func firmwareMap() throws {
    let text = """
      BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
      BIOS-e820: [mem 0x0000000000100000-0x00000000bffdffff] usable
      BIOS-e820: [mem 0x00000000bffe0000-0x00000000bfffffff] reserved
      BIOS-e820: [mem 0x0000000100000000-0x00000002bfffffff] usable
      e820: update [mem 0x00000000-0x00000fff] usable ==> reserved
      e820: remove [mem 0x000a0000-0x000fffff] usable
      last_pfn = 0x2c0000 max_arch_pfn = 0x400000000
      ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x0009ffff]
      ACPI: SRAT: Node 0 PXM 0 [mem 0x00100000-0xbfffffff]
      ACPI: SRAT: Node 0 PXM 0 [mem 0x100000000-0x1bfffffff]
      ACPI: SRAT: Node 1 PXM 1 [mem 0x1c0000000-0x2bfffffff]

      """
    let inputs = try Self.inputs(text)
    #expect(inputs.map.architecture == .x86_64)
    #expect(inputs.map.nodes == [0, 1])
    #expect(!inputs.isExact)
    #expect(inputs.map.ranges.first?.frames.start == 1)
    let layout = try inputs.predict(inputs.arguments("movablecore=6G"))
    #expect(layout.nodes.map(\.movableStart) == [0x120000, 0x1e0000])
    // Without the table, nothing says that there is one node only.
    let cut = text.split(separator: "\n").filter { !$0.contains("SRAT") }.joined(separator: "\n")
    #expect(Self.refusal(cut) == .rangesMissing(hasStrays: false))
    #expect(Self.refusal(cut + "\nNo NUMA configuration found\n") == nil)
  }

  @Test(
    "the architecture comes from whatever tells it",
    arguments: [
      ("CPU: ARMv7 Processor [413fc082] revision 2 (ARMv7), cr=10c5387d", Architecture.arm32),
      ("CPU features: detected: GIC system register CPU interface", .arm64),
      ("MIPS: machine is MikroTik RouterBOARD 760iGS", .mips64),
      ("The 64-bit Kernel has started...", .parisc64),
      ("MM: PAGE_OFFSET is 0xfffff80000000000 (max_phys_bits == 40)", .sparc64),
      ("firmware_features = 0x0000000000000000", .ppc64),
      ("elf_hwcap is 0x112d", .riscv64),
      ("setup: Linux is running under KVM in 64-bit mode", .s390x),
      ("tsc: Detected 2693.508 MHz processor", .x86_64),
    ] as [(String, Architecture)]
  )
  func architecture(_ line: String, _ expected: Architecture) throws {
    let inputs = try Self.inputs("[    0.000000] \(line)\n" + Self.nameless)
    #expect(inputs.map.architecture == expected)
  }

  @Test("what a CPU has, in pages and in bytes, tells the page size")
  func perCPU() throws {
    let line = "[    0.0] percpu: Embedded 6 pages/cpu s46496 r8192 d43616 u98304\n"
    #expect(try Self.inputs(Self.arm64 + line).map.pageSize == .kib16)
  }

  @Test("what is missing is said")
  func refused() {
    #expect(Self.refusal("Linux version 6.1.0 (x)\n") == .rangesMissing(hasStrays: false))
    let end = Self.arm64.split(separator: "\n").suffix(3).joined(separator: "\n")
    #expect(Self.refusal(end) == .rangesMissing(hasStrays: true))
    #expect(
      Self.refusal(Self.arm64.replacing("0x0000000880000000-", with: "0x00000000f0000000-"))
        .map { if case .memory(.overlapping) = $0 { true } else { false } } == true
    )
    #expect(
      Self.refusal(Self.arm64.replacing("0x0000000880000000-", with: "0x0000001880000000-"))
        .map { if case .memory(.backwards) = $0 { true } else { false } } == true
    )
    #expect(
      Self.refusal(Self.arm64.replacing("  Normal ", with: "  NoSplit "))
        == .memory(.unknownZone("NoSplit"))
    )
    #expect(Self.refusal(Self.nameless) == .architectureUnknown)
    let lost = "[    0.000000] Initmem setup node 0 [mem 0x0000000080000000-0x00000010ffffffff]\n"
    #expect(
      Self.refusal(Self.arm64 + lost).map {
        if case .rangesIncomplete = $0 { true } else { false }
      } == true
    )
  }

  @Test("mirrored memory is needed range by range")
  func mirrored() throws {
    let some = "[    0.000000] efi: Memory: 4096M/32768M mirrored memory\n"
    let inputs = try Self.inputs(Self.arm64 + some)
    #expect(throws: BootLayoutRefusal.mirroredRangesUnknown) {
      try inputs.predict(inputs.arguments("kernelcore=mirror"))
    }
    let which =
      "[    0.000000] efi:  mem1: [Conventional|   |  |MR|  ] range=[0x80000000-0xffffffff] (2G)\n"
    let known = try Self.inputs(Self.arm64 + some + which)
    #expect(known.map.ranges.map(\.isMirrored) == [true, false])
    let features = try known.predict(known.arguments("kernelcore=mirror"))
    #expect(features.nodes[0].movableStart == 0x880000)
  }

  @Test("kernelcore without a value has no layout")
  func crash() throws {
    let inputs = try Self.inputs(Self.arm64)
    #expect(throws: BootLayoutRefusal.crashes) {
      try inputs.predict(inputs.arguments("kernelcore"))
    }
  }

  @Test(
    "damaged logs are refused with a line of theirs, or no memory is predicted that they don't have",
    arguments: 1...300
  )
  func damaged(_ seed: Int) throws {
    let zones = try Self.inputs(Self.arm64).map.zones
    var dice = LayoutPropertyTests.Dice(state: UInt64(seed))
    var bytes = Array(Self.arm64.utf8)
    for _ in 0..<(1 + dice.next(20)) {
      let place = Int(dice.next(UInt64(bytes.count)))
      switch dice.next(3) {
      case 0: bytes[place] = UInt8(ascii: "0") + UInt8(dice.next(10))
      case 1: bytes.remove(at: place)
      default: bytes.insert(UInt8(ascii: "f"), at: place)
      }
    }
    do {
      let inputs = try BootLayoutInputs(log: try BootLogText.parse(bytes.span, file: "x"))
      for line in ["kernelcore=1G", "movablecore=99%", "movable_node", "kernelcore=mirror"] {
        guard let layout = try? inputs.predict(inputs.arguments(line)) else { continue }
        for node in layout.nodes {
          #expect(node.zones.map(\.present).total() == node.pages)
          for zone in node.zones { #expect(zone.present <= zone.spanned) }
        }
        // Damage can move a zone's end over another zone, or in front of the memory in it.
        guard inputs.map.zones == zones else { continue }
        #expect(layout.kernelPages + layout.movablePages <= inputs.map.totalPages)
      }
    } catch let error as ParseError {
      #expect((1...bytes.count { $0 == 0x0A } + 1).contains(error.place.line), "\(error)")
    } catch {
      #expect(error is BootLayoutRefusal, "\(error)")
    }
  }
}
