internal import Foundation
internal import TestSupport
internal import Testing

@Suite("zonewise report, grouped and with histories")
struct ReportGroupTests {
  private let folder: TemporaryFolder
  private static let epoch = ["SOURCE_DATE_EPOCH": String(NodeExporterHistory.end)]

  init() throws { folder = try TemporaryFolder() }

  /// Bundles of booted hosts under other names.
  private func fleet(_ hosts: [(name: String, root: String)]) throws -> String {
    return try folder.write(
      "fleet.ndjson",
      try NamedHosts.bundles(hosts.map { ($0.root, $0.name) }).utf8
    ).path
  }

  private func report(_ arguments: [String]) throws -> CommandRun {
    try CommandRun(
      ["report", "--date", "2026-11-23"] + arguments,
      in: folder.url,
      environment: Self.epoch
    )
  }

  private static let quiet = "6.12-two-nodes-kernelcore"
  private static let bad = "6.12-node-without-kernel-memory"

  // MARK: Groups

  @Test("Hosts are grouped by labels and by parts of their names; who is in no group is said")
  func groups() throws {
    let fleet = try fleet([("web-1", Self.quiet), ("web-2", Self.bad), ("other", Self.quiet)])
    try folder.write("hosts.csv", "host,rack,team\nweb-1,r1,\nweb-2,r2,core\ngone-7,r9,x\n".utf8)
    let options = [
      fleet, "--labels", "hosts.csv", "--group-by", "rack", "--group-by", "/^([a-z]+)-/",
    ]
    let run = try report(options + ["--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("1 host without a line in hosts.csv: other."))
    #expect(run.errors.contains("1 of hosts.csv not in this report: gone-7."))
    let report = try JSON(run.output)
    let hosts = report["hosts"].list
    #expect(hosts.map { $0["labels"]["rack"].text } == ["r1", "r2", nil])
    #expect(hosts.map { $0["groups"].list.last?["group"].text } == ["web", "web", nil])
    let groupings = report["summary"]["groupings"].list
    #expect(groupings.map { $0["by"].text } == ["rack", "/^([a-z]+)-/"])
    let web = try #require(groupings.last?["groups"].list.first)
    #expect(web["hosts"].number == 2 && web["verdicts"]["imbalanced"].number == 1)
    #expect(groupings.first?["without"]["examples"].list.map(\.text) == ["other"])
    #expect(report["summary"]["labels"]["unused"].number == 1)
    let markdown = try self.report(options + ["--quiet"])
    #expect(markdown.errors.isEmpty)
    for format in ["markdown", "html"] {
      let text = try self.report(options + ["--format", format]).output
      for words in ["By rack", "In no group of rack: 1 host", "gone-7", "rack=r2 team=core"] {
        #expect(text.contains(words), "\(words) in \(format)")
      }
    }
    let csv = try self.report(options + ["--format", "csv"]).output
    #expect(csv.contains("rack=r2; team=core,r2; web\r\n"))
  }

  @Test(
    "What can't be grouped by is refused with the place",
    arguments: [
      (["--group-by", "rack"], 64, "--labels FILE gives labels"),
      (["--group-by", "/^(web/"], 64, "column 3: a ( without its )"),
      (["--group-by", "/web"], 64, "column 4: a pattern ends with a slash"),
      (["--group-by", "row", "--labels", "hosts.csv"], 64, "it has rack, team"),
      (["--labels", "nowhere.csv"], 2, "nowhere.csv: not there"),
      (["--labels", "wrong.csv"], 2, "wrong.csv:3:1: a stands in line 2 already"),
    ]
  )
  func refused(options: [String], status: Int32, message: String) throws {
    try folder.write("hosts.csv", "host,rack,team\nweb-1,r1,\n".utf8)
    try folder.write("wrong.csv", "host,rack\na,r1\na,r2\n".utf8)
    let run = try report([CommandRun.roots.appending(path: Self.quiet).path] + options)
    #expect(run.status == status)
    let words = run.errors.replacing("\n", with: " ")
    #expect(words.contains(message), "\(run.errors)")
  }

  // MARK: Histories

  private func history() throws -> String {
    var all = NodeExporterHistory(instance: "web-1:9100")
    all.add(NodeExporterHistory(days: 10, instance: "lonely:9100"))
    all.add(NodeExporterHistory(days: 10, instance: "blind:9100", zoneinfo: false))
    return try folder.write("history.json", all.json).path
  }

  @Test("Months to tight stand beside every host, tight first; what is not known is not fine")
  func months() throws {
    let fleet = try fleet([("calm", Self.quiet), ("web-1", Self.quiet), ("bad", Self.bad)])
    let sources = [fleet, "--history", try history()]
    let run = try report(sources + ["--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    let hosts = try JSON(run.output)["hosts"].list
    func host(_ name: String) throws -> JSON {
      try #require(hosts.first { $0["name"].text == name })
    }
    #expect(hosts.map { $0["name"].text } == ["calm", "web-1", "bad", "lonely:9100", "blind:9100"])
    let web = try host("web-1")["outlook"]
    let months = try #require(web["monthsToTight"].number)
    #expect(months > 0.5 && months < 12)
    #expect(web["tight"]["when"].text == "expected" && web["notKnown"].text == nil)
    #expect(try host("calm")["outlook"]["notKnown"].text == "no history of it")
    #expect(try host("calm")["outlook"]["monthsToTight"].number == nil)
    #expect(try host("bad")["outlook"]["monthsToTight"].number == 0)
    #expect(try host("blind:9100")["verdict"].text == "unknown")
    #expect(try host("blind:9100")["outlook"]["notKnown"].text != nil)
    let lonely = try host("lonely:9100")
    #expect(lonely["verdict"].text == "unknown" && lonely["kernelBytes"].number ?? 0 > 0)
    let counts = try JSON(run.output)["summary"]["outlook"]
    #expect(counts["now"].number == 1 && counts["unknown"].number == 2)
    // In pages what is tight first is first, and what is not known stands in front of what is calm.
    let text = try report(sources).output
    let table = try #require(text.range(of: "## Hosts, tight first"))
    let rows = text[table.upperBound...].split(separator: "\n").filter { $0.hasPrefix("| ") }
    let order = ["bad", "web-1", "lonely", "blind", "calm"]
    let places = order.compactMap { name in rows.firstIndex { $0.hasPrefix("| \(name)") } }
    #expect(places.count == order.count && places.prefix(2) == places.prefix(2).sorted()[...])
    #expect(places[1] < places[3] && places[1] < places[4])
  }

  @Test("A history alone is a report: a saved answer, and a database of zonewise record")
  func alone() throws {
    let run = try report([try history(), "--format", "csv"])
    #expect(run.status == 0, "\(run.errors)")
    let hosts = run.output.split(separator: "\r\n").filter { $0.contains(":9100") }
    #expect(hosts.count >= 3)
    let bundle = try fleet([("own", Self.quiet)])
    let record = try CommandRun(
      ["record", "--database", folder.path("history.db"), "--from", bundle]
    )
    #expect(record.status == 0, "\(record.errors)")
    let own = try report(["history.db", "--format", "json"])
    #expect(own.status == 0, "\(own.errors)")
    let host = try #require(try JSON(own.output)["hosts"].list.first)
    #expect(host["outlook"]["notKnown"].text?.hasPrefix("not enough data") == true)
  }

  @Test("A series of captures is a history, and a history that can't be read is a row that says so")
  func series() throws {
    let root = CommandRun.roots.appending(path: Self.quiet).path
    let run = try report([root, "--history", root, "nowhere.json", "--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    let hosts = try JSON(run.output)["hosts"].list
    #expect(hosts.count == 2)
    #expect(hosts.first?["outlook"]["measuredUntil"].text != nil)
    #expect(hosts.last?["failure"].text?.contains("nowhere.json") == true)
  }
}
