internal import HostModel
internal import Testing

@Suite("What must be contiguous or pinned")
struct MemoryNeedTests {
  @Test(
    "needs are read as they are written, and written again",
    arguments: [
      ("hugetlb:1GiB=32@0", MemoryNeed(.hugePages(size: .gibibytes(1), count: 32), on: 0)),
      ("hugetlb:2MiB=512", MemoryNeed(.hugePages(size: .mebibytes(2), count: 512))),
      ("cma=1536MiB", MemoryNeed(.area(.mebibytes(1536)))),
      ("pin=64GiB@1", MemoryNeed(.pinned(.gibibytes(64)), on: 1)),
    ]
  )
  func read(text: String, need: MemoryNeed) throws {
    #expect(try MemoryNeed(text: text) == need)
    #expect(need.text == text)
  }

  @Test("sizes may be written in any unit")
  func units() throws {
    #expect(try MemoryNeed(text: "hugetlb:1G=3").text == "hugetlb:1GiB=3")
    #expect(try MemoryNeed(text: "pin=2048M").text == "pin=2GiB")
  }

  @Test(
    "what is no need is refused with what to write",
    arguments: [
      ("", "hugetlb:SIZE=COUNT"), ("ram=1GiB", "hugetlb:SIZE=COUNT"), ("cma:1GiB=2", "is no need"),
      ("pin", "lacks its amount"), ("cma=", "lacks its amount"), ("pin=-1GiB", "is no size"),
      ("hugetlb=4", "is no size of a huge page"), ("hugetlb:3GiB=1", "powers of two"),
      ("hugetlb:4KiB=1", "powers of two"), ("hugetlb:1GiB=1.5", "is no number of pages"),
      ("hugetlb:1GiB=99999999999999999999", "is no number of pages"),
      ("hugetlb:1GiB=0", "leave it out"), ("cma=0", "leave it out"),
      ("hugetlb:1GiB=9999999", "1 PiB"), ("pin=2000PiB", "1 PiB"), ("pin=99999999PiB", "no size"),
      ("cma=1GiB@", "is no node"), ("cma=1GiB@x", "is no node"), ("cma=1GiB@1024", "is no node"),
      ("cma=1GiB@-1", "is no node"), ("cma=1GiB@0@1", "is no node"),
    ]
  )
  func refused(text: String, message: String) {
    let mistake = #expect(throws: MemoryNeed.Mistake.self) { try MemoryNeed(text: text) }
    #expect(mistake.map { "\($0)".contains(message) } == true, "\(mistake.map { "\($0)" } ?? "")")
  }

  private func needs(_ texts: [String]) throws -> [MemoryNeed] {
    try texts.map { try MemoryNeed(text: $0) }
  }

  @Test("the same is asked for once, on a node or on all of them")
  func contradictions() throws {
    for texts in [
      ["cma=1GiB", "cma=2GiB"], ["pin=1GiB@1", "pin=1GiB@1"],
      ["hugetlb:1GiB=1", "hugetlb:1GiB=4@0"], ["pin=1GiB@0", "pin=4GiB"],
    ] {
      let needs = try needs(texts)
      #expect(throws: MemoryNeed.Mistake.self, "\(texts)") { try MemoryNeed.check(needs) }
    }
    try MemoryNeed.check(
      try needs(["hugetlb:1GiB=1@0", "hugetlb:1GiB=4@1", "hugetlb:2MiB=9", "pin=1GiB", "cma=1GiB"])
    )
  }

  @Test("of the same from several places the first counts")
  func merged() throws {
    let all = MemoryNeed.merged([
      try needs(["pin=1GiB@0"]), try needs(["pin=9GiB", "cma=1GiB"]), try needs(["cma=2GiB"]),
    ])
    #expect(all.map(\.text) == ["pin=1GiB@0", "cma=1GiB"])
  }
}
