internal import Advice
internal import Capacity
internal import HostModel
internal import Reports
internal import SourceText
internal import Testing

/// Parts of a fleet, merged in any order and any tree, are the whole fleet.
@Suite("summaries of fleets, merged")
struct FleetSummaryTests {
  /// A generator that gives the same hosts on every run.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private static func row(_ number: Int, _ dice: inout Dice) -> HostRow {
    var row = HostRow(source: "fleet.ndjson:\(number)", failure: "no zones")
    guard Int.random(in: 0..<10, using: &dice) > 0 else { return row }
    row.failure = nil
    row.name = "host-\(Int.random(in: 0..<40, using: &dice))"
    row.kernelRelease = "6.\(Int.random(in: 0..<9, using: &dice))"
    row.profile = "general"
    row.kernel = ByteCount(UInt64.random(in: 0..<5, using: &dice) << 30)
    row.movable = ByteCount(UInt64.random(in: 0..<9, using: &dice) << 29)
    row.total = row.kernel + row.movable
    row.headroom =
      Bool.random(using: &dice) ? ByteCount(UInt64.random(in: 0..<9999, using: &dice)) : nil
    row.verdict = Verdict.allCases.randomElement(using: &dice) ?? .unknown
    row.machines = Int.random(in: 1..<4, using: &dice)
    row.findings = [FindingBrief(code: "ZW101", rule: "ratio", severity: .warning, node: nil)]
    return row
  }

  private static func summary(_ rows: some Sequence<HostRow>) -> FleetSummary {
    var summary = FleetSummary(worst: 7)
    for row in rows { summary.add(row) }
    return summary
  }

  @Test(
    "any split, in any order, through files or not, gives the bytes of the whole",
    arguments: 1...40
  )
  func splits(seed: UInt64) throws {
    var dice = Dice(state: seed)
    var rows = (0..<Int.random(in: 1..<300, using: &dice)).map { Self.row($0, &dice) }
    let whole = FleetJSON.render(Self.summary(rows))
    rows.shuffle(using: &dice)
    var parts = [FleetSummary(worst: 7)]
    while !rows.isEmpty {
      let count = Int.random(in: 1...rows.count, using: &dice)
      parts.append(Self.summary(rows.prefix(count)))
      rows.removeFirst(count)
    }
    // A tree of any shape: two parts at a time, one of them through a file.
    while parts.count > 1 {
      parts.shuffle(using: &dice)
      var left = parts.removeLast()
      let bytes = FleetJSON.render(parts.removeLast())
      left.merge(try FleetJSONReader.read(bytes, file: "part.json"))
      parts.append(left)
    }
    #expect(parts.map { FleetJSON.render($0) } == [whole])
  }

  @Test("more names and failures than are kept make no difference to those that are")
  func limits() throws {
    var dice = Dice(state: 3)
    let rows = (0..<9000).map { number in
      var row = Self.row(number, &dice)
      row.kernelRelease = "6.1.\((number * 7919) % 9001)"
      return row
    }
    let whole = Self.summary(rows)
    var parts = Self.summary(rows.suffix(4000))
    parts.merge(Self.summary(rows.prefix(5000)))
    #expect(FleetJSON.render(parts) == FleetJSON.render(whole))
    #expect(parts.groups[.kernel]?.count == FleetSummary.nameLimit)
    #expect(parts.failures.count == FleetSummary.failureLimit)
  }

  @Test("a bucket is no wider than a thirty-second of what it holds, and begins with its own name")
  func buckets() {
    var value: UInt64 = 1
    while value < 1 << 62 {
      for number in [value - 1, value, value + value / 3] {
        let least = FleetHistogram.bucket(of: number)
        #expect(least <= number && number - least <= number / 32)
        #expect(FleetHistogram.bucket(of: least) == least)
      }
      value = value * 3 / 2 + 1
    }
    #expect(FleetHistogram.bucket(of: .max) <= .max)
  }

  @Test(
    "what is no partial result is refused with its place",
    arguments: [
      ("{}", "no partial result"), ("{\"command\":\"report\"}", "another command"),
      ("{\"schemaVersion\":2}", "later zonewise"), ("[", "expected an object"),
      ("{\"schemaVersion\":1,\"command\":\"fleet\",\"sums\":{\"x\":1}}", "not a sum"),
      (
        "{\"schemaVersion\":1,\"command\":\"fleet\",\"ratioThousandths\":{\"buckets\":[{\"least\":64,"
          + "\"hosts\":1},{\"least\":131,\"hosts\":1}]}}", "no bucket begins at 131"
      ),
    ]
  )
  func refusals(text: String, why: String) {
    let error = #expect(throws: LocatedError.self) {
      try FleetJSONReader.read(Array(text.utf8), file: "part.json")
    }
    let message = error.map(\.description) ?? ""
    #expect(message.hasPrefix("part.json:1:"))
    #expect(message.contains(why))
  }
}
