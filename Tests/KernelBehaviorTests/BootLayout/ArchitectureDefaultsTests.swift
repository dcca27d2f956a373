internal import HostModel
internal import KernelBehavior
internal import Testing

/// What is taken where nothing tells: the kernel's own defaults.
@Suite("Defaults of architectures")
struct ArchitectureDefaultsTests {
  // arch/*/Kconfig, ARCH_FORCE_MAX_ORDER (FORCE_MAX_ZONEORDER in 5.10, one more up to 6.3), the same in
  // 5.10.223, 6.1.176, 6.12.117, 7.2.13 and 7.3; s390, riscv and x86 have no such option, and 10 is
  // MAX_PAGE_ORDER of include/linux/mmzone.h. Multi-platform arm kernels have SOC_AM33XX.
  @Test(
    "the largest order is the configuration's default",
    arguments: [
      (Architecture.arm64, PageSize.kib4, 10 as UInt8), (.arm64, .kib16, 11), (.arm64, .kib64, 13),
      (.ppc64, .kib4, 12), (.ppc64, .kib64, 8), (.arm32, .kib4, 11), (.s390x, .kib4, 10),
      (.riscv64, .kib4, 10), (.loongarch64, .kib16, 11), (.loongarch64, .kib4, 10),
      (.loongarch64, .kib64, 13), (.sparc64, .kib8, 12), (.x86_64, .kib4, 10), (.x86_32, .kib4, 10),
    ]
  )
  func largestOrder(_ architecture: Architecture, _ pageSize: PageSize, _ order: UInt8) {
    #expect(architecture.usualMaxOrder(pageSize) == order)
  }

  // An armhf guest with 3 GiB from 1 GiB on: DMA 262144+196608, HighMem from 458752.
  @Test("lowmem of a multi-platform arm kernel is ZONE_DMA, 768 MiB from where RAM begins")
  func lowMemory() {
    let memory = FrameRange(start: 0x40000, end: 0x100000)
    let limits = ZoneLimit.standard(architecture: .arm32, pageSize: .kib4, memory: memory)
    let zones = limits.filter { !$0.frames.isEmpty }
    #expect(zones.map(\.kind) == [.dma, .highMem])
    #expect(zones.map(\.frames.start) == [262_144, 458_752])
    #expect(zones.map(\.frames.pages) == [196_608, 589_824])
  }

  // arch/powerpc/platforms/pseries/hotplug-memory.c, dlpar_online_lmb; drivers/s390/char/sclp_mem.c
  @Test("firmware's blocks are onlined by who adds them")
  func onliners() {
    let kernel = KernelVersion(major: 6, minor: 12)
    func onliner(_ architecture: Architecture) -> Onliner {
      HotplugDevice.block.onliner(on: Kernel(version: kernel, architecture: architecture))
    }
    #expect(onliner(.ppc64) == .dlpar)
    #expect(onliner(.s390x) == .chmem)
    #expect(HotplugDevice.dimm.onliner(on: Kernel(version: kernel, architecture: .ppc64)) == .udev)
  }
}
