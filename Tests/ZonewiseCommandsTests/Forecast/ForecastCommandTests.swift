internal import Foundation
internal import TestSupport
internal import Testing

@Suite("forecast")
struct ForecastCommandTests {
  private let folder: TemporaryFolder
  private static let epoch = ["SOURCE_DATE_EPOCH": String(NodeExporterHistory.end)]

  init() throws { folder = try TemporaryFolder() }

  private func forecast(_ arguments: [String]) throws -> CommandRun {
    try CommandRun(["forecast"] + arguments, in: folder.url, environment: Self.epoch)
  }

  @Test("A leak of known size gives the day on which its node gets tight, and the term to look at")
  func leak() throws {
    try folder.write("history.json", NodeExporterHistory().json)
    let run = try forecast(["history.json", "--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    let host = try #require(try JSON(run.output)["hosts"].list.first)
    let node = try #require(host["rooms"].list.first { $0["node"].number == 1 })
    let perDay = try #require(node["bytesPerDay"]["expected"].number)
    #expect(abs(perDay + NodeExporterHistory.growth) < 0.02 * NodeExporterHistory.growth)
    // What is left, at that rate, down to the margin.
    let now = try #require(node["nowBytes"].number)
    let margin = try #require(node["marginBytes"].number)
    let days = (now - margin) / NodeExporterHistory.growth
    let expected = Date(timeIntervalSince1970: Double(NodeExporterHistory.end) + days * 86_400)
    let told = try Date(try #require(node["tight"]["time"].text), strategy: .iso8601)
    #expect(abs(told.timeIntervalSince(expected)) < 3 * 86_400, "\(told), not \(expected)")
    #expect(node["daily"].flag == true)
    let postponement = try #require(host["postponements"].list.first)
    #expect(postponement["id"].text == "slab-unreclaimable")
    #expect(postponement["node"].number == 1)
    // Node 0 stands still.
    let other = try #require(host["rooms"].list.first { $0["node"].number == 0 })
    #expect(other["tight"]["when"].text == "beyond" || other["tight"]["when"].text == "possible")
  }

  @Test("A collector that is off is named, with the flag that turns it on")
  func gaps() throws {
    try folder.write("history.json", NodeExporterHistory(zoneinfo: false).json)
    let run = try forecast(["history.json"])
    #expect(run.output.hasPrefix("NOT KNOWN."))
    #expect(run.output.contains("--collector.zoneinfo"))
    #expect(run.output.contains("nr_foll_pin"))
    // What grows is told all the same.
    #expect(run.output.contains("node 1 slab, unreclaimable"))
  }

  @Test("Too little is said to be too little")
  func tooLittle() throws {
    try folder.write("history.json", NodeExporterHistory(days: 1, step: 10_800).json)
    let run = try forecast(["history.json"])
    #expect(run.status == 0)
    #expect(
      run.output.replacing("\n", with: " ").contains("Not enough data: 8 samples over 21 hours")
    )
  }

  @Test("Where hours count, the minute is told")
  func minutes() throws {
    try folder.write("history.json", NodeExporterHistory(days: 1, step: 60, growth: 6e9).json)
    let run = try forecast(["history.json"])
    #expect(run.status == 0, "\(run.errors)")
    let clock = /TIGHT \d{4}-\d{2}-\d{2} \d{2}:\d{2}\./
    #expect(run.output.firstMatch(of: clock) != nil, "\(run.output.prefix(400))")
  }

  @Test("A capture of 1970 tells no time, and says so")
  func timeless() throws {
    let root = Fixtures.tests.appending(
      path: "Fixtures/Roots/6.12-generic-rdma-on-all-movable-node.tar.gz"
    )
    let copy = folder.url.appending(path: "host.tar.gz")
    try FileManager.default.copyItem(at: root, to: copy)
    let attributes = [FileAttributeKey.modificationDate: Date(timeIntervalSince1970: 60)]
    try FileManager.default.setAttributes(attributes, ofItemAtPath: copy.path)
    let run = try forecast(["host.tar.gz"])
    #expect(run.errors.contains("host.tar.gz: nothing tells when it was taken"), "\(run.errors)")
  }

  @Test("The measured growth is a profile that the other commands take")
  func profile() throws {
    try folder.write("history.json", NodeExporterHistory().json)
    let run = try forecast(["history.json", "--write-profile", "measured.yaml", "--quiet"])
    #expect(run.status == 0, "\(run.errors)")
    let valid = try CommandRun(["profiles", "validate", "measured.yaml"], in: folder.url)
    #expect(valid.status == 0, "\(valid.errors)")
    #expect(try folder.read("measured.yaml").contains("why: Grew by +57."))
    let advise = try CommandRun([
      "advise", CommandRun.roots.appending(path: "6.12-two-nodes-kernelcore").path,
      "--profile", folder.path("measured.yaml"),
    ])
    #expect(advise.status == 0, "\(advise.errors)")
  }

  @Test("Of several hosts the one that is tight first stands first")
  func fleet() throws {
    var all = NodeExporterHistory(days: 10, instance: "a:9100", zoneinfo: false)
    for name in ["b:9100", "c:9100"] {
      all.add(NodeExporterHistory(days: 10, instance: name, zoneinfo: false))
    }
    all.add(NodeExporterHistory(instance: "z:9100"))
    try folder.write("fleet.json", all.json)
    let run = try CommandRun(
      ["forecast", "fleet.json"],
      in: folder.url,
      environment: Self.epoch.merging(["COLUMNS": "160"]) { $1 }
    )
    let rows = run.output.split(separator: "\n").filter { $0.contains(":9100") }
    #expect(rows.count == 4)
    #expect(rows.first?.hasPrefix("z:9100") == true)
  }

  @Test(
    "What is no history is refused, with what to do",
    arguments: [
      ("{}", "snapshot"), ("{\"status\":\"success\"", "line 1"), ("", ""), ("\u{0}\u{1}", ""),
      (
        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no such label\"}",
        "no such label"
      ),
      ("{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{},\"values\":[[1]]}]}}", ""),
      ("{\"sysstat\":{}}", "sadf -j"),
    ]
  )
  func garbage(text: String, message: String) throws {
    try folder.write("history.json", text)
    let run = try forecast(["history.json"])
    #expect(run.status == 2, "\(run.output)")
    #expect(run.output.isEmpty)
    #expect(!run.errors.isEmpty)
    if message == "sadf -j" || message == "no such label" {
      #expect(run.errors.contains(message), "\(run.errors)")
    }
  }

  @Test("An address that can't be asked says what to do instead")
  func addresses() throws {
    for (address, words) in [
      ("https://prometheus.example", "curl"), ("http://user:secret@host", "curl --netrc"),
      ("http://127.0.0.1:1", "no connection"), ("http://127.0.0.1:99999", "no port"),
    ] {
      let run = try forecast([address])
      #expect(run.status == 2)
      #expect(run.errors.contains(words), "\(run.errors)")
    }
    #expect(try forecast([]).status == 64)
  }

  @Test("A name of a stranger is no markup in the page")
  func escaping() throws {
    let history = NodeExporterHistory(days: 10, instance: "<script>alert(1)</script>&'")
    try folder.write("history.json", history.json)
    let run = try forecast(["history.json", "--format", "html"])
    #expect(!run.output.contains("<script>alert"))
    #expect(run.output.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(run.output.contains("<svg"))
  }

  @Test(
    "forecasts keep their schema",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema")
  )
  func schema() throws {
    for (name, history) in [
      ("full", NodeExporterHistory()), ("short", NodeExporterHistory(days: 1, step: 10_800)),
      ("blind", NodeExporterHistory(zoneinfo: false)),
    ] {
      try folder.write("\(name).json", history.json)
      let run = try forecast(["\(name).json", "--format", "json"])
      let document = try folder.write("document.json", run.output)
      let validator = CommandRun.tests.appending(path: "Scripts/validate-json")
      let checked = try ProgramRun(
        ["/usr/bin/python3", validator.path, Validator.schema("forecast").path, document.path]
      )
      #expect(checked.status == 0, "\(checked.text)\(checked.errors)")
    }
  }
}
