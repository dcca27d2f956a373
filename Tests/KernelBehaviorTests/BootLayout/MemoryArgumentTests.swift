internal import HostModel
internal import KernelBehavior
internal import Testing

/// What is left of 4 GiB, from the `early_param("mem")` of each architecture.
@Suite("mem= on every architecture")
struct MemoryArgumentTests {
  private static let first: UInt64 = 1 << 30

  private static func machine(
    _ architecture: Architecture,
    _ release: String
  ) throws -> BootLayoutInputs {
    let map = try MemoryMap(
      architecture: architecture,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: [Machines.range(0, first, first + (4 << 30))]
    )
    let version = try #require(KernelVersion(release: release))
    return BootLayoutInputs(map: map, kernel: Kernel(version: version, architecture: architecture))
  }

  // RAM begins at 1 GiB here, which tells an address (x86, s390x) from an amount.
  @Test(
    "a size is an address on x86 and s390x, an amount elsewhere",
    arguments: [
      // arch/x86/kernel/e820.c, parse_memopt; arch/s390/boot/startup.c, setup_ident_map_size
      (Architecture.x86_64, "6.12.0", 1030 as UInt64), (.x86_32, "6.12.0", 1030),
      (.s390x, "6.12.0", 1030),
      // arch/arm64/mm/init.c and arch/riscv/mm/init.c, early_mem; arch/arm/kernel/setup.c, early_mem
      (.arm64, "6.12.0", 2054), (.riscv64, "6.12.0", 2054), (.arm32, "6.12.0", 2054),
      // arch/powerpc/kernel/prom.c, early_init_devtree: down to 16 MiB since 6.12
      (.ppc64, "6.1.176", 2054), (.ppc64, "6.12.117", 2048),
      // arch/loongarch/kernel/setup.c, early_parse_mem
      (.loongarch64, "7.2.13", 2054),
    ]
  )
  func limit(_ architecture: Architecture, _ release: String, _ mebibytes: UInt64) throws {
    let machine = try Self.machine(architecture, release).booted(with: "mem=2054M")
    let size = machine.map.totalPages.bytes(of: .kib4)
    #expect(size == .mebibytes(mebibytes))
    #expect(!machine.assumptions.contains { $0.contains("is not applied") })
  }

  @Test(
    "what is not applied is said",
    arguments: [
      (Architecture.loongarch64, "6.12.117", "mem=2G", "doesn't boot"),
      (.loongarch64, "7.2.13", "mem=2G@1G", "a place is not followed"),
      (.arm32, "6.12.0", "mem=2G@1G", "a place is not followed"),
      (.mips64, "6.12.0", "mem=2G", "not followed"), (.sparc64, "6.12.0", "mem=2G", "not followed"),
      (.arm64, "6.12.0", "memmap=1G$2G", "no such argument"),
      (.x86_64, "6.12.0", "numa=fake=4", "nodes are those without it"),
      (.s390x, "6.12.0", "numa=off", "not followed"),
      (.x86_64, "6.12.0", "mem=nopentium", "no size"),
    ]
  )
  func leftOut(
    _ architecture: Architecture,
    _ release: String,
    _ line: String,
    _ reason: String
  ) throws {
    let machine = try Self.machine(architecture, release)
    let booted = try machine.booted(with: line)
    #expect(booted.map == machine.map)
    let word = line.prefix { $0 != "=" }
    #expect(booted.assumptions.contains { $0.hasPrefix(word) && $0.contains(reason) })
  }

  @Test(
    "all of the memory is known where the machine's own line takes none of it away",
    arguments: [(nil, true), ("quiet", true), ("mem=6G", false)] as [(String?, Bool)]
  )
  func whole(_ line: String?, _ isExact: Bool) throws {
    let inputs = BootLayoutInputs(map: try Machines.pc(8), kernel: .assumed, commandLine: line)
    #expect(try inputs.booted(with: "mem=4G").isExact == isExact)
  }

  @Test("memory that is given anew stays on the nodes that firmware knows it on")
  func exactMap() throws {
    let inputs = BootLayoutInputs(map: try Machines.pc(4, 4), kernel: .assumed)
    let map = try inputs.booted(with: "memmap=exactmap memmap=8G@1M").map
    #expect(map.ranges.map(\.node) == [0, 0, 1])
    #expect(map.ranges.last?.frames.end == 0x20_0100)
  }
}
