internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("What describes a page")
struct PageDescriptorTests {
  // include/linux/mm_types.h, struct page: flags, five words, two counters, the memory cgroup. On 32-bit
  // kernels 4 + 20 + 8 + 4 bytes, aligned to 8; armhf kernels print 40 (mem_init_print_info's memmap).
  @Test(
    "64 bytes, 40 on 32-bit kernels",
    arguments: [
      (Architecture.x86_64, PageSize.kib4, 64 as UInt64), (.arm64, .kib64, 64), (.s390x, .kib4, 64),
      (.x86_32, .kib4, 40), (.arm32, .kib4, 40),
    ]
  )
  func size(_ architecture: Architecture, _ pageSize: PageSize, _ bytes: UInt64) {
    let descriptor = PageDescriptor(pageSize, on: architecture)
    #expect(descriptor.size == ByteCount(bytes))
    let memory = ByteCount.gibibytes(1)
    #expect(descriptor.bytes(for: memory).count == (1 << 30) / pageSize.bytes.count * bytes)
    #expect(descriptor.memory(describedBy: descriptor.bytes(for: memory)) == memory)
  }

  // mm/page_owner.c, struct page_owner, and the word of flags of struct page_ext; 5.10.223, 6.1.176,
  // 6.12.117 and 7.2.13.
  @Test(
    "page_owner's records have grown, and 32-bit kernels have shorter words",
    arguments: [
      ("5.10.223", Architecture.x86_64, 24 as UInt64), ("6.1.176", .x86_64, 64),
      ("6.12.117", .x86_64, 72),
      ("7.2.13", .arm64, 72), ("5.10.223", .x86_32, 20), ("6.1.176", .arm32, 60),
      ("6.12.117", .arm32, 68),
    ]
  )
  func pageOwner(_ release: String, _ architecture: Architecture, _ bytes: UInt64) throws {
    let version = try #require(KernelVersion(release: release))
    let kernel = Kernel(version: version, architecture: architecture)
    #expect(PageExtension.pageOwner(kernel) == ByteCount(bytes))
    #expect(PageExtension.allocationTag(kernel) == (architecture.is64Bit ? 8 : 4))
  }
}
