import History
import HostModel
import Profiles
import SourceText
import Testing

@Suite("Answers of Prometheus")
struct PrometheusReaderTests {
  private func read(_ results: [String]) throws -> [HostHistory] {
    let text =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
      + results.joined(separator: ",") + "]}}"
    var reader = PrometheusReader()
    try reader.read(Array(text.utf8), file: "answer.json")
    return reader.histories()
  }

  private func series(_ name: String, _ labels: String = "", _ values: String) -> String {
    "{\"metric\":{\"__name__\":\"\(name)\",\"instance\":\"a\"\(labels)},\"values\":[\(values)]}"
  }

  @Test("Numbers are those that Go writes, and what is no number is no sample")
  func numbers() throws {
    let values =
      "[1700000000.5,\"1.7895415808e+10\"],[1700000060,\"NaN\"],[1700000120,\"+Inf\"],"
      + "[1700000180,\"-1\"],[1700000240,\"1.8446744073709552e+19\"],[1700000300,\"0\"]"
    let history = try #require(try read([series("node_memory_SUnreclaim_bytes", "", values)]).first)
    let slab = try #require(history[.term(.slabUnreclaimable)])
    #expect(Array(slab.times) == [1_700_000_001, 1_700_000_300])
    #expect(Array(slab.values) == [17_895_415_808, 0])
  }

  @Test("Headroom is what free and reclaimable pages come to above the reserve")
  func headroom() throws {
    let zone = ",\"node\":\"0\",\"zone\":\"Normal\""
    func at(_ value: Int) -> String { "[1700000000,\"\(value)\"]" }
    let pages: [(String, Int)] = [
      ("managed_pages", 2_000_000), ("present_pages", 2_000_000), ("nr_free_pages", 1_000_000),
      ("min_pages", 1000), ("low_pages", 2000), ("nr_active_file_pages", 100_000),
      ("nr_inactive_file_pages", 50_000), ("nr_active_anon_pages", 10_000),
      ("nr_inactive_anon_pages", 0), ("nr_unevictable_pages", 0),
      ("nr_slab_reclaimable_pages", 20_000),
    ]
    let history = try #require(
      try read(
        pages.map { series("node_zoneinfo_\($0.0)", zone, at($0.1)) }
          + [series("node_memory_SReclaimable_bytes", "", at(20_000 * 4096))]
      ).first
    )
    // Of slab 8 MiB are in use, which is less than half.
    let expected = 1_000_000 + 150_000 - 1000 + (20_000 - 2048)
    #expect(history[.headroom, node: 0]?.last?.value == ByteCount(UInt64(expected * 4096)))
    #expect(history[.headroom]?.last?.value == ByteCount(UInt64(expected * 4096)))
  }

  @Test("A boot time that moves by more than a clock is set is a boot")
  func boots() throws {
    let values = "[10,\"1000\"],[20,\"1005\"],[5000,\"4000\"],[6000,\"4000\"]"
    let history = try #require(try read([series("node_boot_time_seconds", "", values)]).first)
    #expect(history.boots == [4000])
  }

  @Test("Each collector that is off is named")
  func gaps() throws {
    let history = try #require(
      try read([series("node_memory_MemTotal_bytes", "", "[1,\"1\"]")]).first
    )
    let flags = history.gaps.map(\.remedy).joined(separator: " ")
    for flag in ["meminfo", "zoneinfo", "meminfo_numa", "vmstat.fields", "stat"] {
      #expect(flags.contains("--collector.\(flag)"), "\(flag)")
    }
  }

  @Test("Labels may stand behind the values")
  func order() throws {
    let text = "{\"values\":[[1,\"7\"]],\"metric\":{\"__name__\":\"node_memory_MemTotal_bytes\"}}"
    #expect(try read([text]).first?[.memoryTotal]?.last?.value == 7)
  }

  @Test("Any cut of an answer is refused with its place, and none is taken for a whole one")
  func cuts() throws {
    let whole = Array(
      ("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
        + series("node_memory_MemTotal_bytes", "", "[1,\"1\"],[2.5e0,\"2\"]") + "]}}").utf8
    )
    for length in 0..<whole.count {
      var reader = PrometheusReader()
      #expect(throws: LocatedError.self) {
        try reader.read(Array(whole[..<length]), file: "cut.json")
      }
    }
  }
}
