import Advice
import FleetCheck
import Foundation
import Reports
internal import SourceText
import TestSupport
import Testing

@Suite("JUnit XML of a check")
struct CheckJUnitTests {
  private struct Suite: Decodable {
    struct Case: Decodable {
      var file: String
      var name: String
      var results: [String]
      var messages: [String]
      var text: String
      var output: String
    }
    var name: String
    var tests: Int
    var failures: Int
    var errors: Int
    var skipped: Int
    var cases: [Case]

    var counts: [Int] { [tests, failures, errors, skipped] }
  }

  private func read(
    _ results: some Sequence<CheckResult>,
    failOn: Finding.Severity? = .error
  ) throws -> [Suite] {
    let text = CheckSamples.render(.junit, results, CheckReportOptions(failOn: failOn))
    return try ReportReader.read("junit", text, as: [Suite].self)
  }

  private static let canRead = Consumer.hasPython("junitparser", by: ReportReader.python)

  @Test("A reader of JUnit finds every subject", .enabled(if: canRead, ReportReader.missing))
  func contents() throws {
    let suites = try read(try CheckSamples.all())
    let suite = try #require(suites.first)
    #expect(suites.count == 1)
    #expect(suite.counts == [7, 1, 1, 1])
    #expect(
      suite.cases.map(\.name) == ["web", "database", "input", "db-17", "dark", "fine", "grub"]
    )
    #expect(
      suite.cases.map(\.results) == [["failure"], [], ["error"], [], ["skipped"], [], []]
    )
    #expect(suite.cases[0].file == "fleet/99-worker.yaml")
    #expect(suite.cases[0].text.contains("fleet/99-worker.yaml:9:7: error ZW302"))
    #expect(suite.cases[1].output.contains("suppressed: accepted by the owners until spring"))
    #expect(suite.cases[1].output.contains("not known: /proc/pagetypeinfo"))
    #expect(suite.cases[3].output.contains("warning ZW101"))
    #expect(suite.cases[4].messages[0].contains("permission denied"))
  }

  @Test("The threshold decides what fails", .enabled(if: canRead, ReportReader.missing))
  func threshold() throws {
    let all = try CheckSamples.all()
    #expect(try read(all, failOn: .warning)[0].failures == 2)
    #expect(try read(all, failOn: .note)[0].failures == 3)
    #expect(try read(all, failOn: nil)[0].failures == 0)
  }

  @Test("A case has one failure for all its findings", .enabled(if: canRead, ReportReader.missing))
  func several() throws {
    let found = try ["ZW302", "ZW101", "ZW104"].map { try CheckSamples.finding($0, message: $0) }
    let suite = try read([.judged(CheckSamples.subject(found))])[0]
    #expect(suite.failures == 1)
    #expect(suite.cases[0].messages == ["ZW302 (and 2 more)"])
    for code in ["ZW302", "ZW101", "ZW104"] { #expect(suite.cases[0].text.contains(code)) }
  }

  @Test(
    "Suites are bounded, and their counts are right",
    .enabled(if: canRead, ReportReader.missing)
  )
  func bounded() throws {
    let failing = CheckSamples.subject([try CheckSamples.finding()])
    let results = (0..<2500).lazy.map {
      CheckResult.judged($0.isMultiple(of: 5) ? failing : CheckSamples.subject(name: "s\($0)"))
    }
    let suites = try read(results)
    #expect(suites.map(\.tests) == [1000, 1000, 500])
    #expect(suites.map(\.cases.count) == [1000, 1000, 500])
    #expect(suites.map(\.failures) == [200, 200, 100])
    #expect(Set(suites.map(\.name)).count == 3)
  }

  @Test(
    "xmllint takes hostile text",
    .enabled(if: Consumer.isThere("xmllint"), ReportReader.missing)
  )
  func hostile() throws {
    let everyASCII = String(String.UnicodeScalarView((0..<0x80).map { Unicode.Scalar($0) }))
    var results = try CheckSamples.hostileResults()
    results.append(.failed(LocatedError(everyASCII, file: everyASCII)))
    results.append(.failed(LocatedError("\u{FFFE}\u{1FFFF}\u{85}\r\u{10FFFD}", file: "f")))
    for results in [results, try CheckSamples.all(), []] {
      let folder = try TemporaryFolder()
      let file = try folder.write("junit.xml", CheckSamples.render(.junit, results))
      let run = try ReportReader.run("xmllint", ["--noout", "--nonet", file.path])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.isEmpty, "\(run.errors)")
    }
  }

  @Test("Hostile text stays text", .enabled(if: canRead, ReportReader.missing))
  func hostileText() throws {
    let suite = try read(try CheckSamples.hostileResults())[0]
    #expect(suite.cases.map(\.results) == [["failure"], ["error"]])
    #expect(suite.cases[0].text.contains("<script>alert(1)</script> ]]> & \" '"))
    #expect(suite.cases[0].name.contains("\r") == false)
  }
}
