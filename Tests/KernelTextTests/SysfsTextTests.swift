internal import HostModel
internal import KernelText
internal import Testing

@Suite("One-line files of sysfs")
struct SysfsTextTests {
  private func read<Value>(
    _ text: String,
    _ parse: (Span<UInt8>, String) throws(ParseError) -> Value
  ) -> Result<Value, ParseError> {
    TextFixture.parse(text) { text throws(ParseError) in try parse(text, "file") }
  }

  @Test(
    "states of memory blocks",
    arguments: [
      ("online\n", .online), ("offline\n", .offline), ("going-offline\n", .goingOffline),
      ("ERROR-UNKNOWN-5", .other("ERROR-UNKNOWN-5")),
    ] as [(String, MemoryBlock.State)]
  )
  func state(text: String, state: MemoryBlock.State) throws {
    #expect(try read(text, MemoryBlockText.state).get() == state)
  }

  @Test(
    "zones that a block may be in",
    arguments: [
      ("none\n", []), ("Normal\n", [.normal]), ("Normal Movable\n", [.normal, .movable]),
      ("  DMA32 \n", [.dma32]), ("NoSplit none\n", [.other("NoSplit")]),
    ] as [(String, [ZoneKind])]
  )
  func validZones(text: String, zones: [ZoneKind]) throws {
    #expect(try read(text, MemoryBlockText.validZones).get() == zones)
  }

  @Test("an empty valid_zones is not `none`")
  func emptyZones() {
    #expect(read("", MemoryBlockText.validZones).reason == .empty)
    #expect(read("\n", MemoryBlockText.validZones).reason == .empty)
  }

  @Test(
    "block sizes are hexadecimal",
    arguments: [
      ("8000000\n", 134_217_728), ("80000000\n", 2_147_483_648), ("0x1000000", 16_777_216),
    ] as [(String, ByteCount)]
  )
  func blockSize(text: String, size: ByteCount) throws {
    #expect(try read(text, MemoryBlockText.blockSize).get() == size)
  }

  @Test(
    "impossible block sizes are refused",
    arguments: ["0\n", "\n", "8000001\n", "10000000000000000\n", "128M\n", "8 8\n", "8\n8\n"]
  )
  func badBlockSize(text: String) {
    #expect(read(text, MemoryBlockText.blockSize).reason != nil)
  }

  @Test("a block's number is hexadecimal")
  func physicalIndex() throws {
    #expect(try read("0000004f\n", MemoryBlockText.physicalIndex).get() == 79)
  }

  @Test("names of directories carry numbers")
  func names() {
    #expect(SysfsName.memoryBlock("memory123") == 123)
    #expect(SysfsName.memoryBlock("memory") == nil)
    #expect(SysfsName.memoryBlock("memory1x") == nil)
    #expect(SysfsName.memoryBlock("memory01") == nil)
    #expect(SysfsName.memoryBlock("memory_side_cache") == nil)
    #expect(SysfsName.node("node7") == 7)
    #expect(SysfsName.node("node4294967296") == nil)
    #expect(SysfsName.hugePageSize("hugepages-1048576kB") == .gibibytes(1))
    #expect(SysfsName.hugePageSize("hugepages-16777216kB") == .gibibytes(16))
    #expect(SysfsName.hugePageSize("hugepages-kB") == nil)
    #expect(SysfsName.hugePageSize("hugepages-0kB") == nil)
    #expect(SysfsName.hugePageSize("hugepages-18446744073709551615kB") == nil)
  }

  @Test(
    "lists of CPUs and nodes",
    arguments: [
      ("", []), ("\n", []), ("0\n", [0]), ("0-3,8,10-11\n", [0, 1, 2, 3, 8, 10, 11]),
      ("65535", [65535]),
    ] as [(String, [UInt32])]
  )
  func lists(text: String, ids: [UInt32]) throws {
    #expect(try read(text, IDList.parse).get() == ids)
    #expect(try read(text, IDList.nodes).get() == ids.map { NodeID($0) })
  }

  @Test(
    "absurd lists are refused before they grow",
    arguments: [
      "0-4294967295", "0-18446744073709551615", "0-99999999999999999999", "65536", "3-1", "1,1",
      "0-3,2", "1,", ",1", "-1", "1-", "0-3:1/2", "a", "0x1", "1 2", "1\n2",
    ]
  )
  func badLists(text: String) {
    #expect(read(text, IDList.parse).reason != nil)
  }

  @Test("distances are read in order")
  func distances() throws {
    #expect(try read("10 21 31\n", DistanceText.parse).get() == [10, 21, 31])
    #expect(read("10 x\n", DistanceText.parse).reason == .notANumber(field: "distance 2"))
    #expect(read("10 256\n", DistanceText.parse).reason == .numberTooLarge(field: "distance 2"))
    #expect(read("\n", DistanceText.parse).reason == .empty)
  }

  @Test("settings are trimmed, and may be blank")
  func settings() throws {
    #expect(try read("  auto-movable \n", SettingText.value).get() == "auto-movable")
    #expect(try read("\n", SettingText.value).get() == "")
    #expect(try read("256\t256\t32\t0\t0\n", SettingText.value).get() == "256\t256\t32\t0\t0")
    #expect(read("", SettingText.value).reason == .empty)
    #expect(try read("67584\n", SettingText.number).get() == 67584)
    #expect(read("-1\n", SettingText.number).reason == .notANumber(field: "the value"))
  }
}
