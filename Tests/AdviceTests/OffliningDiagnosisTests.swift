internal import Advice
internal import HostModel
internal import KernelText
internal import TestSupport
internal import Testing

@Suite("Memory that would not go offline, by a log")
struct OffliningDiagnosisTests {
  static func messages(_ text: String) -> MemoryMessages? {
    let bytes = Array(text.utf8)
    var reader = MemoryMessageReader()
    reader.append(bytes.span)
    return reader.finish()
  }

  private func diagnosis(_ text: String) throws -> OffliningDiagnosis {
    guard case .offlining(let log) = Self.messages(text) else {
      throw NothingSaid()
    }
    return OffliningDiagnosis(log)
  }

  private struct NothingSaid: Error {}

  /// A dump in the form of 5.10 to 6.10, with time stamps.
  private func dump(
    refs: Int = 1,
    mapped: Int = 0,
    type: String = "",
    flags: String,
    more: String = "",
    reason: String = "unmovable page"
  ) -> String {
    """
    [   57.1] page:00000000aa51c1ba refcount:\(refs) mapcount:\(mapped) mapping:0000000000000000 index:0x0 pfn:0x12ff00
    [   57.2] \(type)flags: 0x1fffffc0001000(\(flags)node=1|zone=3|lastcpupid=0x1fffff)\(more)
    [   57.3] raw: 001fffffc0001000 ffffdd6384ffc008 ffffdd6384ffc008 0000000000000000
    [   57.4] page dumped because: \(reason)

    """
  }

  @Test("the holder is told by type, flags and references")
  func holders() throws {
    let cases: [(String, PageHolder, PageHolder.Prospect)] = [
      (dump(flags: "reserved|"), .reserved, .never),
      (dump(flags: "slab|head|"), .slab, .whenFreed),
      (dump(flags: "", more: "\n[ 57.25] page_type: f5(slab)"), .slab, .whenFreed),
      (dump(flags: "", more: "\n[ 57.25] page_type: f3(table)"), .pageTable, .whenFreed),
      (dump(flags: "", more: "\n[ 57.25] page_type: f2(offline)"), .balloon, .whenFreed),
      (dump(flags: "head|", more: "\n[ 57.25] page_type: f4(hugetlb)"), .hugeTLB, .later),
      (dump(flags: "uptodate|lru|", more: " CMA"), .cma, .whenFreed),
      (dump(flags: "hwpoison|"), .poisoned, .whenFreed),
      (dump(type: "anon ", flags: "uptodate|active|swapbacked|"), .anonymous, .later),
      (dump(flags: ""), .kernel, .whenFreed),
      (
        dump(
          refs: 5,
          mapped: 1,
          type: "anon ",
          flags: "uptodate|lru|",
          reason: "migration failure"
        ),
        .pinned, .whenFreed
      ),
      (
        dump(
          refs: 2,
          mapped: 1,
          type: "anon ",
          flags: "uptodate|lru|",
          reason: "migration failure"
        ),
        .anonymous, .later
      ),
      (dump(refs: 2, flags: "uptodate|lru|", reason: "isolation failed"), .pinned, .whenFreed),
      (dump(flags: "uptodate|lru|", reason: "migration failure"), .file, .later),
    ]
    for (text, holder, prospect) in cases {
      let found = try diagnosis(text)
      #expect(found.holder == holder, "\(text)")
      #expect(found.prospect == prospect)
      #expect(found.page?.frame == 0x12FF00 && found.page?.zone == 3 && found.page?.node == 1)
      #expect(!found.remedies.isEmpty)
    }
  }

  @Test("the page is placed: frame, address, block and zone")
  func place() throws {
    let found = try diagnosis(dump(flags: "reserved|"))
    #expect(found.answer.contains("page frame 0x12ff00"))
    #expect(found.evidence.contains { $0.contains("0x12ff00000") && $0.contains("memory37") })
    #expect(found.evidence.contains { $0.contains("zone number 3, which is Movable") })
    let named = try diagnosis(dump(flags: "") + "[ 57.5] memory memory20: Offline failed.\n")
    #expect(named.block == 20)
    #expect(named.answer.hasPrefix("memory20 would not go offline"))
  }

  @Test("a page that can never go decides, and several are counted once each")
  func several() throws {
    let text = dump(flags: "reserved|") + dump(flags: "slab|")
    let found = try diagnosis(text)
    #expect(found.log.pages.count == 2)
    #expect(found.holder == .reserved)
  }

  @Test("what the kernel says of ranges, migration and boot memory")
  func failures() throws {
    let range = try diagnosis(
      "memory offlining [mem 0x138000000-0x13fffffff] failed due to unmovable page\n"
    )
    #expect(range.firstByte == ByteCount(0x1_3800_0000))
    #expect(range.lastByte == ByteCount(0x1_3FFF_FFFF))
    #expect(range.evidence.contains { $0.contains("unmovable page") })
    let migration = try diagnosis(
      "migrating pfn 12ff00 failed ret:-12\nfailed to isolate pfn 12ff01\n"
    )
    #expect(migration.evidence.contains { $0.contains("no memory to move it to") })
    #expect(migration.log.failures.count == 2)
    let boot = try diagnosis("Boot memory [80000000 88000000] offlining attempted\n")
    #expect(boot.prospect == .never)
    #expect(boot.answer.contains("arm64"))
    let pseries = try diagnosis(
      "pseries-hotplug-mem: Memory hot-remove failed, adding LMB's back\n"
    )
    #expect(pseries.evidence.contains { $0.contains("LMB") })
    #expect(pseries.holder == .unknown)
  }

  @Test("page_owner names who allocated the page")
  func owner() throws {
    let text =
      dump(flags: "") + """
        page_owner tracks the page as allocated
        page last allocated via order 0, migratetype Unmovable, gfp_mask 0xcc0(GFP_KERNEL)
         post_alloc_hook+0x12/0x34
         alloc_pages+0x12/0x34
         my_driver_ring+0x12/0x34 [mine]
        something else

        """
    #expect(try diagnosis(text).evidence.contains { $0.contains("my_driver_ring") })
  }

  @Test(
    "other texts say nothing of it",
    arguments: [
      "Offlined Pages 262144\n", "page dumped because: VM_BUG_ON_PAGE(1)\n", "x\n", "",
      "smpboot: CPU 3 is now offline\n", "the pfn is 5\n",
    ]
  )
  func others(text: String) {
    #expect(Self.messages(text) == nil)
  }

  @Test("damage never traps", .seeded(9))
  func damage() {
    var random = SeededGenerator()
    let text = Array((dump(flags: "reserved|") + "migrating pfn 12ff00 failed ret:-12\n").utf8)
    for _ in 0..<200 {
      var bytes = text
      for _ in 0..<8 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 9...126,
          using: &random
        )
      }
      var reader = MemoryMessageReader()
      reader.append(bytes.span)
      if case .offlining(let log) = reader.finish() {
        #expect(!OffliningDiagnosis(log).answer.isEmpty)
      }
    }
  }
}
