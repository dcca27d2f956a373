internal import Advice
internal import HostModel
internal import KernelText
internal import Testing

/// Reports that are no lack of pages, reports of old kernels, and several in one log.
@Suite("OOM reports: other kinds")
struct OOMOtherReportTests {
  private let open = OOMMade(zones: [.init(name: "Normal", free: 900, managed: 4000)])

  @Test(
    "pages were not what was missing",
    arguments: [
      (
        "app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1",
        OOMCause.NoShortage.calledByHand
      ),
      ("app invoked oom-killer: gfp_mask=0x0(), order=0, oom_score_adj=0", .pageFault),
      (
        "app: vmalloc error: size 4096, vm_struct allocation failed, mode:0xdc0(GFP_KERNEL|__GFP_ZERO)",
        .addressSpace
      ),
      ("app: vmalloc error: size 99, exceeds total pages, mode:0xcc0(GFP_KERNEL)", .addressSpace),
      (
        "app: vmalloc error: size 0, page order 9, failed to allocate pages, mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM)",
        .hugeVmalloc
      ),
      ("sysrq: Show Memory", .shown), ("SysRq : Show Memory", .shown),
    ]
  )
  func notShort(first: String, reason: OOMCause.NoShortage) throws {
    let diagnosis = try open.changed { $0.first = first }.diagnosis()
    #expect(diagnosis.why == .noShortage(reason))
    // The zones are stated, since no cause names their numbers.
    #expect(diagnosis.evidence.contains { $0.hasPrefix("node 0 Normal: 900 MiB free of 3.91 GiB") })
  }

  @Test("tables that someone asked for say whether there is a Movable zone")
  func shown() throws {
    let shown = open.changed { $0.first = "sysrq: Show Memory" }
    #expect(try shown.diagnosis().evidence.contains("no ZONE_MOVABLE"))
    let movable = shown.changed { $0.zones.append(.init(name: "Movable", free: 5, managed: 50)) }
    #expect(try !movable.diagnosis().evidence.contains("no ZONE_MOVABLE"))
  }

  @Test("a page fault beside zones that are used up is judged by them")
  func pageFaultShort() throws {
    let made = open.changed {
      $0.first = "app invoked oom-killer: gfp_mask=0x0(), order=0"
      $0.zones[0].free = 10
    }
    #expect(try made.diagnosis().cause == .shortage)
  }

  @Test("a watermark that no machine has comes of a count below zero")
  func broken() throws {
    let text = open.text.replacing("min:15360kB", with: "min:99395541895224kB")
    let diagnosis = try OOMDiagnosisTests.diagnose(text)
    #expect(diagnosis.cause == .noShortage)
    #expect(diagnosis.answer.contains("node 0 Normal are more than the machine has"))
  }

  @Test("before the page allocator has memory nothing is short")
  func boot() throws {
    let made = OOMMade(
      first: "swapper: page allocation failure: order:0, mode:0x100(__GFP_ZERO), nodemask=(null)",
      zones: [.init(name: "Normal", free: 0, managed: 1000, low: 0)]
    )
    #expect(try made.diagnosis().why == .noShortage(.beforeMemory))
  }

  @Test("tables without the line that names the request are stated, not judged")
  func headless() throws {
    let lines = open.text.split(separator: "\n").dropFirst(3)
    let diagnosis = try OOMDiagnosisTests.diagnose(lines.joined(separator: "\n"))
    #expect(diagnosis.report.kind == .headless)
    #expect(diagnosis.why == .unknown(.requestLost))
    #expect(diagnosis.answer.contains("missing"))
    #expect(diagnosis.evidence.contains { $0.hasPrefix("node 0 Normal") })
  }

  @Test("words about page allocation failures begin no report")
  func prose() throws {
    let text = "We see page allocation failures here.\nA page allocation failure behaviour.\n"
    let bytes = Array((text + open.text).utf8)
    let log = try OOMReportText.parse(bytes.span, file: "mail")
    #expect(log.count == 1 && log.reports.map(\.line) == [3])
  }

  @Test("descriptors for added memory fall back to small pages on x86")
  func descriptors() throws {
    let diagnosis = try OOMMade(
      first: "kworker/0:1: vmemmap alloc failure: order:9, "
        + "mode:0x4cc0(GFP_KERNEL|__GFP_RETRY_MAYFAIL), nodemask=(null)",
      trace: [
        " vmemmap_populate+0x10e/0x31c", " hot_add_req+0x3fc/0x5a0 [hv_balloon]",
        "WARNING: ? __alloc_pages+0x200/0x230 [other]",
      ],
      zones: [
        .init(
          name: "DMA32",
          free: 150,
          managed: 1400,
          list: "9000*4kB (UME) 9*8kB (UME) "
            + "0*16kB 0*32kB 0*64kB 0*128kB 0*256kB 1*512kB (M) 0*1024kB 0*2048kB"
        )
      ]
    ).diagnosis()
    #expect(diagnosis.cause == .fragmentation)
    #expect(diagnosis.evidence.contains("asked for by the module hv_balloon, by the call trace"))
    #expect(diagnosis.remedies.contains { $0.contains("fall back to 4 KiB pages") })
  }

  @Test("without an MMU a length is a block of the next power of two")
  func withoutMMU() throws {
    let text = """
      nommu: Allocation of length 884736 from process 62 (echo) failed
      active_anon:0 inactive_anon:0 isolated_anon:0
       slab_reclaimable:62 slab_unreclaimable:152
       free:1071 free_pcp:0 free_cma:0
      DMA free:8568kB boost:0kB min:664kB low:824kB high:984kB present:32768kB managed:28960kB
      lowmem_reserve[]: 0 0 0
      DMA: 1*8kB (U) 1*16kB (U) 9*32kB (U) 7*64kB (U) 21*128kB (U) 8*256kB (U) 6*512kB (U) 0*1024kB
      """
    let diagnosis = try OOMDiagnosisTests.diagnose(text)
    #expect(diagnosis.cause == .fragmentation)
    #expect(diagnosis.report.task == "echo")
    #expect(diagnosis.answer.contains("no block of 1.00 MiB"))
  }

  // MARK: Old kernels

  @Test("2.6.24 counts active and inactive pages, and a slab in no zone")
  func linux2624() throws {
    let diagnosis = try OOMDiagnosisTests.diagnose(
      """
      X invoked oom-killer: gfp_mask=0x2d0, order=0, oomkilladj=0
      Pid: 6186, comm: X Tainted: P        2.6.24-19-generic #1
      Mem-info:
      Normal per-cpu:
      CPU    0: Hot: hi:  186, btch:  31 usd: 162   Cold: hi:   62, btch:  15 usd:  55
      Active:375000 inactive:201000 dirty:26 writeback:55 unstable:0
       free:30100 slab:11700 mapped:326538 pagetables:1265 bounce:0
      DMA free:3500kB min:68kB low:84kB high:100kB active:0kB inactive:0kB present:16256kB
      lowmem_reserve[]: 0 873 4048 4048
      Normal free:3700kB min:3744kB low:4680kB high:5616kB active:0kB inactive:152kB present:894080kB
      lowmem_reserve[]: 0 0 25400 25400
      HighMem free:113000kB min:512kB low:3916kB high:7324kB active:1500000kB inactive:804000kB present:3251200kB
      lowmem_reserve[]: 0 0 0 0
      Normal: 256*4kB 20*8kB 2*16kB = 3776kB
      Free swap  = 9844180kB
      Total swap = 9855836kB
      Free swap:       9844180kB
      1048576 pages of RAM
      819200 pages of HIGHMEM
      409238 reserved pages
      """
    )
    #expect(diagnosis.report.kernel?.release == "2.6.24-19-generic")
    #expect(diagnosis.report.pagesOfHighMem == 819_200)
    #expect(diagnosis.report.swapFree == .kibibytes(9_844_180))
    #expect(diagnosis.cause == .zoneImbalance)
    #expect(diagnosis.places.map(\.kind) == [.highMem])
    // 894080 + 16256 kB, without what is free, in slabs, in page tables and on lists.
    let uncounted = UInt64(910_336 - 7200 - 152 - (11700 + 1265) * 4)
    #expect(diagnosis.uncountedInUsable == .kibibytes(uncounted))
    #expect(diagnosis.remedies.contains { $0.contains("driver") })
  }

  @Test("2.6.28 to 2.6.31 write Active_anon with a capital, and one slab")
  func linux2631() throws {
    let diagnosis = try OOMDiagnosisTests.diagnose(
      """
      X invoked oom-killer: gfp_mask=0xd0, order=0, oomkilladj=0
      Pid: 6696, comm: X Not tainted 2.6.31.3 #1
      Mem-Info:
      Active_anon:99000 active_file:75000 inactive_anon:14000
       inactive_file:1117000 unevictable:867 dirty:0 writeback:256 unstable:0
       free:673000 slab:89000 mapped:22358 pagetables:1487 bounce:0
      Normal free:2700kB min:2752kB low:3440kB high:4128kB active_anon:0kB inactive_anon:0kB active_file:23296kB inactive_file:22748kB unevictable:0kB present:489704kB
      lowmem_reserve[]: 0 0 61012 61012
      HighMem free:2687000kB min:512kB low:11492kB high:22476kB active_anon:396384kB inactive_anon:57704kB active_file:277312kB inactive_file:4446256kB unevictable:3468kB present:7809620kB
      lowmem_reserve[]: 0 0 0 0
      Normal: 166*4kB 0*8kB 3*16kB = 2760kB
      2162688 pages RAM
      2035202 pages HighMem
      86689 pages reserved
      Out of memory: kill process 23372 (slapd) score 4718 or a child
      """
    )
    #expect(diagnosis.cause == .zoneImbalance)
    #expect(diagnosis.report.victim == "slapd (23372)")
    let slab = try #require(diagnosis.consumers.first { $0.use == .slab })
    #expect(slab.bytes == .kibibytes(89000 * 4))
    let anonymous = try #require(diagnosis.consumers.first { $0.use == .anonymous })
    #expect(anonymous.bytes == .kibibytes(113_000 * 4))
  }

  @Test("a vendor's zone is read, and its free memory leaves the cause open")
  func vendorZone() throws {
    let made = OOMMade(
      zones: [
        .init(name: "Normal", free: 10, managed: 4000),
        .init(name: "ExtMem", free: 2000, managed: 4000),
      ]
    )
    #expect(try made.diagnosis().why == .unknown(.vendorZone("ExtMem")))
    let text = made.text.replacing("Node 0 ", with: "")
    #expect(
      try OOMDiagnosisTests.diagnose(text).report.zones.map(\.kind) == [.normal, .other("ExtMem")]
    )
  }

  // MARK: The first lines

  @Test("other programs' lines in between don't take the place of the first lines")
  func strangers() throws {
    let stranger = "Nov 23 10:34:47 db-17 sshd[42]: Accepted publickey for root from 192.0.2.7\n"
    let text =
      "Nov 23 10:34:47 db-17 kernel: app: page allocation failure. order:0, mode:0xd1\n"
      + String(repeating: stranger, count: 8)
      + "Nov 23 10:34:47 db-17 kernel: app cpuset=/x mems_allowed=0\n"
    let bytes = Array(text.utf8)
    let report = try #require(try OOMReportText.parse(bytes.span, file: "log").reports.first)
    #expect(report.gfpMask == 0xD1)
    #expect(report.cpuset == "/x")
  }

  // MARK: Several

  @Test("of several reports the one that has the cause is told, and all are listed")
  func several() throws {
    let short = OOMMade(
      zones: [
        .init(name: "Normal", free: 10, managed: 1000),
        .init(name: "Movable", free: 3000, managed: 4000),
      ]
    )
    let group =
      "app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n"
      + "Memory cgroup out of memory: Killed process 7 (app) total-vm:1kB\n"
    let late = "x: page allocation failure: order:0, mode:0x820(GFP_ATOMIC)\n"
    let bytes = Array((open.text + short.text + group + late).utf8)
    let log = OOMLogDiagnosis(try OOMReportText.parse(bytes.span, file: "log"))
    #expect(log.reports.map(\.cause) == [.unknown, .zoneImbalance, .cgroupLimit, .unknown])
    #expect(log.diagnosis?.cause == .zoneImbalance)
  }
}
