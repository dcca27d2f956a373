internal import HostModel
internal import KernelText
internal import Testing

@Suite("Arguments that set memory apart")
struct BootMemoryArgumentTests {
  // kernel/crash_reserve.c, parse_crashkernel; kernel/crash_core.c before 6.9
  @Test(
    "of each suffix the last crashkernel= counts",
    arguments: [
      ("crashkernel=128M crashkernel=256M", 256, "low", 0),
      ("crashkernel=256M crashkernel=512M,high crashkernel=64M,low", 256, "low", 0),
      ("crashkernel=512M,high crashkernel=64M,low", 512, "high", 0),
      ("crashkernel=256M crashkernel=1G,cma", 256, "low", 1024),
      ("crashkernel=512M,high crashkernel=1G,cma", 512, "high", 1024),
      ("crashkernel=1G-4G:192M,4G-:320M", 320, "low", 0),
      ("crashkernel=1G-4G:192M,4G-:320M@16M", 320, "16", 0),
      ("crashkernel=64M@32M", 64, "32", 0),
      // A size of memory is rounded up to 128 MiB before it is looked up in ranges.
      ("crashkernel=0-8G:100M,8G-:200M", 200, "low", 0),
    ] as [(String, UInt64, String, UInt64)]
  )
  func crashKernel(line: String, size: UInt64, place: String, cma: UInt64) throws {
    let found = try #require(
      CrashKernelArgument(
        KernelCommandLineText.arguments(line),
        memory: .mebibytes(8191)
      )
    )
    #expect(found.size == .mebibytes(size))
    #expect(found.cma == .mebibytes(cma))
    let name =
      switch found.place {
      case .low: "low"
      case .high: "high"
      case .at(let start): "\(start.count >> 20)"
      }
    #expect(name == place)
  }

  @Test(
    "words that reserve nothing",
    arguments: [
      "crashkernel=auto", "crashkernel=256M,cma", "crashkernel=64M,low", "crashkernel=64M,far",
      "crashkernel=1G-2G:64M", "crashkernel=16G", "crashkernel=auto crashkernel=512M,high",
      "quiet",
    ]
  )
  func nothing(line: String) {
    let found = CrashKernelArgument(
      KernelCommandLineText.arguments(line),
      memory: .gibibytes(8)
    )
    #expect(found == nil)
  }

  // kernel/dma/contiguous.c, early_cma
  @Test(
    "cma= has a size and a place",
    arguments: [
      ("256M", CMAArgument.Place.anywhere), ("256M@1G", .at(.gibibytes(1))),
      ("256M@0-4G", .between(0, .gibibytes(4))), ("256M@1G-1280M", .at(.gibibytes(1))),
      ("256M@0", .between(0, .mebibytes(256))),
    ]
  )
  func cma(value: String, place: CMAArgument.Place) {
    let found = CMAArgument(value)
    #expect(found.size == .mebibytes(256))
    #expect(found.place == place)
  }

  // mm/hugetlb_cma.c, cmdline_parse_hugetlb_cma
  @Test("sizes node by node, and shares since 7.3")
  func nodes() {
    let list = NodeSizes("0:4G,1:2G,bad")
    #expect(list.whole == nil)
    #expect(list.byNode == [0: .bytes(.gibibytes(4)), 1: .bytes(.gibibytes(2))])
    #expect(NodeSizes("8G").whole == .bytes(.gibibytes(8)))
    #expect(NodeSizes("25%", knowsPercent: true).whole == .percent(25))
    #expect(NodeSizes("101%", knowsPercent: true).whole == nil)
    #expect(NodeSizes("25%").whole == .bytes(25))
    #expect(NodeSizes("0:4G", knowsNodes: false).whole == .bytes(0))
  }

  // arch/x86/kernel/e820.c, parse_memmap_one
  @Test("parts of memmap=")
  func memoryMap() {
    #expect(
      MemoryMapArgument.parts("exactmap,640K@0,1G$4G,1G!0x100000000,64G,1G%2G-1+2,zz")
        == [
          .exact, .memory(start: 0, size: .kibibytes(640)),
          .taken(start: .gibibytes(4), size: .gibibytes(1)),
          .taken(start: .gibibytes(4), size: .gibibytes(1)), .end(.gibibytes(64)), .retyped,
        ]
    )
  }
}
