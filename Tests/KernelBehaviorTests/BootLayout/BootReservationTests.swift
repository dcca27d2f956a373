internal import HostModel
internal import KernelBehavior
internal import Testing

/// Kernels that no lab boot covers: values worked out from their sources.
@Suite("Memory set apart at boot")
struct BootReservationTests {
  private static func reservations(
    _ line: String,
    on map: MemoryMap,
    kernel release: String,
    config: [KernelOption]? = nil
  ) throws -> BootReservations {
    let version = try #require(KernelVersion(release: release))
    var kernel = Kernel(version: version, architecture: map.architecture)
    if let config {
      let options = Dictionary(
        uniqueKeysWithValues: config.map { ($0.name, KernelConfig.Value.yes) }
      )
      kernel.config = .known(KernelConfig(options: options, input: "config"))
    }
    let inputs = BootLayoutInputs(map: map, kernel: kernel)
    let layout = try inputs.predict(inputs.arguments(line))
    return inputs.reservations(line, in: layout)
  }

  private static func start(_ reservation: BootReservation) -> UInt64? {
    switch reservation.outcome {
    case .placed(let frames, _): frames.start.address(pageSize: .kib4).count >> 20
    case .acrossZones(let crossing):
      crossing.frames.start.address(pageSize: .kib4).count >> 20
    case .refused: nil
    }
  }

  // 7.2 kernel/liveupdate/kexec_handover.c, kho_reserve_scratch: low, all, each node, from the top down,
  // in multiples of 4 MiB (SCRATCH_ALIGNMENT_BYTES).
  @Test("areas for the next kernel lie at the top, in ZONE_MOVABLE too, and are CMA")
  func handover() throws {
    let line = "kernelcore=4G kho=on kho_scratch=64M,513M,256M"
    let map = try Machines.pc(8, 8)
    let found = try Self.reservations(line, on: map, kernel: "7.2", config: [.kexecHandover])
    #expect(found.all.map(\.purpose) == [.handover, .handover, .handover, .handover])
    #expect(found.all.map(\.pages.count) == [16_384, 132_096, 65_536, 65_536])
    // 3 GiB − 64 MiB; 17 GiB − 516 MiB, less the node's own data; the nodes' tops below it.
    #expect(found.all.map(Self.start) == [3008, 16_888, 8956, 16_632])
    #expect(found.cma.count == 279_552)
    #expect(try Self.reservations("kho=off", on: map, kernel: "7.2").all == [])
    let scaled = try Self.reservations("kho=1", on: map, kernel: "7.2", config: [.kexecHandover])
    #expect(scaled.all == [] && scaled.assumptions.contains { $0.contains("kho_scratch=") })
    let old = try Self.reservations(line, on: map, kernel: "6.12")
    #expect(old.all.map(\.outcome) == [.refused(.notInThisKernel)])
  }

  // 5.10 mm/cma.c, cma_declare_contiguous_nid: downwards from the end of the node, which holds the
  // node's own data, in multiples of 1 GiB.
  @Test(
    "before 5.12 areas for gigantic pages lie at the top of each node, and are lost across zones"
  )
  func fromTheTop() throws {
    let found = try Self.reservations(
      "kernelcore=4G hugetlb_cma=8G",
      on: Machines.pc(8, 8),
      kernel: "5.10"
    )
    #expect(found.all.map(Self.start) == [4096, 12_288])
    guard case .acrossZones(let crossing) = found.all[0].outcome else {
      Issue.record("node 0's area is not given up")
      return
    }
    #expect(crossing.zone == .movable)
    #expect(crossing.lost == FrameRange(start: crossing.boundary, end: crossing.frames.end).pages)
    guard case .placed = found.all[1].outcome else {
      Issue.record("node 1's area lies in ZONE_MOVABLE")
      return
    }
  }

  // 6.1 mm/cma.c: memblock_set_bottom_up(true) from SZ_4G, and the pages go to the buddy allocator.
  @Test("since 5.12 they begin where the node does, and nothing is lost")
  func fromBelow() throws {
    let found = try Self.reservations(
      "kernelcore=4G hugetlb_cma=8G",
      on: Machines.pc(9, 8),
      kernel: "6.1"
    )
    #expect(found.all.map(Self.start) == [4096, 10_240])
    let lost = found.all.map { reservation -> PageCount? in
      guard case .acrossZones(let crossing) = reservation.outcome else { return nil }
      return crossing.lost
    }
    #expect(lost == [.zero, .zero])
  }

  // mm/hugetlb.c, hugetlb_cma_reserve: 3 GiB on four nodes are 1 GiB on the first three.
  @Test("what is left is not spread further")
  func lastNode() throws {
    let found = try Self.reservations(
      "hugetlb_cma=3G",
      on: Machines.pc(8, 8, 8, 8),
      kernel: "6.12"
    )
    #expect(found.all.map(\.pages.count) == [262_144, 262_144, 262_144])
    #expect(found.all.map(\.node) == [0, 1, 2])
  }

  @Test(
    "sizes that a kernel rounds, reads otherwise or refuses",
    arguments: [
      // round_up(size, PAGE_SIZE << order), 6.12 mm/hugetlb.c
      ("6.12", "hugetlb_cma=1536M", ["1024", "1024"]),
      // !IS_ALIGNED(hugetlb_cma_size, gigantic_page_size), 7.2 mm/hugetlb_cma.c
      ("7.2", "hugetlb_cma=1536M", ["refused"]),
      // 5.10 knows no lists: memparse reads the 0
      ("5.10", "hugetlb_cma=0:1G,1:2G", []),
      ("6.1", "hugetlb_cma=0:1G,1:2G", ["1024", "2048"]),
      ("6.1", "hugetlb_cma=1:2G,7:1G", ["2048", "refused"]),
      ("6.1", "hugetlb_cma=512M", ["refused"]),
      // ALIGN_DOWN of 40 % of 16 GiB, 7.3 mm/hugetlb_cma.c
      ("7.3", "hugetlb_cma=40%", ["3072", "3072"]),
    ]
  )
  func sizes(release: String, line: String, expected: [String]) throws {
    let found = try Self.reservations(line, on: Machines.pc(8, 8), kernel: release).all
    let texts = found.map { reservation in
      if case .refused = reservation.outcome { return "refused" }
      return "\(reservation.pages.count >> 8)"
    }
    #expect(texts == expected)
  }

  // arch/arm64/mm/init.c: dma_contiguous_reserve(arm64_dma_phys_limit).
  @Test(
    "an area for devices must fit below the DMA limit on arm64",
    arguments: [("cma=1900M", false), ("cma=2048M", true)]
  )
  func belowLimit(line: String, isRefused: Bool) throws {
    let map = try MemoryMap(
      architecture: .arm64,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: [
        Machines.range(0, 0, 0x7ff0_0000), Machines.range(0, 0x8_0000_0000, 0x8_8000_0000),
      ]
    )
    let found = try Self.reservations(line, on: map, kernel: "4.14")
    #expect(found.failures.isEmpty != isRefused)
  }

  private static func nodes(_ reservations: BootReservations) -> [NodeID] {
    reservations.all.compactMap {
      if case .placed(_, let node) = $0.outcome { node } else { nil }
    }
  }

  // memblock_find_in_range_node skips hot-pluggable ranges under movable_node only (mm/memblock.c).
  @Test("movable_node spares memory that may be unplugged, nothing else does")
  func hotPluggable() throws {
    let gibibyte = Machines.gibibyte
    let map = try MemoryMap(
      architecture: .x86_64,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: [
        Machines.range(0, 1 << 20, 3 * gibibyte), Machines.range(0, 4 * gibibyte, 6 * gibibyte),
        Machines.range(1, 6 * gibibyte, 10 * gibibyte, isHotPluggable: true),
      ]
    )
    let line = "crashkernel=256M,high"
    let plain = try Self.reservations(line, on: map, kernel: "6.12")
    #expect(Self.nodes(plain) == [0, 1])
    let spared = try Self.reservations(line + " movable_node", on: map, kernel: "6.12")
    #expect(Self.nodes(spared) == [0, 0])
  }

  // kernel/crash_reserve.c, reserve_crashkernel_cma: of 1 GiB the kernel has 64 MiB at the bottom, the crash
  // kernel as much at the top. There is room for 512 MiB, 256, 64 and 32, and after four areas it ends.
  @Test("the crash kernel's area comes in halves where there is no room for the whole")
  func crashArea() throws {
    let found = try Self.reservations(
      "crashkernel=64M crashkernel=1G,cma",
      on: Machines.pc(1),
      kernel: "7.2"
    )
    let areas = found.all.filter { $0.purpose == .crashArea }
    #expect(areas.map { $0.pages.bytes(of: .kib4).count >> 20 } == [512, 256, 64, 32, 160])
    #expect(areas.map { $0.outcome == .refused(.noRoom) } == [false, false, false, false, true])
  }

  // CMA_MIN_ALIGNMENT_BYTES is a pageblock since 5.19, a block of the largest order before.
  @Test("areas are whole blocks", arguments: [("5.10", 4), ("6.12", 2)] as [(String, UInt64)])
  func wholeBlocks(_ release: String, _ mebibytes: UInt64) throws {
    let found = try Self.reservations("cma=1M", on: Machines.pc(8), kernel: release)
    #expect(found.all.map { $0.pages.bytes(of: .kib4) } == [.mebibytes(mebibytes)])
  }

  // mm/hugetlb.c, alloc_bootmem_huge_page: only where hugetlb_cma= made an area.
  @Test(
    "gigantic pages come out of areas where there are some and nothing else is allowed",
    arguments: [
      ("hugetlb_cma=2G hugetlb_cma_only=1", true), ("cma=64M hugetlb_cma_only=1", false),
      ("hugetlb_cma=2G", false),
    ]
  )
  func areasOnly(_ line: String, _ takes: Bool) throws {
    let found = try Self.reservations(line, on: Machines.pc(8), kernel: "7.2")
    #expect(found.takesGiganticPagesFromAreas == takes)
  }

  // 64 KiB pages: a pageblock has 512 MiB (CMA_MIN_ALIGNMENT_BYTES).
  @Test("areas are whole pageblocks")
  func pageblocks() throws {
    let map = try MemoryMap(
      architecture: .arm64,
      pageSize: .kib64,
      maxOrder: 13,
      ranges: [Machines.range(0, 1 << 30, 9 << 30, pageSize: .kib64)]
    )
    let found = try Self.reservations("cma=64M", on: map, kernel: "6.12")
    #expect(found.all.map { $0.pages.bytes(of: .kib64) } == [.mebibytes(512)])
  }

  @Test("no area where the kernel is built without them")
  func notBuilt() throws {
    let map = try Machines.pc(8)
    var kernel = Kernel(version: KernelVersion(release: "6.12"), architecture: .x86_64)
    kernel.config = .known(KernelConfig(options: ["CMA": .no], input: "config"))
    let inputs = BootLayoutInputs(map: map, kernel: kernel)
    let layout = try inputs.predict(ZoneArguments())
    let found = inputs.reservations("cma=64M hugetlb_cma=1G", in: layout)
    #expect(found.cma == .zero)
    #expect(found.failures.count == 2)
  }
}
