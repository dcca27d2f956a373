internal import Capacity
internal import Reports
internal import SourceText
internal import Testing

@Suite("Reading a fleet's report in pieces")
struct FleetReportTests {
  /// A text in memory, as a file would be read.
  private struct Text: ReportBytes {
    var bytes: [UInt8]
    var count: Int { bytes.count }

    init(_ text: String) { bytes = Array(text.utf8) }

    func bytes(in range: Range<Int>) throws(LocatedError) -> [UInt8] { Array(bytes[range]) }
  }

  private static let head = #""schemaVersion":1,"command":"report","date":"2026-11-23","title":"t""#

  private static func host(_ name: String, kernel: Int = 10) -> String {
    #"{"source":"\#(name).json","name":"\#(name)","verdict":"balanced","kernelBytes":\#(kernel)}"#
  }

  private static func report(_ hosts: [String]) -> String {
    "{\(head),\"hosts\":[\n\(hosts.joined(separator: ",\n"))\n],\"summary\":{\"hosts\":[1,{}]}}\n"
  }

  private static func json(_ old: String, _ new: String) throws -> String {
    let diff = try FleetDiff(
      FleetDiff.Side(source: "old"),
      FleetDiff.Side(source: "new"),
      from: FleetReport(Text(old), file: "old"),
      to: FleetReport(Text(new), file: "new")
    )
    var bytes: [UInt8] = []
    try DiffJSON.write(diff) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("blanks, and braces and escapes in names, are no bounds of a host")
  func forms() throws {
    let odd = Self.host(#"a\"}],{\\"#)
    let old = Self.report([odd, Self.host("b")])
    let new = old.replacing("10", with: "20")
    let plain = try Self.json(old, new)
    #expect(plain.contains("\"beforeBytes\": 10"))
    let spread = old.replacing(",\"", with: " ,\n\t\"").replacing(":{", with: " : \r\n {")
    #expect(try Self.json(spread, new) == plain)
    // The hosts may come before what tells that it is a report.
    let turned = "{\"hosts\":[\(odd),\(Self.host("b"))],\(Self.head)}"
    #expect(try Self.json(turned, new) == plain)
  }

  @Test("no hosts are no mistake")
  func empty() throws {
    for text in [Self.report([]), "{\(Self.head)}", "{\(Self.head),\"hosts\":[]}"] {
      #expect(try Self.json(text, text).contains("\"hosts\": 0"))
    }
  }

  @Test("hosts of one name are told apart by their sources; a second one of both is left out")
  func doubles() throws {
    let twin = Self.host("a").replacing("a.json", with: "b.json")
    let answer = try Self.json(
      Self.report([Self.host("a"), twin, Self.host("gone")]),
      Self.report([
        twin.replacing("10", with: "30"), Self.host("a"), Self.host("a"), Self.host("new"),
      ])
    )
    #expect(answer.contains("\"hosts\": 2,"))
    #expect(answer.contains("\"unchanged\": 1"))
    #expect(answer.contains("\"appeared\": 1") && answer.contains("\"gone\": 1"))
    #expect(answer.contains("\"sourceAfter\": \"b.json\""))
  }

  @Test(
    "what is wrong is told with its place in the whole file",
    arguments: [
      ("{\"x\":}", 3, 6), ("7", 3, 1), ("{\"source\":\"s\",\"kernelBytes\":\"x\"}", 3, 29),
      ("{\"name\":\"no source\"}", 3, 21), ("{\"source\":\"s\"]", 3, 14), ("", 3, 1),
      ("{\"source\":\"s\"} {\"source\":\"t\"}", 3, 16), ("{\"source\":\"a", 3, 14),
    ]
  )
  func mistakes(host: String, line: Int, column: Int) throws {
    let text = Self.report([Self.host("first"), host, Self.host("last")])
    let error = #expect(throws: LocatedError.self) { try FleetReport(Text(text), file: "f") }
    #expect(error?.place == SourceLocation(file: "f", line: line, column: column))
  }

  @Test("what is no report is told so")
  func others() {
    for text in [
      "", "[]", "{}", "{\"schemaVersion\":2}", "{\(Self.head),\"hosts\":[],\"hosts\":[]}",
    ] {
      #expect(throws: LocatedError.self, "\(text)") { try FleetReport(Text(text), file: "f") }
    }
  }

  @Test("a text that is cut anywhere is refused, and crashes nobody")
  func cuts() {
    let bytes = Array(Self.report([Self.host("a"), Self.host("b")]).utf8)
    for end in 0..<(bytes.count - 2) {
      let text = String(decoding: bytes[..<end], as: UTF8.self)
      #expect(throws: LocatedError.self) { try FleetReport(Text(text), file: "f") }
    }
  }
}
