internal import HostModel
internal import KernelText
internal import SourceText
internal import Testing

@Suite("zoneinfo of odd kernels, and parts of it")
struct ZoneInfoPartsTests {
  private static func lines(_ release: String) throws -> [String] {
    String(decoding: try TextFixture.bytes("zoneinfo/" + release), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  private static func parse(_ lines: [String]) throws(ParseError) -> ZoneInfo {
    try ZoneInfoForm.parse(lines.map { $0 + "\n" }.joined().utf8)
  }

  private static func parts(_ text: String) -> ZoneInfoParts? {
    let bytes = Array(text.utf8)
    do throws(ParseError) {
      _ = try ZoneInfoText.parse(bytes.span, file: "zoneinfo")
      return nil
    } catch {
      return ZoneInfoText.parts(of: bytes.span, refusedFor: error)
    }
  }

  // MARK: Odd kernels

  @Test("a counter without its name is kept, and no other counter moves")
  func nameless() throws {
    let plain = try Self.lines("4.14")
    let odd = plain.flatMap { line in
      line.contains(" nr_written ") ? [line, "                   83328"] : [line]
    }
    #expect(odd.count == plain.count + 2)
    let info = try Self.parse(odd)
    let same = try Self.parse(plain)
    for (node, other) in zip(info.nodes, same.nodes) {
      #expect(node.counterTable.count == other.counterTable.count + 1)
      #expect(node.pages(.slabUnreclaimable) == other.pages(.slabUnreclaimable))
      #expect(node.zones.map(\.free) == other.zones.map(\.free))
    }
    #expect(try ZoneInfoForm.parse(ZoneInfoText.render(info).utf8) == info)
  }

  @Test("zones without pages that end behind their sizes are whole, as 5.8 prints them")
  func emptyZones() throws {
    let plain = try Self.lines("5.10")
    let whole = try Self.parse(plain)
    var isEmpty = false
    var odd: [String] = []
    for line in plain {
      if line.hasPrefix("Node ") { isEmpty = false }
      if line.split(separator: " ") == ["present", "0"] { isEmpty = true }
      if !isEmpty || !line.contains("protection:") { odd.append(line) }
    }
    #expect(odd.count == plain.count - 5)
    let info = try Self.parse(odd)
    #expect(info.zones.map(\.present) == whole.zones.map(\.present))
    #expect(info.hasUnpopulatedZones)
    // A record that ends in front of `managed` is cut, there too.
    let last = try #require(odd.lastIndex { $0.split(separator: " ") == ["managed", "0"] })
    #expect(throws: ParseError.self) { try Self.parse(Array(odd[..<last])) }
    #expect(throws: ParseError.self) {
      try Self.parse(odd.enumerated().filter { $0.offset != last }.map(\.element))
    }
  }

  @Test("present stands in for managed before 3.9", arguments: ["2.6.14", "2.6.28", "2.6.32"])
  func present(release: String) throws {
    let info = try Self.parse(try Self.lines(release))
    #expect(info.presentIsManaged)
    for zone in info.zones {
      #expect(zone.managed == zone.present)
      #expect(zone.managed.input?.field == "present")
      #expect(zone.reserved == .known(.zero))
    }
    #expect(try !Self.parse(try Self.lines("3.10")).presentIsManaged)
  }

  @Test(
    "what a shell or a dump puts around the file is none of it",
    arguments: [
      (["$ cat /proc/zoneinfo"], ["user@host:~$ "]), (["[root@host ~]# cat /proc/zoneinfo"], []),
      (
        ["------ ZONEINFO (/proc/zoneinfo) ------"],
        ["------ 0.004s was the duration of 'ZONEINFO' ------", "", "------ VMALLOC INFO ------"]
      ),
      (["/proc/zoneinfo:"], ["# exit"]),
    ]
  )
  func frame(before: [String], after: [String]) throws {
    let plain = try Self.lines("6.12")
    let info = try Self.parse(before + plain + after)
    #expect(info.zones.map(\.pages) == (try Self.parse(plain)).zones.map(\.pages))
  }

  // MARK: Parts

  @Test("lines that grep left are zones with what they have, and the rest is unknown")
  func excerpt() throws {
    let text = """
      Node 0, zone    DMA32
        pages free     400
              min      30
              spanned  1044480
              present  9000
              managed  8000
      --
      Node 0, zone  Movable
        pages free     70
              min      1
              spanned  3000
      """
    let parts = try #require(Self.parts(text + "\n"))
    #expect(parts.why.reason == .excerpt)
    #expect(parts.why.place.line == 7)
    #expect(parts.zones.map(\.kind) == [.dma32, .movable])
    #expect(parts.zones[0].managed == .known(8000))
    #expect(parts.zones[1].free == .known(70))
    #expect(parts.zones[1].present.value == nil)
  }

  @Test("two records under one header, and sizes that contradict, are left out")
  func joined() {
    let first = "Node 0, zone Normal\n  pages free 5\n  min 1\n  spanned 9\n  present 9\n"
    #expect(Self.parts(first)?.zones.count == 1)
    #expect(Self.parts(first + "  spanned 700\n  present 700\n") == nil)
    #expect(Self.parts("Node 0, zone Normal\n  pages free 50\n  present 9\n") == nil)
    #expect(Self.parts("Node 0, zone Normal\n") == nil)
  }

  @Test("no part of a text has a size that the whole has not", arguments: ZoneInfoForm.all)
  func subset(form: ZoneInfoForm) throws {
    let bytes = try form.bytes()
    let whole = try form.parsed()
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }
    var found = 0
    for newline in ends {
      // Three digits less, too: a number that may be cut is none.
      for cut in [bytes[..<newline], bytes[..<max(0, newline - 3)], bytes[(newline + 1)...]] {
        guard let parts = Self.parts(String(decoding: cut, as: UTF8.self)) else { continue }
        found += 1
        for zone in parts.zones {
          let own = try #require(whole.node(zone.node)?.zone(zone.kind))
          for index in zone.pages.entries.indices {
            let name = zone.pages.name(at: index)
            #expect(zone.pages[name] == own.pages[name], "\(name), cut at \(newline)")
          }
        }
      }
    }
    #expect(found > 10)
  }
}
