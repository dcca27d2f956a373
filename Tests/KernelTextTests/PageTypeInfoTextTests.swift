internal import HostModel
internal import KernelText
internal import Testing

@Suite("pagetypeinfo")
struct PageTypeInfoTextTests {
  private func parse(_ text: String) -> Result<PageTypeInfo, ParseError> {
    TextFixture.parse(text) { text throws(ParseError) in
      try PageTypeInfoText.parse(text, file: "pagetypeinfo")
    }
  }

  /// One node as the kernel prints it.
  static func node(_ node: Int, order: Int = 9, count: String = "  >100000") -> String {
    """
    Page block order: \(order)
    Pages per block:  \(1 << order)

    Free pages count per migrate type at order       0      1 
    Node    \(node), zone   Normal, type    Unmovable     12      3 
    Node    \(node), zone   Normal, type      Movable \(count)      0 

    Number of blocks type     Unmovable      Movable 
    Node \(node), zone   Normal          511            1 


    """
  }

  @Test("a real file is read whole")
  func realFile() throws {
    let bytes = try TextFixture.bytes("host-6.18/pagetypeinfo")
    let info = try PageTypeInfoText.parse(bytes.span, file: "pagetypeinfo")
    #expect(info.pageBlockOrder == 9)
    #expect(info.pagesPerBlock == 512)
    #expect(info.types == ["Unmovable", "Movable", "Reclaimable", "HighAtomic", "Isolate"])
    #expect(info.freeRows.count == 15)
    #expect(info.freeRows.allSatisfy { $0.freeBlocks.count == 11 })
    #expect(info.blockRows.map(\.kind) == [.dma, .dma32, .normal])
  }

  @Test("where the kernel stopped counting, the count is unknown")
  func capped() throws {
    let info = try parse(Self.node(0)).get()
    #expect(info.freeRows.map(\.freeBlocks) == [[12, 3], [nil, 0]])
    #expect(info.blockRows.map(\.blocks) == [[511, 1]])
  }

  @Test("each node brings its own headers")
  func severalNodes() throws {
    let info = try parse(Self.node(0) + Self.node(1)).get()
    #expect(info.freeRows.map(\.node) == [0, 0, 1, 1])
    #expect(info.blockRows.map(\.node) == [0, 1])
  }

  @Test("page_owner's section of mixed blocks is passed over")
  func mixedBlocks() throws {
    let mixed = "Number of mixed blocks    Unmovable      Movable \nNode 0, zone   Normal 1 2 \n"
    #expect(try parse(Self.node(0) + mixed).get() == parse(Self.node(0)).get())
  }

  @Test(
    "texts that are not whole are refused",
    arguments: [
      "", "MemTotal: 1 kB\n", "Page block order: 9\nPages per block:  512\n",
      String(node(0).dropFirst(20)), String(node(0).dropLast(30)),
      String((node(0) + node(1)).dropLast(90)), node(0) + node(0), node(0) + node(1, order: 10),
      node(0, order: 40, count: "x"), node(0, count: ">"), node(0, count: "18446744073709551615"),
      node(0, count: "1 2"), node(0, count: ""),
    ]
  )
  func refused(text: String) {
    #expect(parse(text).reason != nil)
  }
}
