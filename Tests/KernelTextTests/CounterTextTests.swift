internal import HostModel
internal import KernelText
internal import Testing

@Suite("Counters: meminfo, vmstat and the per-node files")
struct CounterTextTests {
  private func meminfo(_ text: String) -> Result<CounterTable, ParseError> {
    TextFixture.parse(text) { text throws(ParseError) in
      try MeminfoText.parse(text, file: "meminfo")
    }
  }

  private func vmstat(_ text: String) -> Result<CounterTable, ParseError> {
    TextFixture.parse(text) { text throws(ParseError) in
      try VmstatText.parse(text, file: "vmstat")
    }
  }

  private func nodeMeminfo(
    _ text: String
  ) -> Result<(node: NodeID, counters: CounterTable), ParseError> {
    TextFixture.parse(text) { text throws(ParseError) in
      try NodeMeminfoText.parse(text, file: "node0/meminfo")
    }
  }

  @Test("a real meminfo is read whole and renders back to itself")
  func realMeminfo() throws {
    let bytes = try TextFixture.bytes("host-6.18/meminfo")
    let table = try MeminfoText.parse(bytes.span, file: "meminfo")
    #expect(table.entries.count == bytes.count { $0 == 0x0A })
    #expect(table.entries.allSatisfy { $0.state == .number })
    #expect(table.entry("MemTotal")?.isKibibytes == true)
    #expect(table.entry("HugePages_Total")?.isKibibytes == false)
    #expect(table["Active(anon)"] != nil)
    #expect(Array(MeminfoText.render(table).utf8) == bytes)
  }

  @Test("a real vmstat is read whole and renders back to itself")
  func realVmstat() throws {
    let bytes = try TextFixture.bytes("host-6.18/vmstat")
    let table = try VmstatText.parse(bytes.span, file: "vmstat")
    #expect(table.entries.count == bytes.count { $0 == 0x0A })
    #expect(table["nr_free_pages"] != nil)
    #expect(table["nr_no_such_counter"] == nil)
    #expect(Array(VmstatText.render(table).utf8) == bytes)
  }

  @Test("the files of a real node are read whole")
  func realNode() throws {
    let bytes = try TextFixture.bytes("host-6.18/node0/meminfo")
    let (node, table) = try NodeMeminfoText.parse(bytes.span, file: "node0/meminfo")
    #expect(node == 0)
    #expect(table.entries.count == bytes.count { $0 == 0x0A })
    #expect(table.entry("MemUsed")?.isKibibytes == true)
    let rendered = NodeMeminfoText.render(table, node: node)
    #expect(try nodeMeminfo(rendered).get().counters == table)

    let vmstat = try TextFixture.bytes("host-6.18/node0/vmstat")
    #expect(try VmstatText.parse(vmstat.span, file: "vmstat")["nr_free_pages"] != nil)
    let numastat = try TextFixture.bytes("host-6.18/node0/numastat")
    let numa = try NumastatText.parse(numastat.span, file: "numastat")
    #expect(numa.entries.count == 6)
    #expect(Array(NumastatText.render(numa).utf8) == numastat)
  }

  @Test("labels may touch their number, and unknown ones are kept")
  func labels() throws {
    let table = try meminfo(
      "MemTotal:       16384 kB\nShadowCallStack:1048576 kB\nNvMapMemUsed:    7 kB\nCma(A/F/P): 1/ 2/ 3\n"
    ).get()
    #expect(table["ShadowCallStack"] == 1_048_576)
    #expect(table["NvMapMemUsed"] == 7)
    #expect(table.entry("Cma(A/F/P)")?.state == .notANumber)
    #expect(table["Percpu"] == nil)
  }

  @Test("the byte table on top of a 2.4 meminfo is passed over")
  func kernel24() throws {
    let table = try meminfo(
      """
              total:    used:    free:  shared: buffers:  cached:
      Mem:  259969024 55738368 204230656        0  4722688 21417984
      Swap:        0        0        0
      MemTotal:         253876 kB
      MemFree:          199444 kB

      """
    ).get()
    #expect(table.entries.count == 2)
    #expect(table["MemTotal"] == 253_876)
  }

  @Test(
    "counts below zero are kept and not believed",
    arguments: ["18446744073709551615", "9223372036854775808", "-1"]
  )
  func wrapped(word: String) throws {
    let table = try vmstat("nr_free_pages 1\nnr_zone_inactive_anon \(word)\nlast 1\n").get()
    #expect(table.entry("nr_zone_inactive_anon")?.state == .wrappedNegative)
    #expect(table["nr_zone_inactive_anon"] == nil)
    #expect(try vmstat(VmstatText.render(table)).get() == table)
    let kibibytes = try meminfo("MemTotal: 4 kB\nCached: \(word) kB\n").get()
    #expect(kibibytes.entry("Cached")?.state == .wrappedNegative)
  }

  @Test("the largest count that is not negative is a number")
  func largest() throws {
    let table = try vmstat("a 9223372036854775807\n").get()
    #expect(table["a"] == 9_223_372_036_854_775_807)
  }

  @Test(
    "what is not a number is kept as that",
    arguments: ["12x", "0x12", "+1", "1.5", "18446744073709551616", "--1", "(null)"]
  )
  func nonsense(word: String) throws {
    let table = try vmstat("nr_free_pages 1\nodd \(word)\nnr_unstable 0\n").get()
    #expect(table.entry("odd")?.state == .notANumber)
    #expect(table["nr_unstable"] == 0)
    #expect(try vmstat(VmstatText.render(table)).get() == table)
  }

  @Test("digits at which the text ends are not believed")
  func cut() throws {
    #expect(try vmstat("a 1\nnr_free_pages 12").get().entry("nr_free_pages")?.state == .notANumber)
    #expect(try vmstat("a 1\nnr_free_pa").get().entries.count == 1)
    #expect(try meminfo("MemTotal: 16 kB\nMemFree: 12").get()["MemFree"] == nil)
    #expect(try meminfo("MemTotal: 16 kB\nMemFree: 12 kB").get()["MemFree"] == 12)
    #expect(try meminfo("MemTotal: 16 kB\nMemFr").get().entries.count == 1)
    #expect(try nodeMeminfo("Node 0 MemTotal: 16 kB\nNode").get().counters.entries.count == 1)
  }

  @Test("carriage returns and blank lines do no harm")
  func lineEnds() throws {
    #expect(try meminfo("\r\nMemTotal:  4 kB\r\nMemFree: 2 kB\r\n").get()["MemTotal"] == 4)
    #expect(try nodeMeminfo("\nNode 3 MemTotal:   4 kB\n").get().node == 3)
  }

  @Test("empty and binary texts are refused as such", arguments: ["", "\n", " \r\n\n"])
  func empty(text: String) {
    #expect(meminfo(text).reason == .empty)
    #expect(vmstat(text).reason == .empty)
    #expect(nodeMeminfo(text).reason == .empty)
    #expect(meminfo("\u{7F}ELF\0\0").reason == .binary)
  }

  @Test("other files are refused with the line that gives them away")
  func otherFiles() {
    #expect(meminfo("nr_free_pages 12\n").line == 1)
    #expect(meminfo("\nNode 0 MemTotal:     12 kB\n").line == 2)
    #expect(vmstat("MemTotal:     12 kB\n").line == 1)
    #expect(vmstat("nr_free_pages 1\nNode 0, zone DMA\n").line == 2)
    #expect(vmstat("hello world\n").line == 1)
    #expect(meminfo("Dear: all\nall: the best\n").line == 1)
    #expect(nodeMeminfo("MemTotal: 12 kB\n").line == 1)
    #expect(nodeMeminfo("Node 0, zone DMA 1 2 3\n").line == 1)
    #expect(meminfo("MemTotal: 12 kB\n\u{FF}\u{FE}: 1\n").line == 2)
  }

  @Test("two files in one are refused")
  func twice() {
    #expect(
      meminfo("MemTotal: 1 kB\nMemFree: 1 kB\nMemTotal: 1 kB\n").reason == .duplicate("MemTotal")
    )
    #expect(vmstat("a 1\nb 1\na 1\n").reason == .duplicate("a"))
    #expect(nodeMeminfo("Node 0 A: 1 kB\nNode 1 B: 1 kB\n").line == 2)
  }
}
