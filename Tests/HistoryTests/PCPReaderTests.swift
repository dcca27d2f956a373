import History
import HostModel
import Profiles
import SourceText
import Testing

@Suite("Output of pmrep -o csv")
struct PCPReaderTests {
  /// As pmrep 6.0 prints it with -Z UTC: the first line of values is empty, and so is what an instance
  /// does not have.
  private static let text = """
    Time,"mem.util.slabUnreclaimable","mem.util.pageTables","mem.numa.util.pageTables-node0","mem.zoneinfo.free-node0","mem.zoneinfo.free-DMA32::node0","mem.zoneinfo.free-Normal::node0","mem.zoneinfo.managed-DMA32::node0","mem.zoneinfo.managed-Normal::node0","mem.zoneinfo.min-DMA32::node0","mem.zoneinfo.min-Normal::node0","mem.zoneinfo.low-DMA32::node0","mem.zoneinfo.low-Normal::node0","mem.zoneinfo.protection-DMA32::node0::lowmem_reserved1","mem.zoneinfo.nr_zone_active_file-Normal::node0","mem.zoneinfo.nr_zone_inactive_anon-Normal::node0","mem.zoneinfo.nr_slab_reclaimable-node0","mem.zoneinfo.free-Movable::node0","mem.zoneinfo.managed-Movable::node0","kernel.all.uptime"
    2026-11-29 09:42:13,,,,,,,,,,,,,,,,,,,
    2026-11-29 09:42:14,70048,7900,0,,3000000,4000000,3091660,21577064,8464,59076,11552,80652,84284,5071256,7312536,910800,100,1000,5000.120
    2026-11-29 09:52:14,70200,7904,0,,3000000,3900000,3091660,21577064,8464,59076,11552,80652,84284,5071256,7312536,910800,100,1000,60.500
    """

  private func read(_ text: String) throws -> HostHistory {
    var reader = PCPReader()
    try reader.read(Array(text.utf8), file: "archive.csv")
    return try #require(reader.histories().first)
  }

  @Test("Terms, zones and boots are read; a node's zeros do not hide what the host has")
  func reading() throws {
    let history = try read(Self.text)
    #expect(history[.term(.slabUnreclaimable)]?.last?.value == .kibibytes(70_200))
    #expect(history[.term(.pageTables)]?.last?.value == .kibibytes(7904))
    #expect(history[.term(.pageTables), node: 0] == nil)
    #expect(history.boots == [1_795_945_934 - 60])
    let pages =
      (3_000_000 - 8464 - 84_284) / 4 + (3_900_000 + 5_071_256 - 59_076) / 4
      + (910_800 - 8192) / 4
    #expect(history[.headroom, node: 0]?.last?.value == ByteCount(UInt64(pages) * 4096))
  }

  @Test("What is no such output is refused with its line")
  func refusals() {
    for (text, place) in [
      ("", "archive.csv:1"), ("2026-11-29 09:42:13,1", "archive.csv:1"),
      ("Time,\"mem.util.slab\"\nyesterday,1", "archive.csv:2"),
      ("Time,\"mem.util.slab\"\n2026-11-29 09:42:13,1,2", "archive.csv:2"),
    ] {
      var reader = PCPReader()
      do {
        try reader.read(Array(text.utf8), file: "archive.csv")
        Issue.record("\(text) was read")
      } catch {
        #expect("\(error)".hasPrefix(place), "\(error)")
      }
    }
  }
}
