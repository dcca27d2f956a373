internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("movable_node and who marks memory")
struct HotPluggableTests {
  /// An arm64 machine with ACPI whose firmware marks both nodes.
  private static func marked(_ release: String) -> String {
    """
    [    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]
    [    0.000000] Linux version \(release) (gcc) #1 SMP
    [    0.000000] ACPI: RSDP 0x00000000BFFFD018 000024 (v02 BOCHS )
    [    0.000000] ACPI: SRAT: Node 0 PXM 0 [mem 0x40000000-0xbfffffff] hotplug
    [    0.000000] ACPI: SRAT: Node 1 PXM 1 [mem 0xc0000000-0x13fffffff] hotplug
    [    0.000000] Zone ranges:
    [    0.000000]   DMA      [mem 0x0000000040000000-0x00000000ffffffff]
    [    0.000000]   DMA32    empty
    [    0.000000]   Normal   [mem 0x0000000100000000-0x000000013fffffff]
    [    0.000000] Movable zone start for each node
    [    0.000000] Early memory node ranges
    [    0.000000]   node   0: [mem 0x0000000040000000-0x00000000bfffffff]
    [    0.000000]   node   1: [mem 0x00000000c0000000-0x000000013fffffff]
    [    0.000000] Kernel command line: quiet

    """
  }

  // drivers/acpi/numa/srat.c marks what firmware says; only x86 had numa_clear_kernel_node_hotplug
  // (arch/x86/mm/numa.c) until mm/numa_memblks.c brought it to arm64 in 6.12.
  @Test(
    "arm64 before 6.12 doesn't spare the node that the kernel lies on",
    arguments: [
      ("6.1.0", [0x40000, 0xc0000] as [UInt64?], "nothing spares them"),
      ("6.12.0", [nil, 0xc0000], "lose that mark"),
    ]
  )
  func kernelNode(_ release: String, _ starts: [UInt64?], _ note: String) throws {
    let inputs = try BootLayoutInputsTests.inputs(Self.marked(release))
    let arguments = inputs.arguments("movable_node")
    let layout = try inputs.predict(arguments)
    #expect(layout.nodes.map { $0.movableStart?.number } == starts)
    #expect(inputs.isExact(for: arguments))
    #expect(inputs.assumptions(for: arguments).contains { $0.contains(note) })
  }

  /// A pseries machine: its device tree marks blocks, and no message says which.
  private static func pseries(_ line: String, starts: String = "") -> String {
    """
    [    0.000000] Linux version 6.12.0-powerpc64le (gcc) #1 SMP
    [    0.000000] radix-mmu: Page sizes from device-tree:
    [    0.000000] Zone ranges:
    [    0.000000]   Normal   [mem 0x0000000000000000-0x000000017fffffff]
    [    0.000000] Movable zone start for each node
    \(starts)[    0.000000] Early memory node ranges
    [    0.000000]   node   0: [mem 0x0000000000000000-0x000000017fffffff]
    [    0.000000] Kernel command line: \(line)

    """
  }

  // arch/powerpc/kernel/prom.c, early_init_drmem_lmb: DRCONF_MEM_HOTREMOVABLE marks the block, and
  // movable_node comes before kernelcore= in find_zone_movable_pfns_for_nodes.
  @Test("what a device tree marks is not known from a log, beside a size too")
  func deviceTree() throws {
    let inputs = try BootLayoutInputsTests.inputs(Self.pseries("quiet"), .init(pageSize: .kib64))
    for line in ["movable_node", "movable_node kernelcore=2G"] {
      let arguments = inputs.arguments(line)
      #expect(!inputs.isExact(for: arguments))
      #expect(inputs.assumptions(for: arguments).contains { $0.contains("is not known") })
    }
    #expect(inputs.isExact(for: inputs.arguments("kernelcore=2G")))
  }

  @Test("the starts that the kernel printed show what was marked")
  func shown() throws {
    let text = Self.pseries(
      "movable_node kernelcore=2G",
      starts: "[    0.000000]   Node 0: 0x0000000100000000\n"
    )
    let inputs = try BootLayoutInputsTests.inputs(text, .init(pageSize: .kib64))
    let layout = try inputs.predict(inputs.arguments("movable_node"))
    #expect(layout.nodes.map(\.movableStart) == [0x10000])
    #expect(inputs.agreesAboutItself == true)
    #expect(inputs.isExact(for: inputs.arguments("movable_node")))
  }

  // mm/page_alloc.c of 6.1, zone_absent_pages_in_node: what isn't mirrored is absent from ZONE_NORMAL.
  @Test(
    "kernelcore=mirror dies on 32-bit x86 before 6.6 where memory lies above 4 GiB",
    arguments: [("6.1.0", 6144 as UInt64, true), ("6.1.0", 2048, false), ("6.6.0", 6144, false)]
  )
  func mirror(_ release: String, _ mebibytes: UInt64, _ dies: Bool) throws {
    let map = try MemoryMap(
      architecture: .x86_32,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: [
        Machines.range(0, 1 << 20, min(mebibytes << 20, 3 << 30)),
        Machines.range(0, 4 << 30, (mebibytes << 20) + (1 << 30)),
      ].filter { !$0.frames.isBackwards }
    )
    let version = try #require(KernelVersion(release: release))
    let inputs = BootLayoutInputs(map: map, kernel: Kernel(version: version, architecture: .x86_32))
    var refusal: BootLayoutRefusal?
    do { _ = try inputs.predict(inputs.arguments("kernelcore=mirror")) } catch { refusal = error }
    #expect(refusal == (dies ? .mirrorTakesLowMemory : nil))
  }

  @Test("a 6.1 i686 kernel with 6 GiB died of it, and the log of another boot foretells that")
  func mirrorCrash() throws {
    let last = try Fixtures.text("Crashes/6.1-i386-trap-mirror-above-4G.log")
    #expect(last.contains("kernelcore=mirror"))
    #expect(last.contains("Kernel panic - not syncing: Attempted to kill the idle task!"))
    let boot = try #require(LabBoot.all.first { $0.description == "6.1-i386-high-pae" })
    let inputs = try boot.inputs()
    #expect(throws: BootLayoutRefusal.mirrorTakesLowMemory) {
      try inputs.predict(inputs.arguments("kernelcore=mirror"))
    }
  }
}
