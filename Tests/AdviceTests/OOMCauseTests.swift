internal import Advice
internal import HostModel
internal import KernelText
internal import Testing

/// Every cause where it is one, and the same numbers but for one where it is none.
@Suite("OOM reports: causes by their numbers")
struct OOMCauseTests {
  private static let failure = "app: page allocation failure: "

  // MARK: Memory that the request could not use

  @Test(
    "user memory in ZONE_MOVABLE counts by what could have been freed of it",
    arguments: [
      // Clean cache; the same, dirty; anonymous memory without swap, and with it.
      (900, 0, 0, 0, OOMCause.Name.zoneImbalance), (900, 900, 0, 0, .shortage),
      (0, 0, 900, 0, .shortage), (0, 0, 900, 800, .zoneImbalance), (40, 0, 900, 0, .shortage),
    ]
  )
  func movable(file: Int, pending: Int, anon: Int, swap: Int, cause: OOMCause.Name) throws {
    let diagnosis = try OOMMade(
      zones: [
        .init(name: "DMA32", free: 10, managed: 500),
        .init(
          name: "Movable",
          free: 15,
          managed: 1000,
          file: file,
          anon: anon,
          pending: pending
        ),
      ],
      swap: swap
    ).diagnosis()
    #expect(diagnosis.cause == cause)
    guard cause == .zoneImbalance else { return }
    #expect(diagnosis.answer.contains("ZONE_MOVABLE"))
    #expect(diagnosis.remedies.contains { $0.contains("kernelcore=768M") })
    #expect(diagnosis.elsewhere.reclaimable?.pages == .mebibytes(UInt64(max(file, swap))))
  }

  @Test("where zones have no lists of their own, Movable holds at least what others can't")
  func boundFromBelow() throws {
    // 4.7-next counted lists by node alone.
    let text = OOMMade(
      zones: [
        .init(name: "DMA32", free: 10, managed: 500, file: 100, anon: 50),
        .init(name: "Movable", free: 15, managed: 1000, file: 900),
      ]
    ).text
    let bare = text.split(separator: "\n").map { line in
      line.contains(" free:") && line.hasPrefix("Node")
        ? line.split(separator: " ").filter {
          !$0.hasPrefix("active_") && !$0.hasPrefix("inactive_")
            && !$0.hasPrefix("writepending")
        }.joined(separator: " ") : String(line)
    }
    let diagnosis = try OOMDiagnosisTests.diagnose(bare.joined(separator: "\n"))
    #expect(diagnosis.cause == .zoneImbalance)
    #expect(diagnosis.elsewhere.reclaimable?.isAtLeast == true)
    #expect(diagnosis.elsewhere.reclaimable?.cleanCache == .mebibytes(985 - 50))
  }

  private let thirtyTwoBit = OOMMade(
    zones: [
      .init(name: "DMA", free: 1, managed: 15, low: 1, lowmemReserve: "0 800 3000 3000"),
      .init(name: "Normal", free: 10, managed: 800, lowmemReserve: "0 0 2000 2000"),
      .init(name: "HighMem", free: 900, managed: 2000, lowmemReserve: "0 0 0 0"),
    ]
  )

  @Test("HighMem is no use to a 32-bit kernel, and another split of memory no cure")
  func highMem() throws {
    let diagnosis = try thirtyTwoBit.diagnosis()
    #expect(diagnosis.cause == .zoneImbalance)
    #expect(diagnosis.places.map(\.kind) == [.highMem])
    #expect(diagnosis.remedies.contains { $0.contains("64-bit") })
    #expect(!diagnosis.remedies.contains { $0.contains("kernelcore") })
    let full = thirtyTwoBit.changed { $0.zones[2].free = 1 }
    #expect(try full.diagnosis().cause == .shortage)
  }

  @Test("since 6.0 HighMem has no line, and its pages are counted")
  func highMemNotPrinted() throws {
    let text = thirtyTwoBit.text.split(separator: "\n")
      .filter { !$0.contains("HighMem free:") && !$0.contains("HighMem:") }
      .joined(separator: "\n").replacing("\n0 pages HighMem", with: "\n512000 pages HighMem")
    let diagnosis = try OOMDiagnosisTests.diagnose(text)
    #expect(diagnosis.cause == .zoneImbalance)
    #expect(diagnosis.places.map(\.kind) == [.highMem])
  }

  @Test("GFP_DMA32 on a kernel without that zone is Normal")
  func dma32() throws {
    let asking = thirtyTwoBit.changed {
      $0.first = "X invoked oom-killer: gfp_mask=0x24200d4(GFP_USER|GFP_DMA32), order=0"
    }
    #expect(try asking.diagnosis().request == .normal)
    #expect(try asking.diagnosis().usable.managed == .mebibytes(815))
    let own = asking.changed { $0.zones[0].name = "DMA32" }
    #expect(try own.diagnosis().request == .dma32)
  }

  @Test("a movable request that the killer answered beside a free CMA area was not lent it")
  func cmaLeftAlone() throws {
    let made = OOMMade(
      first: "app invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0",
      zones: [.init(name: "DMA32", free: 400, managed: 2000, low: 100, cma: 350, anon: 1500)]
    )
    #expect(try made.diagnosis().cause == .zoneImbalance)
    #expect(try made.diagnosis().places.map(\.kind) == [.cma])
    #expect(try made.changed { $0.zones[0].cma = 0 }.diagnosis().cause == .unknown)
  }

  @Test("a node without memory does not make the others a binding")
  func emptyNode() throws {
    let low = OOMMade(
      first: Self.failure + "order:6, mode:0xcc1(GFP_KERNEL|GFP_DMA), nodemask=(null)",
      zones: [
        .init(name: "DMA", free: 0, managed: 0, low: 0),
        .init(name: "Normal", free: 5000, managed: 6000),
      ],
      end: "Node 1 active_anon:0kB inactive_anon:0kB active_file:0kB inactive_file:0kB"
    )
    let text = low.text.replacing("Mem-Info:", with: "app cpuset=/ mems_allowed=0\nMem-Info:")
    #expect(try OOMDiagnosisTests.diagnose(text).cause == .lowZone)
  }

  // MARK: Blocks

  @Test(
    "a block serves by the types that the list shows",
    arguments: [
      ("9*4kB (U) 9*8kB (UM) 9*16kB (UME) 5*32kB (CH) 2*64kB (H)", "0xcc0(GFP_KERNEL)", 7),
      ("9*4kB (U) 9*8kB (UM) 9*16kB (UME) 5*32kB (I) 0*64kB", "0xcc0(GFP_KERNEL)", 5),
      ("9*4kB (U) 9*8kB (UM) 9*16kB (UME) 0*32kB 0*64kB", "0xcc0(GFP_KERNEL)", 0),
      ("9*4kB (U) 9*8kB (UM) 9*16kB (UME) 5*32kB (CH) 1*64kB (E)", "0xcc0(GFP_KERNEL)", nil),
      ("9*4kB (U) 9*8kB (UM) 9*16kB (UME) 5*32kB (R) 0*64kB", "0xcc0(GFP_KERNEL)", nil),
      ("9*4kB (U) 9*8kB (UM) 9*16kB (UME) 5*32kB (CH) 2*64kB (H)", "0x820(GFP_ATOMIC)", nil),
      ("9*4kB (U) 9*8kB (UM) 9*16kB (UME) 5*32kB (C) 0*64kB", "0xcca(GFP_HIGHUSER_MOVABLE)", nil),
    ] as [(String, String, UInt64?)]
  )
  func blocks(list: String, mode: String, kept: UInt64?) throws {
    let diagnosis = try OOMMade(
      first: Self.failure + "order:3, mode:\(mode), nodemask=(null)",
      zones: [.init(name: "Normal", free: 100, managed: 2000, list: list)]
    ).diagnosis()
    guard let kept else {
      #expect(diagnosis.cause == .unknown)
      #expect(diagnosis.answer.contains("of 32.0 KiB or more"))
      return
    }
    guard case .fragmentation(let pieces) = diagnosis.why else {
      Issue.record("\(diagnosis.cause)")
      return
    }
    #expect(pieces.kept == kept && pieces.withheld == 0)
  }

  @Test("fragmentation names what lay in Movable, out of reach")
  func besideMovable() throws {
    let diagnosis = try OOMMade(
      first: "app invoked oom-killer: gfp_mask=0xdc0(GFP_KERNEL|__GFP_ZERO), order=3",
      zones: [
        .init(name: "Normal", free: 100, managed: 6000, list: "9*4kB (U) 9*8kB (U) 0*16kB 0*32kB"),
        .init(name: "Movable", free: 2000, managed: 5000),
      ]
    ).diagnosis()
    #expect(diagnosis.cause == .fragmentation)
    #expect(diagnosis.answer.contains("1.95 GiB was free in ZONE_MOVABLE"))
  }

  @Test("without lists of free blocks fragmentation is not claimed")
  func noLists() throws {
    let diagnosis = try OOMMade(
      first: Self.failure + "order:5, mode:0xcc0(GFP_KERNEL), nodemask=(null)",
      zones: [.init(name: "Normal", free: 100, managed: 2000, list: "")]
    ).diagnosis()
    #expect(diagnosis.why == .unknown(.noLists))
  }

  @Test(
    "before 4.4 the last large block is not given: each order has a watermark",
    arguments: [("2.6.32.4", true), ("4.3.6", true), ("4.4.0", false), ("6.12.1", false)]
  )
  func lastBlock(release: String, isKept: Bool) throws {
    let diagnosis = try OOMMade(
      first: Self.failure + "order:9, mode:0xd0",
      cpu: "Pid: 2324, comm: head Not tainted \(release) #1",
      zones: [
        .init(
          name: "Normal",
          free: 100,
          managed: 2000,
          list: "25000*4kB 51*8kB 0*16kB 0*32kB 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 1*2048kB"
        )
      ]
    ).diagnosis()
    #expect(diagnosis.cause == (isKept ? .fragmentation : .unknown))
    if isKept { #expect(diagnosis.answer.contains("only 1 block")) }
  }

  // MARK: Reclaim

  @Test(
    "clean cache in its own zones is a defect of reclaim, dirty cache none",
    arguments: [(500, 0, OOMCause.Name.reclaimStuck), (500, 480, .shortage), (30, 0, .shortage)]
  )
  func stuck(file: Int, pending: Int, cause: OOMCause.Name) throws {
    let diagnosis = try OOMMade(
      zones: [
        .init(
          name: "Normal",
          free: 15,
          managed: 900,
          file: file,
          anon: 885 - file,
          pending: pending
        )
      ]
    ).diagnosis()
    #expect(diagnosis.cause == cause)
    let isMore = diagnosis.remedies.contains { $0.contains("more memory or less work") }
    #expect(isMore == (cause == .shortage))
  }

  @Test("anonymous memory beside free swap could have been swapped out")
  func swap() throws {
    let made = OOMMade(
      first: "app invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0",
      zones: [.init(name: "Normal", free: 15, managed: 4000, anon: 3500)],
      swap: 3000
    )
    #expect(try made.diagnosis().cause == .reclaimStuck)
    #expect(try made.changed { $0.swap = 0 }.diagnosis().cause == .shortage)
  }

  @Test("reclaim does not wait for itself")
  func byReclaim() throws {
    let diagnosis = try OOMMade(
      first: "kswapd0: page allocation failure: order:0, mode:0xcc0(GFP_KERNEL), nodemask=(null)",
      trace: [" zswap_writeback_entry+0x50/0x154", " kswapd+0x228/0x25c"],
      zones: [.init(name: "Normal", free: 0, managed: 700, anon: 600)],
      swap: 8000
    ).diagnosis()
    #expect(diagnosis.cause == .urgentRequest)
    #expect(diagnosis.answer.contains("reclaim itself (kswapd0)"))
  }

  @Test("a killer that finds one zone just above its watermark, and nothing to reclaim, came late")
  func late() throws {
    let made = OOMMade(
      first: "app invoked oom-killer: gfp_mask=0x100dca(GFP_HIGHUSER_MOVABLE), order=0",
      zones: [
        .init(name: "DMA32", free: 50, managed: 2700, low: 60, anon: 2600),
        .init(name: "Normal", free: 33, managed: 800, low: 20, anon: 700),
      ]
    )
    #expect(try made.diagnosis().cause == .shortage)
    #expect(try made.changed { $0.zones[1].free = 300 }.diagnosis().cause == .unknown)
  }

  @Test("with nothing left to reclaim a killer for a few pages is no fragmentation")
  func fewPages() throws {
    let made = OOMMade(
      first: "java invoked oom-killer: gfp_mask=0x6000c0(GFP_KERNEL), order=1, oom_score_adj=0",
      zones: [
        .init(
          name: "Normal",
          free: 20,
          managed: 4000,
          anon: 300,
          list: "5000*4kB (UME) 0*8kB 0*16kB"
        )
      ]
    )
    #expect(try made.diagnosis().cause == .shortage)
    #expect(try made.diagnosis().remedies.first?.contains("unreclaimable slab") == true)
    #expect(try made.changed { $0.zones[0].file = 500 }.diagnosis().cause == .fragmentation)
    #expect(try made.changed { $0.zones[0].free = 200 }.diagnosis().cause == .fragmentation)
  }

  @Test("memory in no counter is a leak, not a lack")
  func uncounted() throws {
    let made = OOMMade(
      zones: [.init(name: "Normal", free: 15, managed: 4000, anon: 300)],
      slab: 200
    )
    guard case .uncounted(let size) = try made.diagnosis().why else {
      Issue.record("not uncounted")
      return
    }
    #expect(size == .mebibytes(4000 - 15 - 300 - 200))
    #expect(try made.changed { $0.slab = 3600 }.diagnosis().cause == .shortage)
  }
}
