internal import HostModel
internal import KernelBehavior
internal import Testing

// What an architecture keeps for itself, and where it reserves.
extension OfflineSurveyTests {
  // arch/s390/kernel/setup.c, kdump_mem_notifier: crashk_res is empty without crashkernel=, and without
  // CONFIG_CRASH_DUMP there is no notifier. kernel/kexec_core.c makes the file.
  @Test("s390x without a crash kernel keeps nothing, whatever file is missing")
  func s390xWithoutCrashKernel() {
    var host = Host()
    host.snapshot.architecture = .known(.s390x)
    host.snapshot.commandLine = .known("root=/dev/vda1 kernelcore=1G")
    #expect(host[4].offlinable == .yes)
    host.snapshot.commandLine = .known("crashkernel=256M")
    #expect(host[4].offlinable == .unknown)
    let options: [String: KernelConfig.Value] = [
      "MEMORY_HOTPLUG": .yes, "MEMORY_HOTREMOVE": .yes,
    ]
    host.snapshot.kernelConfig = .known(KernelConfig(options: options, input: "config"))
    #expect(host[4].offlinable == .yes)
  }

  // arch/arm64/mm/mmu.c of 7.2, can_unmap_without_split: a block of 128 MiB inside a 1 GiB leaf.
  @Test(
    "arm64 since 7.2 keeps blocks of memory that came in pieces of 1 GiB",
    arguments: [
      (KernelVersion(major: 7, minor: 2), true), (KernelVersion(major: 6, minor: 12), false),
    ]
  )
  func largeMappings(_ kernel: KernelVersion, _ isKept: Bool) {
    var host = Host()
    host.snapshot.architecture = .known(.arm64)
    host.snapshot.kernel = .known(kernel)
    let gibibyte: UInt64 = 1 << 30
    for (end, mayBeKept) in [(2 * gibibyte, isKept), (gibibyte + (gibibyte >> 1), false)] {
      host.blocks = (0..<16).map { number in
        MemoryBlock(
          number: UInt64(number),
          state: .known(.online),
          validZones: .known([number < 8 ? .normal : .movable]),
          nodes: [NodeID(0)]
        )
      }
      host.zones = [
        Host.zone(.normal, first: 0, blocks: 8),
        Host.zone(.movable, first: 8, blocks: (end - gibibyte) >> 27),
      ]
      host.snapshot.iomem = .known([
        IOMemRange(AddressRange(first: 0, last: gibibyte - 1), depth: 0, name: "System RAM"),
        IOMemRange(
          AddressRange(first: gibibyte, last: end - 1),
          depth: 0,
          name: "System RAM (virtio_mem)"
        ),
      ])
      #expect(host[9].offlinable == (mayBeKept ? .unknown : .yes), "\(end)")
      #expect(host[9].reasons == (mayBeKept ? [.mappingARM64] : []))
    }
  }

  // mm/page_alloc.c, __free_unaccepted: managed, and counted free. What is reserved stays so.
  @Test("memory that a guest has not accepted explains no reserved page")
  func unaccepted() {
    var host = Host()
    host.set("managed", of: 1, to: 4 * Self.blockPages - 4096)
    var vmstat = MemoryCounters()
    vmstat.append(.memmap, 0)
    vmstat.append(.bootMemmap, 4096)
    host.snapshot.vmstat = .known(vmstat)
    #expect(host[7].offlinable == .unlikely && host[7].reasons == [.reservedPages])
    host.meminfo([
      ("MemTotal", 1 << 20), ("MemAvailable", 900 << 10), ("Unaccepted", 128 << 10),
    ])
    #expect(host[7].offlinable == .unlikely)
  }

  // arch/powerpc/kernel/setup_64.c: what the boot cpu must reach lies below 1 GiB, bounce buffers below
  // 4 GiB, and the memmap in the middle of memory.
  @Test("ppc64 reserves in several places: no block of the zone is surely free of it")
  func ppc64() {
    var host = Host()
    host.snapshot.architecture = .known(.ppc64)
    host.set("managed", of: 1, to: 4 * Self.blockPages - 4096)
    var vmstat = MemoryCounters()
    vmstat.append(.memmap, 0)
    vmstat.append(.bootMemmap, 4096)
    host.snapshot.vmstat = .known(vmstat)
    #expect(host[4].offlinable == .unknown && host[4].reasons == [.reservedPages])
    host.snapshot.architecture = .known(.x86_64)
    #expect(host[4].offlinable == .yes)
  }
}
