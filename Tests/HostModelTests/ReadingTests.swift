internal import HostModel
internal import Testing

@Suite("Readings")
struct ReadingTests {
  private let zone = Input("/proc/zoneinfo", node: 0, zone: .normal)

  private func pages(_ count: UInt64, _ input: Input?) -> Reading<PageCount> {
    .known(PageCount(count), from: input)
  }

  @Test("a sum tells what its parts' places have in common")
  func places() {
    let free = pages(1, zone.at("free"))
    let managed = pages(2, zone.at("managed"))
    let other = pages(3, Input("/proc/zoneinfo", node: 0, zone: .dma, field: "managed"))
    #expect((managed + free).input == zone)
    #expect((managed + other).input == Input("/proc/zoneinfo", node: 0, field: "managed"))
    #expect((managed + pages(1, nil)).input == zone.at("managed"))
    #expect((managed + pages(1, Input("/proc/vmstat"))).input == nil)
    #expect([managed, other].total { $0 } == .known(5))
    #expect("\(zone.at("free"))" == "/proc/zoneinfo node 0 Normal free")
  }

  @Test("equal where they say the same, wherever that was read")
  func equality() {
    #expect(pages(1, zone) == pages(1, nil))
    #expect(Set([pages(1, zone), pages(1, nil)]).count == 1)
    #expect(pages(1, zone) != .unknown(.missing(input: "x")))
  }

  @Test("a sum that no machine has and a part larger than the whole are unknown")
  func contradictions() {
    #expect((pages(.max, zone) + pages(1, zone)).value == nil)
    #expect((pages(.max, zone) + pages(0, zone)).value == .max)
    let difference = pages(1, zone.at("present")) - pages(2, zone.at("managed"))
    #expect(difference.reason?.description.contains("managed") == true)
    #expect((pages(2, zone) - pages(2, zone)).value == .zero)
    #expect(pages(1, zone).subtractingOrZero(pages(2, zone)) == .known(0))
    let missing = Reading<PageCount>.unknown(.missing(input: "x"))
    #expect((missing - pages(1, zone)).reason == .missing(input: "x"))
    #expect(pages(1, zone).subtractingOrZero(missing).reason == .missing(input: "x"))
  }

  @Test("parts that are more than the whole by no more than counters lag leave nothing")
  func laggingCounters() {
    #expect(pages(10, zone).without(pages(4, zone), lag: 2) == .known(6))
    #expect(pages(10, zone).without(pages(12, zone), lag: 2) == .known(0))
    #expect(pages(10, zone).without(pages(13, zone), lag: 2).value == nil)
    let missing = Reading<PageCount>.unknown(.missing(input: "x"))
    #expect(pages(10, zone).without(missing, lag: 2).reason == .missing(input: "x"))
  }

  @Test("a part of an unknown table is unknown for the table's reason")
  func parts() {
    let missing = Reading<Meminfo>.unknown(.missing(input: "/proc/meminfo"))
    #expect(missing.pageTables.reason == .missing(input: "/proc/meminfo"))
    var meminfo = Meminfo()
    meminfo.append(.pageTables, .mebibytes(1))
    let known = Reading.known(meminfo)
    #expect(known.pageTables == .known(.mebibytes(1)))
    #expect(known.pageTables.input == Input("/proc/meminfo", field: "PageTables"))
    #expect(
      known.slab.reason == .notReported(input: "/proc/meminfo", field: "Slab")
    )
  }
}
