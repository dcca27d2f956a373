import FleetCheck
import Foundation
import Reports
import TestSupport
import Testing

/// A workflow command as the runner of GitHub Actions takes it out of a line.
private struct WorkflowCommand {
  var name: String
  var properties: [String: String]
  var message: String

  /// Nil where the runner sees no command; it looks behind the blanks at the start of a line.
  init?(_ line: Substring) {
    let text = String(line.drop { $0 == " " || $0 == "\t" })
    guard text.hasPrefix("::") else { return nil }
    let body = text.dropFirst(2)
    guard let end = body.range(of: "::") else { return nil }
    let head = body[..<end.lowerBound]
    let parts = head.split(separator: " ", maxSplits: 1)
    name = String(parts.first ?? "")
    properties = [:]
    for property in parts.dropFirst().first?.split(separator: ",") ?? [] {
      let pair = property.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { continue }
      properties[pair[0]] = Self.plain(pair[1], ["%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","])
    }
    message = Self.plain(String(body[end.upperBound...]), ["%0D": "\r", "%0A": "\n"])
  }

  private static func plain(_ text: String, _ escapes: [String: String]) -> String {
    escapes.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
      .replacingOccurrences(of: "%25", with: "%")
  }
}

@Suite("GitHub annotations of a check")
struct CheckAnnotationsTests {
  private func lines(_ results: [CheckResult]) -> [Substring] {
    CheckSamples.render(.github, results).split(separator: "\n")
  }

  @Test("Each open finding is a command with the place of the argument")
  func contents() throws {
    let lines = lines(try CheckSamples.all())
    #expect(
      lines[0] == """
        ::error file=fleet/99-worker.yaml,line=9,col=7,endColumn=22,title=ZW302 \
        argument-without-effect::class web, 40 machines: ignored: movable_node (line 8) makes the \
        kernel ignore sizes (on 6.12)%0Aremove one of the two; with hot-pluggable nodes keep \
        movable_node
        """
    )
    let commands = lines.compactMap(WorkflowCommand.init)
    #expect(commands.map(\.name) == ["error", "error", "warning", "notice", "notice"])
    #expect(commands[3].properties["title"] == "zonewise: not judged")
    #expect(commands[3].message.contains("host dark: not judged: /proc/pagetypeinfo"))
    #expect(commands[1].properties["file"] == "bad.yaml")
    #expect(commands[1].properties["line"] == "3")
    #expect(commands[2].properties["file"] == "hosts/db 17.tar.gz")
    #expect(commands[2].properties["col"] == nil)
    #expect(lines.last?.hasPrefix("zonewise check: 1 error, 1 warning, 1 note in 43") == true)
  }

  @Test("The runner gets hostile text back, and no command out of it")
  func hostile() throws {
    let lines = lines(try CheckSamples.hostileResults())
    // Two open findings, one failure, the counts.
    #expect(lines.count == 4)
    let commands = lines.compactMap(WorkflowCommand.init)
    #expect(commands.map(\.name) == ["error", "error", "error"])
    for command in commands {
      #expect(
        Set(command.properties.keys).isSubset(of: ["file", "line", "col", "endColumn", "title"])
      )
      let file = try #require(command.properties["file"])
      #expect(file.contains("\r\n::error::x ::set-output name=a::b"))
      #expect(command.message.contains("%0A %25"))
    }
    let controls = lines.joined().unicodeScalars.filter {
      $0.properties.generalCategory == .control
    }
    #expect(controls.isEmpty)
  }

  @Test("Paths of a pull request have no dots before them")
  func paths() throws {
    let found = try CheckSamples.finding(at: ("./fleet/a,b:c%.yaml", 1, 1))
    let line = try #require(lines([.judged(CheckSamples.subject([found]))]).first)
    #expect(line.hasPrefix("::error file=fleet/a%2Cb%3Ac%25.yaml,line=1,"))
  }
}

@Suite("GitLab code quality of a check")
struct CheckCodeQualityTests {
  /// What GitLab reads of an entry; nothing of it may be missing.
  private struct Entry: Decodable {
    struct Lines: Decodable { var begin: Int }
    struct Location: Decodable {
      var path: String
      var lines: Lines
    }
    var description: String
    var check_name: String
    var fingerprint: String
    var severity: String
    var location: Location
  }

  private func entries(_ results: some Sequence<CheckResult>) throws -> [Entry] {
    let text = CheckSamples.render(.gitlab, results)
    return try JSONDecoder().decode([Entry].self, from: Data(text.utf8))
  }

  @Test("Each open finding is an entry, and so is what could not be judged")
  func contents() throws {
    let entries = try entries(try CheckSamples.all())
    #expect(entries.map(\.severity) == ["critical", "blocker", "major", "info", "info"])
    #expect(
      entries.map(\.check_name)
        == [
          "argument-without-effect", "input-not-judged", "ratio-over-limit", "input-not-known",
          "argument-misread",
        ]
    )
    #expect(entries[0].location.path == "fleet/99-worker.yaml")
    #expect(entries[0].location.lines.begin == 9)
    // Paths are compared with those of a change.
    #expect(entries[4].location.path == "grub")
    #expect(try self.entries([]).isEmpty)
  }

  @Test("No two fingerprints are equal, and equal ones are numbered the same each time")
  func fingerprints() throws {
    var found = try CheckSamples.finding()
    var nameless = found
    nameless.fingerprint = ""
    found.fingerprint = "same"
    let results = [
      CheckResult.judged(CheckSamples.subject([found, found, nameless, nameless, found]))
    ]
    let fingerprints = try entries(results + results).map(\.fingerprint)
    #expect(Set(fingerprints).count == 10)
    #expect(fingerprints.filter { $0.hasPrefix("same") }.count == 6)
    #expect(try entries(results + results).map(\.fingerprint) == fingerprints)
    #expect(fingerprints.allSatisfy { !$0.isEmpty })
  }

  @Test("Hostile text comes back as it was")
  func hostile() throws {
    let entries = try entries(try CheckSamples.hostileResults())
    #expect(entries.count == 3)
    for entry in entries { #expect(entry.description.contains(CheckSamples.hostile)) }
  }

  @Test(
    "It has the keys that another converter for GitLab writes",
    .enabled(if: Consumer.isThere("sarif"), ReportReader.missing)
  )
  func otherConverter() throws {
    let folder = try TemporaryFolder()
    let results = [CheckResult.judged(CheckSamples.subject([try CheckSamples.finding()]))]
    try folder.write("check.sarif", CheckSamples.render(.sarif, results))
    let run = try ReportReader.run("sarif", ["codeclimate", "check.sarif"], in: folder.url)
    #expect(run.status == 0, "\(run.errors)")
    func keys(_ text: String) throws -> (Set<String>, Set<String>) {
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
      let entry = try #require((object as? [[String: Any]])?.first)
      let place = try #require(entry["location"] as? [String: Any])
      return (Set(entry.keys), Set(place.keys))
    }
    let theirs = try keys(try folder.read("check.json"))
    let ours = try keys(CheckSamples.render(.gitlab, results))
    #expect(ours.0.isSubset(of: theirs.0), "\(theirs)")
    #expect(ours.1 == theirs.1)
  }
}
