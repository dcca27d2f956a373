internal import Foundation
internal import HostModel
internal import KernelText
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("OOM reports: text")
struct OOMReportTextTests {
  static let logs = [
    "5.10-oom-imbalance.log", "5.10-oom-plain.log", "6.1-oom-imbalance.log", "6.1-oom-plain.log",
    "6.12-oom-imbalance.log", "6.12-oom-plain.log", "6.12-oom-two.log", "7.x-oom-imbalance.log",
    "7.x-oom-plain.log",
  ]

  static func text(_ log: String) throws -> String {
    try Fixtures.text("OOM/" + log)
  }

  static func parse(_ text: String) throws(ParseError) -> OOMLog {
    let bytes = Array(text.utf8)
    return try OOMReportText.parse(bytes.span, file: "log")
  }

  static func report(_ text: String) throws -> OOMReport {
    try #require(try parse(text).reports.last)
  }

  @Test("reads the zones, the request and the victim of a 5.10 report")
  func oldKernel() throws {
    let report = try Self.report(try Self.text("5.10-oom-imbalance.log"))
    #expect(report.kind == .oomKiller)
    #expect(report.task == "init")
    #expect(report.order == 0)
    #expect(report.gfpFlags.first == "GFP_KERNEL_ACCOUNT")
    #expect(report.requestZone == .normal)
    #expect(report.memsAllowed == [0])
    #expect(report.nodeMask == nil)
    #expect(report.constraint == OOMReport.Constraint.none)
    #expect(report.cpuset == "/")
    #expect(report.zones.map(\.kind) == [.dma, .dma32, .movable])
    #expect(report.pageSize == .kib4)
    #expect(report.zones.allSatisfy { $0.freeBlocks.count == 11 })
    #expect(report.zones.allSatisfy { $0.lowmemReserve.count == 5 })
    #expect(report.victim?.hasPrefix("init (") == true)
    #expect(report.swapTotal == 0)
  }

  @Test("the buddy lists add up to what is free, nearly", arguments: logs)
  func buddyLists(log: String) throws {
    let report = try Self.report(try Self.text(log))
    #expect(!report.zones.isEmpty)
    for zone in report.zones {
      let listed = zone.freeBlocks.map { $0.blockSize * $0.count }.total()
      let free = try #require(zone.bytes(.free))
      // The two are read one after the other while others allocate.
      #expect(listed.distance(to: free) < .mebibytes(1), "\(zone.node) \(zone.kind.name)")
    }
  }

  /// What loggers make of a kernel's line.
  static let prefixes: [@Sendable (Substring) -> String] = [
    { String($0) },
    { "\u{1B}[32m\($0)\u{1B}[0m\r" },
    { "<4>" + $0 },
    { "Nov 23 10:34:47 db-17 kernel: " + $0 },
    { "2026-11-23T10:34:47.123456+01:00 db-17 kernel: " + $0 },
    { "kern  :warn  : " + $0 },
    { "Nov 23 10:34:47 db-17 kernel: " + $0.drop { $0 != "]" }.dropFirst(2) },
    { $0.replacingOccurrences(of: "] ", with: "][  T123] ", range: $0.range(of: "] ")) },
    { "[Mon Nov 23 10:34:47 2026] " + $0.drop { $0 != "]" }.dropFirst(2) },
    { "> " + $0 },
    { $0 + "\r" },
    { String($0.drop { $0 != "]" }.dropFirst(2)) },
  ]

  @Test("says the same whatever a logger put in front", arguments: logs, prefixes.indices)
  func prefix(log: String, prefix: Int) throws {
    let text = try Self.text(log)
    let expected = try Self.report(text)
    let changed = text.split(separator: "\n").map { Self.prefixes[prefix]($0) }
    #expect(try Self.report(changed.joined(separator: "\n")) == expected)
  }

  @Test(
    "says the same with lines broken at any column",
    arguments: logs,
    [60, 76, 79, 80, 81, 97, 100, 120, 132, 200]
  )
  func broken(log: String, width: Int) throws {
    let text = try Self.text(log)
    let expected = try Self.report(text)
    var lines: [String] = []
    for line in text.split(separator: "\n") {
      var rest = line[...]
      repeat {
        lines.append(String(rest.prefix(width)))
        rest = rest.dropFirst(width)
      } while !rest.isEmpty
    }
    let report = try Self.report(lines.joined(separator: "\n"))
    #expect(report.zones.map(\.kind) == expected.zones.map(\.kind))
    for (zone, wanted) in zip(report.zones, expected.zones) {
      let counters: [OOMCounter] = [
        .free, .min, .low, .high, .managed, .freeCMA, .reservedHighatomic,
      ]
      for counter in counters {
        #expect(
          zone.bytes(counter) == wanted.bytes(counter),
          "\(zone.kind.name) \(counter.text)"
        )
      }
      #expect(zone.freeBlocks.map(\.count) == wanted.freeBlocks.map(\.count))
    }
    #expect(report.requestZone == expected.requestZone)
    #expect(report.totals["free"] == expected.totals["free"])
  }

  @Test("all of several reports are read and counted")
  func several() throws {
    let first = try Self.text("5.10-oom-plain.log")
    let second = try Self.text("7.x-oom-imbalance.log")
    let log = try Self.parse(first + second)
    #expect(log.lines.count == 2)
    #expect(log.reports.map(\.line) == [1, first.split(separator: "\n").count + 1])
    #expect(log.reports.map(\.requestZone) == [.movable, .normal])
  }

  @Test("a report that was cut before its numbers says so")
  func cutReport() throws {
    let whole = try Self.text("6.1-oom-plain.log")
    let cut = whole.split(separator: "\n").prefix(4).joined(separator: "\n")
    let log = try Self.parse(whole + cut)
    #expect(log.reports.map(\.hasNumbers) == [true, false])
  }

  @Test("zones of a kernel without NUMA have no node in front")
  func withoutNUMA() throws {
    let text = """
      app: page allocation failure: order:2, mode:0xcc0(GFP_KERNEL), nodemask=(null)
      app cpuset=/ mems_allowed=0
      Mem-Info:
      active_anon:10 inactive_anon:20 isolated_anon:0
       free:300 free_pcp:0 free_cma:0
      Node 0 active_anon:40kB inactive_anon:80kB all_unreclaimable? no
      Normal free:1200kB min:1000kB low:1250kB high:1500kB managed:60000kB free_cma:0kB
      lowmem_reserve[]: 0 0
      Normal: 300*4kB (UM) 0*8kB 0*16kB = 1200kB
      """
    let report = try Self.report(text)
    #expect(report.kind == .allocationFailure)
    #expect(report.task == "app")
    #expect(report.order == 2)
    #expect(report.cpuset == "/")
    #expect(report.zones.count == 1)
    #expect(report.zones.first?.bytes(.managed) == .kibibytes(60000))
    #expect(report.zones.first?.freeBlocks.first?.types == "UM")
  }

  @Test("node lists end where the next name begins")
  func nodeLists() throws {
    let text = """
      a b invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
      oom-kill:constraint=CONSTRAINT_MEMORY_POLICY,nodemask=0,2-3,cpuset=/x,mems_allowed=0-3,global_oom
      """
    let report = try Self.report(text)
    #expect(report.task == "a b")
    #expect(report.nodeMask == [0, 2, 3])
    #expect(report.memsAllowed == [0, 1, 2, 3])
    #expect(report.constraint == .memoryPolicy)
    #expect(report.cpuset == "/x")
  }

  @Test(
    "masks tell the zone by their lowest bits",
    arguments: zip(
      [0xcc0, 0x1_40dca, 0xcc4, 0xcc1, 0x500cc2, 0x2_01da],
      [OOMReport.RequestZone.normal, .movable, .dma32, .dma, .highMem, .movable]
    )
  )
  func masks(mask: UInt64, zone: OOMReport.RequestZone) {
    var report = OOMReport(kind: .oomKiller, line: 1, task: "")
    report.gfpMask = mask
    #expect(report.requestZone == zone)
  }

  @Test("continued lines that journald took apart are put together")
  func journald() throws {
    let text = """
      Feb 19 16:20:13 h kernel: java: page allocation failure: order:0, mode:0x2280020(GFP_ATOMIC)
      Feb 19 16:20:13 h kernel: Node 1 
      Feb 19 16:20:13 h kernel: DMA32 free:250428kB min:1924kB low:3800kB
      high:5676kB managed:1886944kB free_cma:0kB
      Feb 19 16:20:13 h kernel: lowmem_reserve[]:
      Feb 19 16:20:13 h kernel:  0
      Feb 19 16:20:13 h kernel:  62446
      Feb 19 16:20:13 h kernel: Node 1 
      Feb 19 16:20:13 h kernel: DMA32: 
      Feb 19 16:20:13 h kernel: 613*4kB 
      Feb 19 16:20:13 h kernel: (UME) 
      Feb 19 16:20:13 h kernel: 715*8kB 
      """
    let zone = try #require(try Self.report(text).zones.first)
    #expect(zone.node == 1)
    #expect(zone.bytes(.managed) == .kibibytes(1_886_944))
    #expect(zone.lowmemReserve == [0, 62446])
    #expect(zone.freeBlocks.map(\.count) == [613, 715])
  }

  @Test(
    "a mask or a node list that is not whole is not taken",
    arguments: [
      ("gfp_mask=0x62****(GFP_HIGHUSER_MOVABLE), nodemask=(null)", nil, nil),
      ("gfp_mask=0xcc0(GFP_KERNEL), nodemask=3D(null)", 0xcc0, nil),
      ("gfp_mask=0xcc0, nodemask=1-", 0xcc0, [1]),
      ("gfp_mask=0xcc0, nodemask=2,order=0", 0xcc0, [2]),
    ] as [(String, UInt64?, [NodeID]?)]
  )
  func notWhole(fields: String, mask: UInt64?, nodes: [NodeID]?) throws {
    let report = try Self.report("app invoked oom-killer: \(fields)")
    #expect(report.gfpMask == mask)
    #expect(report.nodeMask == nodes)
  }

  @Test("a cgroup is known by its stack trace, and by name in kernels before 5.0")
  func cgroups() throws {
    let text = """
      mem invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0
       mem_cgroup_out_of_memory+0x36/0x50
      Task in /a/b killed as a result of limit of /a
      """
    let report = try Self.report(text)
    #expect(report.constraint == .cgroup)
    #expect(report.cgroup == "/a")
  }

  @Test("a log may come in pieces of any size", arguments: [1, 7, 4095, 4096, 65536])
  func pieces(size: Int) throws {
    let text = try Self.text("6.1-oom-imbalance.log") + "x\n" + Self.text("7.x-oom-plain.log")
    let bytes = Array(text.utf8)
    var reader = OOMLogReader()
    for start in stride(from: 0, to: bytes.count, by: size) {
      let piece = Array(bytes[start..<min(start + size, bytes.count)])
      reader.append(piece.span)
    }
    #expect(try reader.finish(file: "log") == Self.parse(text))
  }

  @Test("very many reports are counted, and the newest are kept")
  func many() throws {
    let text = String(
      repeating: "app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n",
      count: 12_345
    )
    let log = try Self.parse(try Self.text("6.1-oom-plain.log") + text)
    #expect(log.count == 12_346)
    #expect(log.lines.count <= 10_000)
    #expect(log.reports.count == 64)
    #expect(log.reports.last?.line == log.lines.last)
  }

  @Test("a log without a report is refused, and says what was looked for")
  func noReport() {
    #expect(throws: ParseError.self) { try Self.parse("[    0.000000] Linux version 6.1.0\n") }
    #expect(throws: ParseError.self) { try Self.parse("") }
  }

  @Test("texts that end or change anywhere never trap", .seeded(4), arguments: logs)
  func hostile(log: String) throws {
    let bytes = Array(try Self.text(log).utf8)
    for end in stride(from: 0, to: bytes.count, by: 97) {
      let part = Array(bytes[..<end])
      expectSane(part)
    }
    var random = SeededGenerator()
    for _ in 0..<40 {
      var text = bytes
      for _ in 0..<20 {
        let index = Int.random(in: 0..<text.count, using: &random)
        text[index] = "\n :,=0K(*-\u{0}\u{7F}".utf8.randomElement(using: &random) ?? 0
      }
      expectSane(text)
    }
  }

  /// What is parsed has its kind of report; what is refused names a line of the text.
  private func expectSane(_ text: [UInt8]) {
    let lines = text.count { $0 == UInt8(ascii: "\n") } + 1
    do throws(ParseError) {
      let log = try OOMReportText.parse(text.span, file: "log")
      #expect(log.reports.allSatisfy { $0.zones.count <= lines })
    } catch {
      #expect((1...lines).contains(error.place.line), "\(error)")
    }
  }
}
