internal import Foundation
internal import TestSupport
internal import Testing

/// zoneinfo of kernels that print less, or have other zones.
@Suite("Old and 32-bit machines")
struct OldMachineTests {
  private struct Zone {
    var name: String
    var start: Int
    var pages: Int
    var free: Int
    var protection: [Int]
  }

  /// As 2.6.28 to 3.8 print it: no `managed`, a zone's counters in front of `protection`.
  private static func text(_ zones: [Zone]) -> String {
    zones.map { zone in
      let counters = [
        ("nr_free_pages", zone.free), ("nr_inactive_anon", 0), ("nr_active_anon", zone.pages / 20),
        ("nr_inactive_file", zone.pages / 20), ("nr_active_file", zone.pages / 20),
        ("nr_unevictable", 0), ("nr_mlock", 0), ("nr_slab_reclaimable", zone.pages / 100),
        ("nr_slab_unreclaimable", zone.pages / 100), ("nr_page_table_pages", 30),
        ("nr_kernel_stack", 20),
      ]
      return """
        Node 0, zone \(zone.name)
          pages free     \(zone.free)
                min      \(zone.pages / 200)
                low      \(zone.pages / 160)
                high     \(zone.pages / 130)
                scanned  0
                spanned  \(zone.pages)
                present  \(zone.pages)

        """
          + counters.map { "    \($0.0) \($0.1)\n" }.joined()
            + """
                    protection: (\(zone.protection.map(String.init).joined(separator: ", ")))
              pagesets
              all_unreclaimable: 0
              start_pfn:         \(zone.start)

            """
    }.joined()
  }

  private static func advise(
    _ zones: [Zone],
    meminfo: String? = nil,
    _ options: [String] = []
  ) throws -> CommandRun {
    let folder = try TemporaryFolder()
    try folder.write("host/proc/zoneinfo", text(zones))
    if let meminfo { try folder.write("host/proc/meminfo", meminfo) }
    return try CommandRun(["advise", "host"] + options, in: folder.url)
  }

  private static func words(_ run: CommandRun) -> String {
    run.output.split { $0.isWhitespace }.joined(separator: " ")
  }

  private static let low = Zone(
    name: "Normal",
    start: 524_288,
    pages: 131_072,
    free: 60_000,
    protection: [0, 4096, 4096]
  )
  private static let high = Zone(
    name: "HighMem",
    start: 655_360,
    pages: 131_072,
    free: 60_000,
    protection: [0, 0, 0]
  )

  @Test("HighMem is no kernel memory, and no Movable either")
  func highMem() throws {
    let run = try Self.advise(
      [Self.low, Self.high],
      meminfo: "MemTotal: 1040000 kB\nMemFree: 480000 kB\n"
    )
    let text = Self.words(run)
    #expect(run.status == 0)
    #expect(text.contains("4 KiB pages"), "\(run.output)\(run.errors)")
    #expect(
      text.contains("NOTHING TO DO. No memory is Movable. 512 MiB is HighMem"),
      "\(run.output)"
    )
  }

  @Test("HighMem far above the profile's ratio is imbalance, and no argument is named")
  func highMemImbalance() throws {
    var high = Self.high
    high.pages = 131_072 * 6
    high.free = 400_000
    let run = try Self.advise(
      [Self.low, high],
      meminfo: "MemTotal: 3640000 kB\nMemFree: 1840000 kB\n"
    )
    let text = Self.words(run)
    #expect(text.contains("IMBALANCED. HighMem : kernel is 6:1"), "\(run.output)")
    #expect(text.contains("DO THIS nothing: no argument makes kernel memory of HighMem"))
    #expect(text.contains("3.00 GiB of it is HighMem"))
    // ZONE_MOVABLE is cut from HighMem: all of it may be.
    let wish = try Self.advise(
      [Self.low, high],
      meminfo: "MemTotal: 3640000 kB\nMemFree: 1840000 kB\n",
      ["--want", "3GiB", "--format", "json"]
    )
    #expect(wish.output.contains("\"highMemoryBytes\": 3221225472"), "\(wish.output)")
  }

  @Test("that present stands in for managed is said")
  func present() throws {
    let run = try Self.advise(
      [Self.low, Self.high],
      meminfo: "MemTotal: 1040000 kB\nMemFree: 480000 kB\n",
      ["-v"]
    )
    let text = Self.words(run)
    #expect(text.contains("managed is not printed (Linux before 3.9): present"), "\(run.output)")
  }

  @Test("without a page size the answer is in pages, with the ratio; an option gives it")
  func pages() throws {
    var zones = [Self.low]
    zones[0].protection = [0, 4096]
    zones.append(
      Zone(name: "Movable", start: 655_360, pages: 262_144, free: 9, protection: [0, 0])
    )
    let run = try Self.advise(zones)
    let text = Self.words(run)
    #expect(run.status == 0)
    #expect(
      text.contains(
        "IN PAGES. Movable : kernel is 2:1 (kernel zones 131072 pages, Movable 262144 pages)"
      ),
      "\(run.output)\(run.errors)"
    )
    #expect(text.contains("--page-size"))
    let given = try Self.advise(zones, ["--page-size", "64K"])
    #expect(Self.words(given).contains("64 KiB pages"), "\(given.output)")
    #expect(Self.words(given).contains("8.00 GiB : 16.0 GiB"), "\(given.output)")
  }
}
