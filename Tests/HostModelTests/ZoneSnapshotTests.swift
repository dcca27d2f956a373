internal import HostModel
internal import Testing

@Suite("What a zone's numbers give together")
struct ZoneSnapshotTests {
  /// 1,000,000 pages on a host with two cpus, all of them free but for what is asked for.
  private static func zone(
    free: UInt64,
    anonymous: UInt64 = 0,
    freeCMA: UInt64 = 0,
    managed: UInt64 = 1_000_000,
    cma: UInt64 = 0
  ) -> ZoneSnapshot {
    var zone = ZoneSnapshot(node: NodeID(0), kind: .normal, line: 1)
    for (name, value) in [
      ("free", free), ("spanned", 1_000_000), ("present", 1_000_000), ("managed", managed),
      ("cma", cma),
    ] { zone.pages.append(name: name, value: value) }
    for list in LRUList.allCases {
      zone.counters.append(list.zoneCounter, PageCount(list == .activeAnon ? anonymous : 0))
    }
    zone.counters.append(.freeCMA, PageCount(freeCMA))
    zone.pagesets = [PagesetSnapshot(cpu: 0), PagesetSnapshot(cpu: 1)]
    return zone
  }

  @Test("hard use is what is managed and neither free nor on a list")
  func hardUse() {
    #expect(Self.zone(free: 600_000, anonymous: 300_000).hardUse == .known(100_000))
  }

  @Test("counters may lag behind one another, by some pages")
  func lag() {
    #expect(Self.zone(free: 1_000_000, anonymous: 8).hardUse == .known(0))
    #expect(Self.zone(free: 100, freeCMA: 110).freeForKernel == .known(0))
  }

  @Test("counters that can't all be true make what depends on them unknown, not zero")
  func contradictions() {
    let zone = Self.zone(free: 900_000, anonymous: 300_000)
    #expect(zone.hardUse.reason?.description.contains("1200000") == true)
    #expect(Self.zone(free: 100, freeCMA: 100_000).freeForKernel.value == nil)
  }

  @Test("no part of the present pages is more than all of them")
  func parts() {
    let zone = Self.zone(free: 0, managed: 1_000_001, cma: 1_000_001)
    for part in [zone.managed, zone.cma] {
      guard case .rejected("/proc/zoneinfo node 0 Normal", _, let why)? = part.reason else {
        Issue.record("it is \(part)")
        continue
      }
      #expect(why.contains("1000000 are present"))
    }
    #expect(zone.reserved.value == nil)
    #expect(Self.zone(free: 0, managed: 999_000).reserved == .known(1000))
  }
}
