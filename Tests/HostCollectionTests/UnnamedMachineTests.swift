internal import Foundation
internal import HostCollection
internal import HostModel
internal import TestSupport
internal import Testing

/// Architecture and page size where no file names them.
@Suite("A machine that is not named")
struct UnnamedMachineTests {
  /// A zone of a kernel that prints populated zones only.
  private struct Zone {
    var name: String
    var start: UInt64
    var pages: UInt64

    /// `protection` grows by one for each zone above.
    func text(above: Int, of count: Int) -> String {
      let zeros = count - above
      let reserves = Array(repeating: 0, count: zeros) + (0..<above).map { $0 + 1 }
      return """
        Node 0, zone \(name)
          pages free     \(pages / 2)
                min      \(pages / 100)
                low      \(pages / 90)
                high     \(pages / 80)
                spanned  \(pages)
                present  \(pages)
                managed  \(pages)
            nr_free_pages \(pages / 2)
                protection: (\(reserves.map(String.init).joined(separator: ", ")))
          pagesets
          all_unreclaimable: 0
          start_pfn:         \(start)

        """
    }
  }

  private static func collect(
    _ zones: [Zone],
    _ files: [String: String] = [:],
    options: CollectionOptions = CollectionOptions()
  ) throws -> HostSnapshot {
    let folder = try TemporaryFolder()
    let texts = zones.enumerated().map { index, zone in
      zone.text(above: zones[(index + 1)...].count { $0.pages > 0 }, of: zones.count)
    }
    try folder.write("proc/zoneinfo", texts.joined())
    for (path, text) in files { try folder.write(path, text + "\n") }
    return try HostCollector.collect(
      from: try SourceFinder.source(folder.url.path),
      options: options
    )
  }

  private static let normal = [Zone(name: "Normal", start: 0, pages: 100_000)]

  @Test(
    "the page size is what makes pages and bytes agree",
    arguments: [4, 8, 16, 64] as [UInt64]
  )
  func total(kibibytes: UInt64) throws {
    let files = ["proc/meminfo": "MemTotal:  \(100_000 * kibibytes) kB\nMemFree:  9 kB"]
    #expect(
      try Self.collect(Self.normal, files).pageSize.value?.bytes == .kibibytes(kibibytes)
    )
    let ranges = [
      "proc/iomem": "0-\(String(100_000 * kibibytes * 1024 - 1, radix: 16)) : System RAM"
    ]
    #expect(
      try Self.collect(Self.normal, ranges).pageSize.value?.bytes == .kibibytes(kibibytes)
    )
  }

  @Test("between two sizes none is said, and an option gives it")
  func undecided() throws {
    let files = ["proc/meminfo": "MemTotal:  1150000 kB\nMemFree:  9 kB"]
    let unknown = try Self.collect(Self.normal, files)
    #expect(unknown.pageSize.reason?.description.contains("--page-size") == true)
    #expect(unknown.architecture.reason?.description.contains("--arch") == true)
    var options = CollectionOptions()
    options.pageSize = .kib64
    options.architecture = .arm64
    let given = try Self.collect(Self.normal, files, options: options)
    #expect(given.pageSize == .known(.kib64))
    #expect(given.architecture == .known(.arm64))
  }

  @Test(
    "4 GiB between DMA32 and Normal tells it, where only one size puts it there",
    arguments: [(1_048_576, 1_048_576, 4), (262_144, 262_144, 16), (65_536, 65_536, 64)]
      as [(UInt64, UInt64, UInt64)]
  )
  func boundary(end: UInt64, start: UInt64, kibibytes: UInt64) throws {
    let zones = [
      Zone(name: "DMA32", start: 8192, pages: end - 8192),
      Zone(name: "Normal", start: start, pages: 50_000),
    ]
    #expect(try Self.collect(zones).pageSize.value?.bytes == .kibibytes(kibibytes))
    let apart = [zones[0], Zone(name: "Normal", start: start * 16, pages: 50_000)]
    #expect(try Self.collect(apart).pageSize.value == nil || kibibytes == 4)
  }

  @Test("16 MiB is x86's boundary: 64 bits with DMA32, 32 with HighMem")
  func zones() throws {
    let dma = Zone(name: "DMA", start: 1, pages: 3998)
    let long = [dma, Zone(name: "DMA32", start: 4096, pages: 90_000)]
    #expect(try Self.collect(long).architecture == .known(.x86_64))
    let high = Zone(name: "HighMem", start: 228_350, pages: 500_000)
    let short = [dma, Zone(name: "Normal", start: 4096, pages: 224_254), high]
    #expect(try Self.collect(short).architecture == .known(.x86_32))
    // PAE prints DirectMap2M too; a HighMem zone without pages tells that it is no 64-bit kernel.
    let empty = Zone(name: "HighMem", start: 0, pages: 0)
    let files = ["proc/meminfo": "MemTotal: 900000 kB\nDirectMap2M: 900000 kB"]
    #expect(try Self.collect([short[0], short[1], empty], files).architecture == .known(.x86_32))
    let other = [Zone(name: "Normal", start: 524_288, pages: 122_368), high]
    #expect(try Self.collect(other).architecture.value == nil)
  }

  @Test(
    "the compiler or the processor tells it",
    arguments: [
      ("proc/version", "Linux version 6.1.0 (a@b) (aarch64-linux-gnu-gcc 12) #1", .arm64),
      ("proc/version", "Linux version 6.1.0 (a@b) (loongarch64-linux-gnu-gcc 12) #1", .loongarch64),
      ("proc/version", "Linux version 6.1.0 (a@b) (arm-linux-gnueabihf-gcc 12) #1", .arm32),
      ("proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t: fpu lm\n", .x86_32),
      ("proc/cpuinfo", "processor : 0\nFeatures\t: fp asimd evtstrm\n", .arm64),
      ("proc/cpuinfo", "processor : 0\nFeatures\t: half thumb vfp\n", .arm32),
      ("proc/cpuinfo", "vendor_id       : IBM/S390\n", .s390x),
      ("proc/cpuinfo", "processor : 0\nhart : 1\nisa\t: rv64imafdc\n", .riscv64),
      ("proc/cpuinfo", "cpu : POWER9\nplatform : PowerNV\n", .ppc64),
      ("proc/cpuinfo", "cpu : TI UltraSparc IIi\ntype : sun4u\n", .sparc64),
      ("proc/cpuinfo", "vendor : GenuineIntel\narch : IA-64\n", .ia64),
      ("proc/cpuinfo", "CPU:\t\t68040\nMMU:\t\t68040\n", .m68k),
      ("proc/cpuinfo", "CPU Family\t\t: Loongson-64bit\n", .loongarch64),
    ] as [(String, String, Architecture)]
  )
  func named(path: String, text: String, architecture: Architecture) throws {
    #expect(try Self.collect(Self.normal, [path: text]).architecture == .known(architecture))
  }
}
