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
      rules(architecture: .riscv64).placement(of: .dimm, size: size).refusal
        == .notOnThisArchitecture
    )
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

  @Test("min_free_kbytes is the square root, and khugepaged raises it from 512 MiB on")
  func minimum() {
    func free(_ managed: ByteCount, zones: UInt64) -> ByteCount {
      MinimumFree.bytes(managed: managed, kernelZones: zones, pageblockSize: .mebibytes(2))
    }
    // Booted 6.1 guests of 512 MiB and 1 GiB keep 2.5 and 44.0 MiB.
    #expect(free(.kibibytes(415_000), zones: 2) == .kibibytes(2576))
    #expect(free(.kibibytes(930_000), zones: 2) == .mebibytes(44))
    #expect(free(.gibibytes(5000), zones: 3) == .kibibytes(262_144))
  }
}
