internal import HostModel
internal import KernelText
internal import Testing

@Suite("buddyinfo")
struct BuddyInfoTextTests {
  private func parse(_ text: String) -> Result<BuddyInfo, ParseError> {
    TextFixture.parse(text) { text throws(ParseError) in
      try BuddyInfoText.parse(text, file: "buddyinfo")
    }
  }

  @Test("a real file is read whole and renders back to itself")
  func realFile() throws {
    let bytes = try TextFixture.bytes("host-6.18/buddyinfo")
    let info = try BuddyInfoText.parse(bytes.span, file: "buddyinfo")
    #expect(info.rows.map(\.kind) == [.dma, .dma32, .normal])
    #expect(info.maxOrder == 10)
    #expect(Array(BuddyInfoText.render(info).utf8) == bytes)
  }

  @Test("columns give the largest order", arguments: [1, 11, 14, 64])
  func columns(count: Int) throws {
    let row = "Node 12, zone  Movable " + String(repeating: "   7 ", count: count) + "\n"
    let info = try parse(row).get()
    #expect(info.maxOrder == UInt8(count - 1))
    #expect(info.rows.first?.node == 12)
    #expect(try parse(BuddyInfoText.render(info)).get() == info)
  }

  @Test("vendor zones keep their names")
  func vendorZone() throws {
    #expect(try parse("Node 0, zone  NoSplit 1 2\n").get().rows.first?.kind == .other("NoSplit"))
  }

  @Test(
    "texts that are not whole are refused",
    arguments: [
      ("", 1), ("Node 0, zone DMA\n", 1), ("Node 0, zone DMA 1 2\nNode 0, zone Normal 1\n", 2),
      ("Node 0, zone DMA 1\nNode 0, zone Normal 1 2\n", 2), ("Node 0, zone DMA 1 x\n", 1),
      ("Node 0, zone DMA 1 2\nNode 0, zone DMA 1 2\n", 2), ("Node 0 zone DMA 1 2\n", 1),
      ("Node 4294967296, zone DMA 1 2\n", 1), ("Node 0, zone DMA 18446744073709551615\n", 1),
      ("Node 0, zone DMA, type Movable 1\n", 1), ("MemTotal: 12 kB\n", 1),
    ]
  )
  func refused(text: String, line: Int) {
    #expect(parse(text).line == line)
  }

  @Test("more columns than any kernel has are refused")
  func tooManyColumns() {
    let row = "Node 0, zone DMA" + String(repeating: " 1", count: 65)
    #expect(parse(row).reason == .numberTooLarge(field: "order 64 of node 0 zone DMA"))
  }
}
