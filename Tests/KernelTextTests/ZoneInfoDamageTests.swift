internal import HostModel
internal import KernelText
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("Damaged zoneinfo")
struct ZoneInfoDamageTests {
  private func parse(_ text: some Sequence<UInt8>) -> Result<ZoneInfo, ParseError> {
    do throws(ParseError) {
      return .success(try ZoneInfoForm.parse(text))
    } catch {
      return .failure(error)
    }
  }

  /// The sizes that a verdict rests on.
  private func sizes(_ info: ZoneInfo) -> [[UInt64?]] {
    info.zones.map { zone in
      [
        UInt64(zone.node.number), zone.free.value?.count, zone.minWatermark.value?.count,
        zone.spanned.value?.count, zone.present.value?.count, zone.managed.value?.count,
        zone.startPFN.value?.number,
      ]
    }
  }

  @Test(
    "cut at any byte is refused, or is exactly the nodes in front of the cut",
    arguments: ZoneInfoForm.all
  )
  func truncated(form: ZoneInfoForm) throws {
    let bytes = try form.bytes()
    let whole = try form.parsed()
    let lines = bytes.count { $0 == 0x0A } + 1
    var taken = 0
    // Every byte of three releases, the ends of lines of the others.
    let isEveryByte = ["2.6.14", "4.9", "7.2"].contains(form.release)
    for end in 0..<bytes.count {
      let around = bytes[max(0, end - 3)..<min(bytes.count, end + 3)]
      guard isEveryByte || around.contains(0x0A) else { continue }
      switch parse(bytes[..<end]) {
      case .failure(let error):
        #expect(error.place.line >= 1 && error.place.line <= lines)
      case .success(let part):
        taken += 1
        // The file itself does not tell how many nodes there are; the collector asks the host.
        let nodes = whole.nodes.prefix(part.nodes.count)
        let isWhole = part.nodes.count == 2
        #expect(part.nodes.count == 1 || isWhole)
        #expect(sizes(part) == sizes(ZoneInfo(nodes: Array(nodes))), "cut at \(end)")
        #expect(
          part.zones.allSatisfy {
            $0.counterTable.count <= whole.zones[0].counterTable.count
          }
        )
        // All that may be missing of a record is behind its last line that a verdict needs.
        #expect(bytes[end - 1] == 0x0A || bytes[end - 1] == UInt8(ascii: ")") || bytes[end] == 0x0A)
      }
    }
    // Cuts that leave something whole: behind node 0, and in front of the last newline at most.
    #expect(taken >= 1)
    #expect(taken <= 6)
  }

  @Test("a record gone from the middle is noticed", arguments: ZoneInfoForm.all)
  func recordRemoved(form: ZoneInfoForm) throws {
    let lines = String(decoding: try form.bytes(), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let headers = lines.indices.filter { lines[$0].hasPrefix("Node ") } + [lines.endIndex]
    let whole = try form.parsed()
    for (start, end) in zip(headers, headers.dropFirst()) {
      let text = (lines[..<start] + lines[end...]).map { $0 + "\n" }.joined()
      let zone = try #require(whole.zones.first { $0.line == start + 1 })
      let siblings = try #require(whole.node(zone.node)).zones
      // The lowest zone of a node leaves no trace on kernels that print populated zones only:
      // nothing protects itself from it.
      if form.unpopulated == 0, siblings.first == zone { continue }
      #expect(parse(text.utf8).error != nil, "without lines \(start + 1) to \(end)")
    }
  }

  @Test(
    "a lost header is noticed: another zone's lines never join a record",
    arguments: ZoneInfoForm.all
  )
  func headerRemoved(form: ZoneInfoForm) throws {
    let lines = String(decoding: try form.bytes(), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    for header in lines.indices where lines[header].hasPrefix("Node ") {
      let text = (lines[..<header] + lines[(header + 1)...]).map { $0 + "\n" }.joined()
      #expect(parse(text.utf8).error != nil, "without line \(header + 1)")
    }
  }

  @Test("a text that lost its top is refused on its first line", arguments: ZoneInfoForm.all)
  func topLost(form: ZoneInfoForm) throws {
    let bytes = try form.bytes()
    for newline in bytes.indices.dropLast() where bytes[newline] == 0x0A {
      let rest = bytes[(newline + 1)...]
      guard !rest.starts(with: "Node ".utf8) else { continue }
      let error = try #require(parse(rest).error)
      #expect(error.place.line == 1)
      guard case .headerMissing = error.reason else {
        Issue.record("\(error)")
        continue
      }
    }
  }

  @Test(
    "empty, blank, binary and foreign texts are refused with their reason",
    arguments: [
      ("", "empty"), ("\n\n  \n", "empty"), ("\u{7F}ELF\u{0}\u{0}\u{0}", "not text"),
      ("MemTotal:       16384 kB\n", "Node N, zone NAME"), ("Node 0\n", "Node N, zone NAME"),
      ("Node 0, zone\n  pages free 1\n", "Node N, zone NAME"),
      ("Node x, zone DMA\n", "Node N, zone NAME"), ("Node 0, zone DMA\n", "ends inside"),
      ("Node 99999999999, zone DMA\n", "Node N, zone NAME"),
    ]
  )
  func foreign(text: String, reason: String) throws {
    let error = try #require(parse(text.utf8).error)
    #expect(error.description.contains(reason), "\(error)")
  }

  @Test("the same node or zone twice is refused: two dumps in one file")
  func duplicates() throws {
    let bytes = try ZoneInfoForm.all[6].bytes()
    guard case .duplicate(let what)? = parse(bytes + bytes).error?.reason else {
      Issue.record("\(parse(bytes + bytes))")
      return
    }
    #expect(what == "node 0")
  }

  @Test("more pages present than spanned are refused")
  func impossible() throws {
    let text = String(decoding: try ZoneInfoForm.all[6].bytes(), as: UTF8.self)
      .replacing("present  3998", with: "present  39980")
    let error = try #require(parse(text.utf8).error)
    #expect(error.description.contains("node 0 zone DMA has more pages present"))
    #expect(error.place.line == 1)
  }

  @Test(
    "with bytes changed at random, is taken or refused and never traps",
    .seeded(6),
    arguments: ZoneInfoForm.all
  )
  func mutated(form: ZoneInfoForm) throws {
    let bytes = try form.bytes()
    var random = SeededGenerator()
    let odd = Array("\n\t -:,>[]()Nozepv\u{0}\u{7F}".utf8) + [0x80, 0xA0, 0xFF]
    var refused = 0
    for _ in 0..<100 {
      var text = bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: text[index] = odd.randomElement(using: &random) ?? 0
        case 1: text.remove(at: index)
        case 2: text.insert(contentsOf: "99999999999999999999".utf8, at: index)
        case 3: text.removeSubrange(index..<min(text.count, index + 40))
        default: text.insert(contentsOf: text[index..<min(text.count, index + 200)], at: index)
        }
      }
      switch parse(text) {
      case .failure(let error):
        refused += 1
        #expect(!error.description.isEmpty)
      case .success(let info):
        // Whatever is taken has a value that can be printed and read again.
        #expect(parse(ZoneInfoText.render(info).utf8).error == nil)
      }
    }
    #expect(refused > 0)
  }
}

extension Result {
  fileprivate var error: Failure? {
    guard case .failure(let error) = self else { return nil }
    return error
  }
}
