internal import HostModel
internal import TestSupport
internal import Testing

@testable internal import HostCollection

@Suite("Several files in one text")
struct PastedHostTests {
  static let zoneinfo = """
    Node 0, zone   Normal
      pages free     1000
            min      10
            low      12
            high     14
            spanned  262144
            present  262144
            managed  250000
            protection: (0, 0)
          nr_free_pages 1000
          numa_hit     77
      pagesets
        cpu: 0
                  count: 5
                  high:  6
                  batch: 1
      start_pfn:           262144
    Node 0, zone  Movable
      pages free     131072
            min      10
            low      12
            high     14
            spanned  131072
            present  131072
            managed  131072
            protection: (0, 0)
          nr_free_pages 131072
          numa_hit     99
      start_pfn:           524288

    """
  static let meminfo = "MemTotal:        1524288 kB\nMemFree:         528288 kB\nPercpu:   900 kB\n"
  static let uname = "Linux db1 6.1.0-50-amd64 #1 SMP Debian 6.1.192-1 x86_64 GNU/Linux\n"

  static func host(_ text: String) throws -> HostSnapshot {
    let folder = try TemporaryFolder()
    try folder.write("paste.txt", text)
    return try HostCollector.collect(from: try SourceFinder.source(folder.path("paste.txt")))
  }

  static func indented(_ text: String, by margin: String) -> String {
    text.split(separator: "\n").map { margin + $0 + "\n" }.joined()
  }

  /// The ways in which files stand behind one another.
  static let forms: [String] = [
    uname + meminfo + zoneinfo,
    zoneinfo + meminfo + uname,
    "root@db1:~# uname -a\n\(uname)root@db1:~# cat /proc/zoneinfo\n\(zoneinfo)root@db1:~# "
      + "cat /proc/meminfo\n\(meminfo)",
    "==> /proc/meminfo <==\n\(meminfo)\n==> /proc/zoneinfo <==\n\(zoneinfo)\n==> u <==\n\(uname)",
    indented(uname + meminfo + "\n" + zoneinfo, by: "    "),
    indented(meminfo + zoneinfo + uname, by: "> "),
    (uname + meminfo + "\n" + zoneinfo).replacing("\n", with: "\r\n"),
    "Hello,\n\nthis is what it says:\n\n\(meminfo)\nand\n\n\(zoneinfo)\nOn \(uname)\(uname)",
    meminfo + "Node 0, zone   Normal    100     50     25     12      6      3      1\n"
      + "Node 0, zone  Movable      0      0      0      0      0      0    128\n" + zoneinfo
      + uname,
  ]

  @Test("a host is read from them, whatever stands around", arguments: forms.indices)
  func form(_ index: Int) throws {
    let host = try Self.host(Self.forms[index])
    let zones = try #require(host.zoneinfo.value).nodes.flatMap(\.zones)
    #expect(zones.map(\.kind) == [.normal, .movable])
    #expect(zones.map(\.managed.value?.count) == [250_000, 131_072])
    #expect(host.kernel.value?.release == "6.1.0-50-amd64")
    #expect(host.architecture == .known(.x86_64))
    #expect(host.meminfo.value?.memTotal.value?.count == 1_524_288 << 10)
    #expect(host.unread.allSatisfy { $0.input != "/proc/meminfo" })
  }

  @Test("counters of a zone are not taken for those of the machine")
  func counters() throws {
    let host = try Self.host(Self.meminfo + Self.zoneinfo)
    #expect(host.vmstat.value == nil)
  }

  @Test("the machine's counters behind a zoneinfo are its own")
  func vmstat() throws {
    let host = try Self.host(Self.zoneinfo + "nr_free_pages 132072\nballoon_inflate 12\n")
    #expect(host.vmstat.value != nil)
    let normal = host.zoneinfo.value?.nodes.first?.zones.first
    #expect(normal?.managed.value?.count == 250_000)
  }

  @Test("a line that can't be read is named by its number in the text")
  func lines() {
    let text = Self.meminfo + Self.zoneinfo.replacing("managed  250000", with: "managed  many")
    let error = #expect(throws: CollectionError.self) { _ = try Self.host(text) }
    #expect(error.map { "\($0)" }?.contains(":11:") == true)
  }

  @Test("a report of the OOM killer beside a zoneinfo is what is asked about")
  func report() throws {
    let folder = try TemporaryFolder()
    let log = "[   12.000001] app invoked oom-killer: gfp_mask=0x140cca, order=0, oom_score_adj=0\n"
    try folder.write("both.txt", log + Self.zoneinfo)
    let found = try? SourceFinder.find(folder.path("both.txt"))
    if case .host = found { Issue.record("taken for a host") }
  }
}
