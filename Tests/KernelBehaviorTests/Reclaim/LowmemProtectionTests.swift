internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import TestSupport
internal import Testing

@Suite("Lowmem protection")
struct LowmemProtectionTests {
  private static func host(_ name: String) throws -> HostSnapshot {
    let file = Fixtures.path("Headroom/\(name).tar.gz")
    return try HostCollector.collect(from: try SourceFinder.source(file))
  }

  private static func protections(_ zones: ZoneInfo?) -> [[UInt64]] {
    (zones?.nodes ?? []).flatMap(\.zones).map(\.protection)
  }

  @Test(
    "the kernel's own ratios give what its zones print",
    arguments: [
      "5.10-headroom-one-512M", "6.1-headroom-two-1G", "6.12-headroom-five-4G",
      "6.12-headroom-unequal-half", "7.x-headroom-movablecore-2G", "7.x-headroom-hot-added",
    ]
  )
  func own(name: String) throws {
    let host = try Self.host(name)
    let zones = try #require(host.zoneinfo.value)
    let ratios = try #require(host.virtualMemory.lowmemReserve.value)
    let made = try #require(zones.protected(by: ratios))
    // The kernel worked them out before it freed the memory of its own start: 1/20 less at most.
    for (new, old) in zip(Self.protections(made), Self.protections(zones)) {
      #expect(new.count == old.count)
      for (new, old) in zip(new, old) { #expect(new >= old && (new - old) * 20 <= new) }
    }
  }

  // 5.10, 1 GiB: DMA32 owns 121220 pages and Movable 125418 above it.
  @Test("a smaller divisor keeps more, and zero nothing")
  func divisors() throws {
    let zones = try #require(try Self.host("5.10-headroom-one-512M").zoneinfo.value)
    func kept(_ ratio: UInt64) throws -> UInt64 {
      let made = try #require(zones.protected(by: [256, ratio, 32, 0, 0]))
      return try #require(made.nodes[0].zone(.dma32)?.protection.max())
    }
    #expect(try kept(256) == 489)
    #expect(try kept(6) == 20_903)
    #expect(try kept(1) == 125_418)
    #expect(try kept(0) == 0)
  }
}
