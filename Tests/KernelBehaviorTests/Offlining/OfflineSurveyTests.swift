internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Obstacles to taking blocks offline")
struct OfflineSurveyTests {
  /// 128 MiB blocks of 4 KiB pages.
  static let blockPages: UInt64 = 32_768

  /// A host of 1 GiB: blocks 0 to 3 in Normal, 4 to 7 hot-added in Movable, nothing against them.
  struct Host {
    var snapshot = HostSnapshot(source: SourceDescription(kind: .live, path: ""))
    var zones = [
      Self.zone(.normal, first: 0, blocks: 4), Self.zone(.movable, first: 4, blocks: 4),
    ]
    var blocks = (0..<8).map { number in
      MemoryBlock(
        number: UInt64(number),
        state: .known(.online),
        validZones: .known([number < 4 ? .normal : .movable]),
        nodes: [NodeID(0)]
      )
    }
    var tallies: [UInt64: PageTally]?

    init() {
      snapshot.kernel = .known(KernelVersion(major: 6, minor: 12))
      snapshot.architecture = .known(.x86_64)
      snapshot.pins.system = .known(0)
      meminfo([("MemTotal", 1 << 20), ("MemAvailable", 900 << 10)])
      var vmstat = MemoryCounters()
      vmstat.append(.memmap, 8192)
      snapshot.vmstat = .known(vmstat)
    }

    static func zone(_ kind: ZoneKind, first: UInt64, blocks: UInt64) -> ZoneSnapshot {
      var zone = ZoneSnapshot(node: NodeID(0), kind: kind, line: 1)
      let pages = blocks * blockPages
      for (name, value) in [
        ("free", pages), ("min", 100), ("spanned", pages), ("present", pages),
        ("managed", pages), ("cma", 0),
      ] { zone.pages.append(name: name, value: value) }
      for list in LRUList.allCases { zone.counters.append(list.zoneCounter, 0) }
      zone.trailer.append(name: "start_pfn", value: first * blockPages)
      return zone
    }

    /// Replaces one of a zone's sizes.
    mutating func set(_ name: String, of zone: Int, to value: UInt64) {
      let old = zones[zone].pages
      var new = CounterTable(of: .zoneSizes)
      for index in old.entries.indices {
        let key = old.name(at: index)
        new.append(name: key, value: key == name ? value : old.entries[index].value)
      }
      zones[zone].pages = new
    }

    mutating func meminfo(_ fields: [(String, UInt64)]) {
      var table = CounterTable(of: .meminfo)
      for (name, value) in fields { table.append(name: name, value: value, isKibibytes: true) }
      snapshot.meminfo = .known(Meminfo(table))
    }

    func everyBlock() -> [BlockOfflinability] {
      var snapshot = snapshot
      var node = NodeZones(node: NodeID(0))
      node.zones = zones
      snapshot.zoneinfo = .known(ZoneInfo(nodes: [node]))
      var table = MemoryBlockTable(
        blockSize: .mebibytes(128),
        blocks: blocks
      )
      if let tallies { table.pageTallies = .known(tallies) }
      snapshot.memoryBlocks = .known(table)
      return OfflineSurvey(
        snapshot,
        table: table,
        zoneinfo: ZoneInfo(nodes: [node]),
        pageSize: .kib4
      ).everyBlock()
    }

    subscript(block: Int) -> BlockOfflinability { everyBlock()[block] }
  }

  @Test("A clean Movable block is a yes without a reason; a kernel zone's is unknown")
  func clean() {
    let blocks = Host().everyBlock()
    #expect(blocks[4...].allSatisfy { $0.offlinable == .yes && $0.reasons.isEmpty })
    #expect(blocks[..<4].allSatisfy { $0.offlinable == .unknown && $0.reasons == [.kernelZone] })
  }

  @Test("An offline block is refused, whatever else there is")
  func offline() {
    var host = Host()
    host.blocks[5].state = .known(.offline)
    host.blocks[5].nodes = [NodeID(0), NodeID(1)]
    #expect(host[5].offlinable == .no)
    #expect(host[5].reasons == [.alreadyOffline])
    #expect(host[5].zone == nil)
  }

  @Test("A state or zone that is not known is never fine")
  func unknownState() {
    var host = Host()
    host.blocks[5].state = .unknown(.missing(input: "state"))
    host.blocks[6].state = .known(.goingOffline)
    host.blocks[7].validZones = .known([.dma])
    for block in 5...7 {
      #expect(host[block].offlinable == .unknown)
      #expect(host[block].reasons == [.stateUnknown])
    }
  }

  @Test("Mixed zones and nodes are refused")
  func mixed() {
    var host = Host()
    host.blocks[4].validZones = .known([])
    host.blocks[5].nodes = [NodeID(0), NodeID(1)]
    #expect(host[4].reasons.contains(.mixedZones) && host[4].offlinable == .no)
    #expect(host[5].reasons.contains(.mixedNodes) && host[5].offlinable == .no)
  }

  @Test("A zone that ends inside a block leaves a hole in it")
  func holeAtTheEnd() {
    var host = Host()
    let pages = 4 * Self.blockPages - 32
    for name in ["free", "spanned", "present", "managed"] { host.set(name, of: 1, to: pages) }
    #expect(host[7].offlinable == .no && host[7].reasons == [.holes])
    #expect(host[6].offlinable == .yes)
  }

  @Test("A hole somewhere in a zone makes its blocks unknown; the address map tells which")
  func holeInside() {
    var host = Host()
    for name in ["free", "present", "managed"] {
      host.set(name, of: 1, to: 4 * Self.blockPages - 256)
    }
    #expect((4...7).allSatisfy { host[$0].offlinable == .unknown })
    let megabytes: UInt64 = 1 << 20
    host.snapshot.iomem = .known([
      IOMemRange(AddressRange(first: 0, last: 700 * megabytes - 1), depth: 0, name: "System RAM"),
      IOMemRange(
        AddressRange(first: 701 * megabytes, last: 1024 * megabytes - 1),
        depth: 0,
        name: "System RAM"
      ),
      IOMemRange(
        AddressRange(first: megabytes, last: 30 * megabytes),
        depth: 1,
        name: "Kernel code"
      ),
      IOMemRange(
        AddressRange(first: 900 * megabytes, last: 910 * megabytes),
        depth: 1,
        name: "Crash kernel"
      ),
    ])
    #expect(host[5].reasons == [.holes] && host[5].offlinable == .no)
    #expect(host[4].offlinable == .yes && host[6].offlinable == .yes)
    #expect(host[7].reasons == [.crashKernel] && host[7].offlinable == .no)
    #expect(host[0].reasons.first == .kernelImage && host[0].offlinable == .no)
  }

  @Test("Without CONFIG_MEMORY_HOTREMOVE nothing goes")
  func noHotRemove() {
    var host = Host()
    host.snapshot.kernelConfig = .known(KernelConfig(options: [:], input: "config"))
    #expect(host.everyBlock().allSatisfy { $0.reasons == [.noHotRemove] && $0.offlinable == .no })
  }

  @Test("arm64 refuses boot memory: for certain where nothing was hot-added")
  func arm64() {
    var host = Host()
    host.snapshot.architecture = .known(.arm64)
    #expect(host[4].offlinable == .unlikely && host[4].reasons == [.bootMemoryARM64])
    var vmstat = MemoryCounters()
    vmstat.append(.memmap, 0)
    vmstat.append(.bootMemmap, 4096)
    host.snapshot.vmstat = .known(vmstat)
    #expect(host[4].offlinable == .no)
  }

  @Test("Without an architecture, or a sign that memory can go at all, nothing is a yes")
  func unknownHost() {
    var host = Host()
    host.snapshot.architecture = .unknown(.undetermined("no suffix"))
    #expect(host[4].offlinable == .unknown && host[4].reasons == [.bootMemoryARM64])
    host = Host()
    for index in host.blocks.indices {
      host.blocks[index].validZones = .unknown(.missing(input: "valid_zones"))
    }
    #expect(host[4].offlinable == .unknown && host[4].reasons == [.noHotRemove])
  }

  @Test("s390x keeps the memory below the crash kernel's size")
  func s390x() {
    var host = Host()
    host.snapshot.architecture = .known(.s390x)
    #expect(host[4].offlinable == .unknown && host[4].reasons == [.s390xCrashKernel])
    host.snapshot.crashKernelSize = .known(671_088_640)
    #expect(host[4].offlinable == .no && host[4].reasons == [.s390xCrashKernel])
    #expect(host[5].offlinable == .yes)
  }

  @Test("CMA in a zone makes its blocks unknown, half of the zone unlikely")
  func cma() {
    var host = Host()
    host.set("cma", of: 1, to: 1024)
    #expect(host[4].offlinable == .unknown && host[4].reasons == [.cma])
    host.set("cma", of: 1, to: 3 * Self.blockPages)
    #expect(host[4].offlinable == .unlikely)
  }

  @Test("Pins matter in ZONE_MOVABLE before 5.13, and unknown pins too")
  func pins() {
    var host = Host()
    host.snapshot.pins.system = .known(5)
    #expect(host[4].offlinable == .yes)
    host.snapshot.kernel = .known(KernelVersion(major: 5, minor: 10))
    #expect(host[4].offlinable == .unknown && host[4].reasons == [.pinned])
    host.snapshot.pins.system = .unknown(.notReported(input: "vmstat", field: "nr_foll_pin"))
    #expect(host[4].offlinable == .unknown)
    host.snapshot.processes = .known(ProcessTotals())
    #expect(host[4].offlinable == .yes)
  }

  @Test("Without room elsewhere a block is unlikely, with swap unknown")
  func room() {
    var host = Host()
    host.meminfo([("MemTotal", 1 << 20), ("MemAvailable", 64 << 10), ("SwapFree", 0)])
    #expect(host[4].offlinable == .unlikely && host[4].reasons == [.noRoomElsewhere])
    host.meminfo([("MemTotal", 1 << 20), ("MemAvailable", 64 << 10), ("SwapFree", 1 << 20)])
    #expect(host[4].offlinable == .unknown)
    host.snapshot.meminfo = .unknown(.missing(input: "/proc/meminfo"))
    #expect(host[4].offlinable == .unknown)
  }

  @Test("Poisoned pages are a caution beside a yes")
  func poison() {
    var host = Host()
    host.meminfo([("MemTotal", 1 << 20), ("MemAvailable", 900 << 10), ("HardwareCorrupted", 4)])
    #expect(host[4].offlinable == .yes && host[4].reasons == [.hwpoison])
  }

  @Test("Optimised huge pages need kernel memory to go")
  func optimisedHugePages() {
    var host = Host()
    host.snapshot.hugePages.optimizesVmemmap = .known(true)
    var node = NUMANode(id: NodeID(0))
    node.hugePagePools = [
      HugePagePool(
        size: .mebibytes(2),
        node: NodeID(0),
        total: .known(100),
        free: .known(100),
        surplus: .known(0)
      )
    ]
    host.snapshot.nodes = .known([node])
    #expect(host[4].offlinable == .yes)
    host.set("free", of: 0, to: 300)
    #expect(host[4].offlinable == .unlikely && host[4].reasons == [.hvoDissolve])
  }

  @Test("Reserved pages whose place can't be told make the zone unknown")
  func reserved() {
    var host = Host()
    host.set("managed", of: 1, to: 4 * Self.blockPages - 200)
    #expect((4...7).allSatisfy { host[$0].offlinable == .unknown })
    #expect(host[4].reasons == [.reservedPages])
  }

  @Test("A kernel zone whose pageblocks are all unmovable is a no, a quarter of them unlikely")
  func unmovable() {
    var host = Host()
    var info = PageTypeInfo(pageBlockOrder: 9, pagesPerBlock: 512)
    info.types = ["Unmovable", "Movable", "Reclaimable"]
    for (unmovable, answer) in [(UInt64(3), Offlinable.unknown), (80, .unlikely), (240, .no)] {
      info.blockRows = [
        PageTypeInfo.BlockRow(
          node: NodeID(0),
          kind: .normal,
          blocks: [unmovable, 256 - unmovable, 0]
        )
      ]
      host.snapshot.pagetypeinfo = .known(info)
      #expect(host[1].offlinable == answer)
    }
  }

  @Test("Page flags settle a block, in kernel zones too")
  func pageFlags() {
    var host = Host()
    var free = PageTally()
    free.free = Self.blockPages
    var reserved = free
    reserved.reserved = 1
    var slab = free
    slab.kernel = 1
    var unclear = free
    unclear.unclear = 1
    host.tallies = [
      0: free, 1: reserved, 2: slab, 3: unclear, 4: reserved, 5: unclear, 6: free, 7: free,
    ]
    let expected: [Offlinable] = [.yes, .no, .unlikely, .unlikely, .no, .yes, .yes, .yes]
    #expect(host.everyBlock().map(\.offlinable) == expected)
    #expect(host[0].reasons == [.kernelZone])
  }

  @Test("Blocks at the end of the address space don't trap")
  func extremes() {
    var host = Host()
    for number in [UInt64.max, UInt64.max / 32_768, 1 << 52] {
      host.blocks.append(
        MemoryBlock(
          number: number,
          state: .known(.online),
          validZones: .known([.movable]),
          nodes: []
        )
      )
    }
    #expect(host.everyBlock().suffix(3).allSatisfy { $0.offlinable != .yes })
  }

  @Test("A hundred thousand blocks are judged", .timeLimit(.minutes(1)))
  func many() {
    var host = Host()
    let count: UInt64 = 100_000
    host.zones[1] = Host.zone(.movable, first: 4, blocks: count)
    host.blocks += (8..<count + 4).map {
      MemoryBlock(
        number: $0,
        state: .known(.online),
        validZones: .known([.movable]),
        nodes: [NodeID(0)]
      )
    }
    // What grew with the square of the blocks would run into the limit.
    #expect(host.everyBlock().count == Int(count) + 4)
  }
}
