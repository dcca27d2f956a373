import Advice
import FleetCheck
import Foundation
import Reports
internal import SourceText
import TestSupport
import Testing

@Suite("JSON of a check")
struct CheckJSONTests {
  private func violations(_ json: String) throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write("check.json", json)
    let root = ReportReader.root
    let run = try ReportReader.run(
      "/usr/bin/python3",
      [
        root.appending(path: "Tests/Scripts/validate-json").path,
        root.appending(path: "Documentation/schemas/check.schema.json").path, file.path,
      ]
    )
    try #require(run.status == 0 || !run.output.isEmpty, "\(run.errors)")
    return run.output
  }

  private static let hasValidator =
    (try? ReportReader.run("/usr/bin/python3", ["-c", "import jsonschema"]).status) == 0

  @Test("It keeps its schema", .enabled(if: hasValidator, ReportReader.missing))
  func schema() throws {
    for results in [try CheckSamples.all(), try CheckSamples.hostileResults(), []] {
      for failOn in [Finding.Severity.error, .note, nil] {
        let options = CheckReportOptions(failOn: failOn, baselineInUse: failOn == nil)
        #expect(try violations(CheckSamples.render(.json, results, options)) == "")
      }
    }
  }

  @Test("The schema refuses other keys", .enabled(if: hasValidator, ReportReader.missing))
  func refusal() throws {
    let json = CheckSamples.render(.json, try CheckSamples.all())
    for (part, change) in [
      ("\"fingerprint\"", "\"print\""), ("\"endColumn\":22", "\"endColumn\":0"),
      ("\"kind\":\"external\"", "\"kind\":\"elsewhere\""),
      ("\"failOn\":\"error\"", "\"failOn\":\"\""),
    ] {
      try #require(json.contains(part))
      #expect(try violations(json.replacing(part, with: change)) != "", "\(part)")
    }
  }

  private struct Report: Decodable {
    struct Location: Decodable, Equatable { var file: String, line: Int, column: Int }
    struct Suppression: Decodable { var kind: String, reason: String, location: Location }
    struct Found: Decodable {
      var code: String
      var location: Location
      var endColumn: Int?
      var kernels: [String]
      var suppression: Suppression?
      var inBaseline: Bool
    }
    struct Subject: Decodable { var name: String, count: Int, verdict: String?, findings: [Found] }
    struct Failure: Decodable { var location: Location, message: String }
    struct Summary: Decodable {
      var machines: Int, configFiles: Int, configFilesWithFindings: Int,
        failures: Int, byRule: [String: Int]
    }
    var subjects: [Subject]
    var failures: [Failure]
    var failuresOmitted: Int
    var summary: Summary
  }

  private func decoded(_ results: some Sequence<CheckResult>) throws -> Report {
    let json = CheckSamples.render(.json, results)
    return try JSONDecoder().decode(Report.self, from: Data(json.utf8))
  }

  @Test("Everything is in it, in the order of the input")
  func contents() throws {
    let report = try decoded(try CheckSamples.all())
    #expect(report.subjects.map(\.name) == ["web", "database", "db-17", "dark", "fine", "grub"])
    let first = try #require(report.subjects.first?.findings.first)
    #expect(first.location == Report.Location(file: "fleet/99-worker.yaml", line: 9, column: 7))
    #expect(first.endColumn == 22)
    #expect(first.kernels == ["6.12"])
    #expect(
      report.subjects[1].findings.map { $0.suppression?.kind } == ["inSource", "external", nil]
    )
    #expect(report.subjects[1].findings.map(\.inBaseline) == [false, false, true])
    #expect(report.subjects[2].findings[0].endColumn == nil)
    #expect(report.failures.map(\.location.file) == ["bad.yaml"])
    #expect(report.summary.machines == 46)
    #expect(report.summary.configFiles == 1)
    #expect(report.summary.configFilesWithFindings == 1)
    #expect(report.summary.byRule == ["ZW101": 1, "ZW301": 1, "ZW302": 1])
  }

  @Test("Hostile text comes back as it was")
  func hostile() throws {
    let report = try decoded(try CheckSamples.hostileResults())
    #expect(report.subjects[0].name == CheckSamples.hostile)
    #expect(report.failures[0].message == CheckSamples.hostile)
    let text = CheckSamples.render(.json, try CheckSamples.hostileResults())
    #expect(text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
  }

  @Test("Failures without end are counted, and don't fill the memory")
  func manyFailures() throws {
    let message = String(repeating: "x", count: 50_000)
    let failures = (0..<200).lazy.map { CheckResult.failed(LocatedError(message, file: "f\($0)")) }
    let report = try decoded(failures)
    #expect(report.summary.failures == 200)
    #expect(report.failures.count + report.failuresOmitted == 200)
    #expect(report.failures.count < 100)
    #expect(report.failures.first?.location.file == "f0")
  }
}
