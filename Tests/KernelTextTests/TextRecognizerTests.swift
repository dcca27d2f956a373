internal import KernelText
internal import TestSupport
internal import Testing

@Suite("What a text is")
struct TextRecognizerTests {
  static func kinds(_ text: String) -> [String] {
    RecognizedText(Array(text.utf8)).found.map(\.kind.name)
  }

  /// One line, or a few, that show each kind.
  static let samples: [(TextKind, String)] = [
    (
      .zoneinfo,
      "$ grep -A1 Movable /proc/zoneinfo\nNode 0, zone  Movable\n  pages free     32753\n"
    ),
    (.zoneinfo, "        protection: (0, 0, 512)\n      nr_free_pages 32753\n"),
    (.zoneinfo, "  pages free     32753\n        min      44\n      nr_free_pages 32753\n"),
    (.buddyinfo, "Node 0, zone      DMA      0      0      0      0      1      3\n"),
    (.pagetypeinfo, "Page block order: 9\nPages per block:  512\n"),
    (.nodeMeminfo, "Node 0 MemTotal:       16310860 kB\nNode 0 MemFree: 1 kB\n"),
    (.meminfo, "MemTotal:       24684096 kB\nMemFree:        18352356 kB\n"),
    (.vmstat, "nr_free_pages 4588089\nnr_zone_inactive_anon 54836\n"),
    (.vmstatCommand, "procs -----------memory---------- ---swap-- -----io----\n r  b\n"),
    (
      .free, "               total        used        free      shared\nMem:  23Gi 901Mi 17Gi 8Mi\n"
    ),
    (.numactl, "available: 2 nodes (0-1)\nnode 0 cpus: 0 1\n"),
    (
      .numastat,
      "                           node0           node1\nnuma_hit                12  34\n"
    ),
    (.lsmem, "RANGE  SIZE  STATE REMOVABLE BLOCK\n0x0-0x7fffffff 2G online yes 0-15\n"),
    (.showMemory, "[ 6392.495199] sysrq: SysRq : Show Memory\n[ 6392.495830] Mem-Info:\n"),
    (.memInfoReport, "[    1.000000] Node 0 DMA free:15kB min:1kB\n"),
    (.vmallocFailure, "[    1.000000] app: vmalloc error: size 33558528, page order 0\n"),
    (.killedProcess, "Nov 23 10:00:00 db-17 kernel: Out of memory: Killed process 12 (java)\n"),
    (.offlineFailure, "[   57.452011] page dumped because: unmovable page\n"),
    (.offlineFailure, "[   79.368636] memory memory20: Offline failed.\n"),
    (
      .offlineFailure,
      "[   12.300000] pseries-hotplug-mem: Memory hot-remove failed, adding LMB back\n"
    ),
    (
      .descriptorFailure,
      "[   12.300000] kworker/0:1: vmemmap alloc failure: order:9, mode:0x4cc0\n"
    ),
    (.pinFailure, "qemu-kvm: VFIO_MAP_DMA failed: Cannot allocate memory\n"),
    (.pinFailure, "[   12.300000] vfio_pin_pages_remote: RLIMIT_MEMLOCK (65536) exceeded\n"),
    (.iomem, "00001000-0009ffff : System RAM\n"),
    (.slabinfo, "slabinfo - version: 2.1\n"),
    (.kernelConfig, "CONFIG_MEMORY_HOTREMOVE=y\n"),
    (.commandLine, "BOOT_IMAGE=/vmlinuz root=/dev/sda1 quiet\n"),
    (.processStatus, "Name:\tjava\nVmRSS:\t  123 kB\n"),
    (.bootMessages, "[    0.000000] Linux version 6.1.0 (x)\n"),
  ]

  @Test("each kind is known by its own lines", arguments: samples.indices)
  func sample(_ index: Int) {
    let (kind, text) = Self.samples[index]
    #expect(Self.kinds(text).first == kind.name)
  }

  @Test("every kind has a sample, and each says what it tells and what to do")
  func complete() {
    let shown = Set(Self.samples.map(\.0))
    for kind in TextKind.all {
      #expect(shown.contains(kind), "\(kind.name)")
      #expect(!kind.tells.isEmpty && !kind.tells.hasSuffix("."))
      #expect(!kind.advice.isEmpty && !kind.advice.hasSuffix("."))
    }
    #expect(Set(TextKind.all.map(\.name)).count == TextKind.all.count)
  }

  @Test("several kinds in one file are all named, in their order")
  func several() {
    let text = "MemTotal: 24684096 kB\nMemFree: 1 kB\n\nnr_free_pages 4588089\n"
    let recognized = RecognizedText(Array(text.utf8))
    #expect(recognized.found.map(\.kind) == [.meminfo, .vmstat])
    #expect(recognized.found.map(\.line) == [1, 4])
    #expect(recognized.words.contains("/proc/meminfo (line 1), /proc/vmstat (line 4)"))
  }

  @Test("a quoted, broken or wrapped message is known all the same")
  func wrapped() {
    for text in [
      "> [   57.452011] page dumped because: unmovable page\n",
      "{\"MESSAGE\":\"page dumped because: unmovable page\",\"PRIORITY\":\"4\"}\n",
      "4,1120,16015906,-;page dumped because: unmovable page\n",
    ] {
      #expect(Self.kinds(text) == [TextKind.offlineFailure.name])
    }
  }

  @Test("what is nothing of that is said to be so")
  func nothing() {
    #expect(RecognizedText(Array("hello\nworld\n".utf8)).words.hasPrefix("neither a host's root"))
    #expect(RecognizedText([]).words.hasPrefix("the file is empty"))
    let log = (0..<30).map { "[    \($0).000000] usb 1-1: new device\n" }.joined()
    #expect(RecognizedText(Array(log.utf8)).words.hasPrefix("a kernel log without"))
  }

  @Test("bytes of any kind never trap", .seeded(18), arguments: 1...50)
  func noise(_ round: Int) {
    var random = SeededGenerator()
    for _ in 0..<round { _ = random.next() }
    let alphabet =
      Array("[]{}\"\\:,=-<>&;'n0129 \n\t_MESAG./kxu".utf8) + [0x1B, 0, 0xC2, 0xA0, 0xFF]
    let bytes = (0..<4000).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
    let text = RecognizedText(bytes)
    #expect(text.found.count <= TextKind.all.count)
    #expect((try? BootLogText.parse(bytes.span, file: "x"))?.ranges.isEmpty ?? true)
  }
}
