internal import HostModel
internal import KernelText
internal import SourceText
internal import Testing

/// Lines that are as those of the record before are read together; others word by word.
@Suite("zoneinfo, lines as expected and others")
struct ExpectedLinesTests {
  /// Two nodes of one zone each, two cpus each; `change` may alter any line.
  private static func text(_ change: (Int, String) -> [String] = { [$1] }) -> String {
    var lines: [String] = []
    for node in 0..<2 {
      lines += [
        "Node \(node), zone   Normal", "  per-node stats", "      nr_mlock     \(node + 7)",
      ]
      lines += ["      nr_dirtied   1234567\(node)", "  pages free     100\(node)"]
      lines += ["        min      3", "        low      4", "        high     5"]
      lines += ["        spanned  4096", "        present  4096", "        managed  400\(node)"]
      lines += ["        protection: (0)", "      nr_free_pages 100\(node)", "  pagesets"]
      for cpu in 0..<2 {
        lines += ["    cpu: \(cpu)", "              count: \(cpu + 3)", "              high:  9"]
        lines += ["              batch: 1", "  vm stats threshold: 12"]
      }
      lines += ["  node_unreclaimable:  0", "  start_pfn:           \(8192 + node * 4096)"]
    }
    return lines.enumerated().flatMap { change($0, $1) }.map { $0 + "\n" }.joined()
  }

  private static func parse(_ text: String) throws(ParseError) -> ZoneInfo {
    try ZoneInfoText.parse(Array(text.utf8).span, file: "zoneinfo")
  }

  @Test("every line may have lost its blanks, and all numbers stay where they are")
  func blanks() throws {
    let whole = try Self.parse(Self.text())
    #expect(whole.nodes[1].zones[0].pagesets.map(\.count) == [3, 4])
    #expect(whole.nodes[1].zones[0].pagesets.map(\.statThreshold) == [12, 12])
    #expect(whole.nodes[1].counters.mlocked.value == PageCount(8))
    let count = Self.text().split(separator: "\n").count
    for line in 0..<count {
      let bare = Self.text { index, text in
        [index == line ? String(text.drop { $0 == " " }) : text]
      }
      #expect(try Self.parse(bare) == whole, "line \(line + 1)")
    }
  }

  @Test("a list with a line more, or a number too long, is no other cpu's")
  func lists() throws {
    let info = try Self.parse(
      Self.text { index, line in
        index > 30 && line.hasSuffix("batch: 1") ? [line, "              high_min: 2"] : [line]
      }
    )
    #expect(info.nodes[0].zones[0].pagesets.map(\.highMin) == [nil, nil])
    #expect(info.nodes[1].zones[0].pagesets.map(\.highMin) == [2, 2])
    #expect(info.nodes[1].zones[0].pagesets.map(\.batch) == [1, 1])
    #expect(throws: ParseError.self) {
      try Self.parse(
        Self.text { [$0 > 30 && $1.hasSuffix("count: 4") ? "  count: 18446744073709551615" : $1] }
      )
    }
  }

  @Test("a counter that only the second node has is kept under its own name")
  func another() throws {
    let more = Self.text { index, line in
      index > 20 && line.contains("nr_mlock") ? ["      nr_new      77", line] : [line]
    }
    let info = try Self.parse(more)
    #expect(info.nodes[1].counterTable["nr_new"] == 77)
    #expect(info.nodes[1].counters.mlocked.value == PageCount(8))
    #expect(info.nodes[0].counterTable["nr_new"] == nil)
    #expect(info.nodes[1].counterTable.name(at: 2) == "nr_dirtied")
  }
}
