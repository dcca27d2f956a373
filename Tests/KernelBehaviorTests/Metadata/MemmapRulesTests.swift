internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Who pays for page descriptors")
struct MemmapRulesTests {
  private func rules(
    _ mode: MemmapOnMemory = .yes,
    kernel: (Int, Int) = (6, 12),
    architecture: Architecture = .x86_64,
    pageSize: PageSize = .kib4,
    block: ByteCount = .mebibytes(128),
    isConfigured: Bool? = nil
  ) -> MemmapRules {
    let config = isConfigured.map {
      KernelConfig(options: ["MHP_MEMMAP_ON_MEMORY": $0 ? .yes : .no], input: "config")
    }
    let kernel = Kernel(
      version: .known(KernelVersion(major: kernel.0, minor: kernel.1)),
      config: config.map { .known($0) } ?? .unknown(.missing(input: "config"))
    )
    return MemmapRules(
      mode: mode,
      kernel: kernel,
      architecture: architecture,
      pageSize: pageSize,
      blockSize: block
    )
  }

  @Test("16 GiB cost 256 MiB of kernel memory")
  func share() {
    let placement = rules(.no).placement(of: .dimm, size: .gibibytes(16))
    #expect(placement == MemmapPlacement(payer: .kernelZones, bytes: .mebibytes(256)))
  }

  @Test("a DIMM holds its own since 6.8, one of a single block since 5.13")
  func releases() {
    for (kernel, size, payer) in [
      ((6, 8), ByteCount.gibibytes(1), MemmapPlacement.Payer.device),
      ((6, 1), .gibibytes(1), .kernelZones), ((6, 1), .mebibytes(128), .device),
      ((5, 12), .mebibytes(128), .kernelZones),
    ] {
      #expect(rules(kernel: kernel).placement(of: .dimm, size: size).payer == payer, "\(kernel)")
    }
  }

  @Test("virtio-mem and blocks without a group never do, whatever the parameter")
  func neverAsked() {
    for device in [HotplugDevice.virtioMem, .block, .pmem(.systemRAM)] {
      let placement = rules(.force).placement(of: device, size: .gibibytes(1))
      #expect(placement.refusal == .notAskedByDriver, "\(device)")
    }
    #expect(rules().placement(of: .cxl, size: .gibibytes(1)).payer == .device)
    #expect(rules(kernel: (6, 7)).placement(of: .cxl, size: .gibibytes(1)).payer == .kernelZones)
  }

  @Test("16 KiB pages: 512 KiB of descriptors are no pageblock, force rounds up to 32 MiB")
  func pageblocks() {
    let size = ByteCount.gibibytes(1)
    let plain = rules(architecture: .ppc64, pageSize: .kib16).placement(of: .dimm, size: size)
    #expect(plain.refusal == .notWholePageblocks)
    let forced = rules(.force, architecture: .ppc64, pageSize: .kib16)
    let placement = forced.placement(of: .dimm, size: size)
    #expect(placement.payer == .device)
    #expect(placement.bytes + placement.wasted == forced.pageblockSize * 8)
    let arm = rules(.force, architecture: .arm64, pageSize: .kib16)
    #expect(arm.placement(of: .dimm, size: size).refusal == .notWholePMDs)
  }

  @Test("a kernel without the option, or an architecture without support, does nothing")
  func notThere() {
    let size = ByteCount.gibibytes(1)
    #expect(rules(isConfigured: false).placement(of: .dimm, size: size).refusal == .notInThisKernel)
    #expect(
      rules(architecture: .loongarch64).placement(of: .dimm, size: size).refusal
        == .notOnThisArchitecture
    )
    #expect(
      rules(kernel: (6, 7), architecture: .riscv64).placement(of: .dimm, size: size).refusal
        == .notOnThisArchitecture
    )
    #expect(rules(architecture: .riscv64).placement(of: .dimm, size: size).payer == .device)
  }

  @Test("firmware's blocks hold their own on s390x since 6.8 and on ppc64 since 6.6")
  func firmwareBlocks() {
    let block = ByteCount.mebibytes(256)
    func payer(_ kernel: (Int, Int), _ architecture: Architecture, _ page: PageSize) -> String {
      let rules = rules(kernel: kernel, architecture: architecture, pageSize: page, block: block)
      let placement = rules.placement(of: .block, size: .gibibytes(1))
      return placement.refusal.map { "\($0)" } ?? placement.payer.rawValue
    }
    #expect(payer((6, 12), .s390x, .kib4) == "device")
    #expect(payer((6, 7), .s390x, .kib4) == "notOnThisArchitecture")
    #expect(payer((6, 6), .ppc64, .kib4) == "device")
    #expect(payer((6, 12), .x86_64, .kib4) == "notAskedByDriver")
  }

  @Test("optimised huge pages exclude it from 5.14 to 6.0")
  func optimization() {
    for (kernel, payer) in [
      ((5, 13), MemmapPlacement.Payer.device), ((5, 14), .kernelZones), ((6, 0), .kernelZones),
      ((6, 1), .device),
    ] {
      var rules = rules(kernel: kernel)
      rules.optimizesHugePages = true
      #expect(rules.placement(of: .dimm, size: .mebibytes(128)).payer == payer, "\(kernel)")
    }
  }

  @Test("virtio-mem plugs pageblocks since 5.17, before the page allocator's largest block")
  func virtioMemUnits() {
    #expect(rules(kernel: (5, 10)).virtioMemUnit == .mebibytes(4))
    #expect(rules(kernel: (6, 1)).virtioMemUnit == .mebibytes(2))
    // A pageblock is a block there: big-block mode.
    let large = rules(architecture: .arm64, pageSize: .kib64, block: .mebibytes(512))
    #expect(large.virtioMemUnit == .mebibytes(512))
  }

  @Test("persistent memory pays where its map is, device-DAX shares tails in RAM")
  func persistent() {
    let size = ByteCount.gibibytes(768)
    func placement(
      _ mode: HotplugDevice.PersistentMode,
      _ kernel: (Int, Int) = (6, 12)
    ) -> MemmapPlacement {
      rules(.no, kernel: kernel).placement(of: .pmem(mode), size: size)
    }
    #expect(placement(.fsdax(.device)) == MemmapPlacement(payer: .device, bytes: .gibibytes(12)))
    #expect(
      placement(.fsdax(.memory)) == MemmapPlacement(payer: .kernelZones, bytes: .gibibytes(12))
    )
    let shared = MemmapPlacement(payer: .kernelZones, bytes: .gibibytes(3))
    #expect(placement(.devdax(.memory)) == shared)
    #expect(placement(.devdax(.memory), (5, 10)).bytes == .gibibytes(12))
    #expect(placement(.systemRAM).payer == .kernelZones)
  }
}

@Suite("Memory blocks and boot")
struct MemoryBlockSizeTests {
  @Test("x86-64 blocks are 128 MiB below 64 GiB, then as large as boot memory's end allows")
  func x86() {
    func size(_ end: ByteCount, virtual: Bool = true) -> ByteCount {
      MemoryBlockSize.chosen(
        by: .assumed,
        architecture: .x86_64,
        pageSize: .kib4,
        bootEnd: end,
        isVirtual: virtual
      )
    }
    #expect(size(ByteCount((64 << 30) - 1)) == .mebibytes(128))
    #expect(size(.gibibytes(64)) == .gibibytes(2))
    #expect(size(.gibibytes(65)) == .gibibytes(1))
    #expect(size(.gibibytes(64) + .mebibytes(256)) == .mebibytes(256))
    #expect(size(.gibibytes(65) + .mebibytes(64)) == .mebibytes(128))
    #expect(size(.gibibytes(65), virtual: false) == .gibibytes(2))
  }

  @Test(
    "elsewhere the section of sparse memory decides, or the firmware",
    arguments: [
      (Architecture.arm64, PageSize.kib4, (5, 10), ByteCount.gibibytes(1)),
      (.arm64, .kib64, (5, 10), .gibibytes(1)), (.arm64, .kib4, (5, 12), .mebibytes(128)),
      (.arm64, .kib64, (6, 12), .mebibytes(512)), (.loongarch64, .kib16, (6, 12), .mebibytes(512)),
      (.s390x, .kib4, (6, 12), .mebibytes(256)), (.s390x, .kib4, (7, 2), .mebibytes(128)),
      (.riscv64, .kib4, (6, 12), .mebibytes(128)), (.ppc64, .kib64, (6, 12), .mebibytes(256)),
    ]
  )
  func sections(
    architecture: Architecture,
    pageSize: PageSize,
    release: (Int, Int),
    size: ByteCount
  ) {
    let version = KernelVersion(major: release.0, minor: release.1)
    let chosen = MemoryBlockSize.chosen(
      by: Kernel(version: version),
      architecture: architecture,
      pageSize: pageSize,
      bootEnd: .gibibytes(256),
      isVirtual: false
    )
    #expect(chosen == size)
  }

  @Test("page tables are an entry of 8 bytes for each base page")
  func pageTables() {
    for (page, part) in [(PageSize.kib4, UInt64(512)), (.kib16, 2048), (.kib64, 8192)] {
      #expect(
        PageTable.bytes(mapping: .gibibytes(64), pageSize: page)
          == ByteCount.gibibytes(64).scaled(by: 1, over: part)
      )
    }
  }

  @Test("min_free_kbytes is the square root, and khugepaged raises it from 512 MiB on")
  func minimum() {
    func free(_ managed: ByteCount, zones: UInt64) -> ByteCount {
      MinimumFree.bytes(
        managed: managed,
        kernelZones: zones,
        pageblockSize: .mebibytes(2),
        machine: managed
      )
    }
    // Booted 6.1 guests of 512 MiB and 1 GiB keep 2.5 and 44.0 MiB.
    #expect(free(.kibibytes(415_000), zones: 2) == .kibibytes(2576))
    #expect(free(.kibibytes(930_000), zones: 2) == .mebibytes(44))
    #expect(free(.gibibytes(5000), zones: 3) == .kibibytes(262_144))
    // Beside 63 GiB of Movable a 7.2 guest keeps 5 % of kernel zones of 190 MiB: 9604 KiB.
    let small = MinimumFree.bytes(
      managed: .kibibytes(195_456),
      kernelZones: 2,
      pageblockSize: .mebibytes(2),
      machine: .gibibytes(64)
    )
    #expect(small == ByteCount.kibibytes(195_456).scaled(by: 1, over: 20))
  }
}
