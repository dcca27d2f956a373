internal import HostCollection
internal import HostModel
internal import TestSupport
internal import Testing

@Suite("A copy of /proc/zoneinfo alone")
struct ZoneinfoAloneTests {
  @Test("tells an x86-64 machine by where its DMA zone ends")
  func architecture() throws {
    let file = Fixtures.path("Roots/6.12-two-nodes-kernelcore/proc/zoneinfo")
    let snapshot = try HostCollector.collect(from: try SourceFinder.source(file))
    #expect(snapshot.architecture == .known(.x86_64))
    #expect(snapshot.pageSize == .known(.kib4))
    #expect(snapshot.unread.contains { $0.input == "/proc/meminfo" })
  }
}
