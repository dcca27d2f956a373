internal import Foundation
internal import TestSupport
internal import Testing

@Suite("zonewise diff")
struct DiffTests {
  private struct Answer: Decodable {
    struct Figure: Decodable {
      var id: String
      var beforeBytes: Int64?
      var afterBytes: Int64?
      var changeBytes: Int64?
    }
    struct Moved: Decodable {
      var beforeBytes: Int64?
      var afterBytes: Int64?
      var changeBytes: Int64?
    }
    struct Term: Decodable {
      var id: String
      var node: Int?
      var now: Moved
    }
    struct Finding: Decodable {
      var rule: String
    }
    struct Host: Decodable {
      var name: String
      var direction: String
      var verdictBefore: String
      var verdictAfter: String
      var figures: [Figure]
      var terms: [Term]
      var newFindings: [Finding]
    }
    struct Named: Decodable {
      var name: String
    }
    struct Failed: Decodable {
      var source: String
    }
    var kind: String
    var summary: [String: Int]
    var hosts: [Host]
    var appeared: [Named]
    var gone: [Named]
    var notJudged: [Failed]
  }

  private func answer(_ before: String, _ after: String, in folder: URL) throws -> Answer {
    let run = try CommandRun(["diff", before, after, "--format", "json"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
  }

  /// A report of hosts, each under the name that is given.
  private func report(
    _ hosts: [(root: String, name: String)],
    in folder: TemporaryFolder,
    _ file: String
  ) throws {
    try folder.write("fleet.ndjson", NamedHosts.bundles(hosts).utf8)
    let run = try CommandRun(
      ["report", "fleet.ndjson", "nowhere", "--date", "2026-11-23", "--output", "json=\(file)"],
      in: folder.url
    )
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test("64 MiB of page tables are the term that moved, on their node")
  func captures() throws {
    let answer = try answer(
      "6.1-page-tables-before",
      "6.1-page-tables-after",
      in: CommandRun.roots
    )
    #expect(answer.kind == "hosts")
    let host = try #require(answer.hosts.first)
    #expect(host.direction == "worse")
    #expect(host.newFindings.map(\.rule) == ["page-tables"])
    let term = try #require(host.terms.first)
    #expect(term.id == "page-tables" && term.node == 1)
    #expect((60...70).contains((term.now.changeBytes ?? 0) >> 20))
    for figure in host.figures {
      let (before, after) = (try #require(figure.beforeBytes), try #require(figure.afterBytes))
      #expect(figure.changeBytes == after - before, "\(figure.id)")
    }
  }

  @Test("a host against itself has not moved")
  func same() throws {
    let host = "6.12-two-nodes-kernelcore"
    let answer = try answer(host, host, in: CommandRun.roots)
    #expect(answer.hosts.isEmpty)
    #expect(answer.summary["unchanged"] == 1)
  }

  @Test("two reports: who got worse comes first, who came, who went, and who can't be judged")
  func reports() throws {
    let folder = try TemporaryFolder()
    let quiet = "6.12-two-nodes-kernelcore"
    try report(
      [("7.x-anonymous-spills-before", "a"), (quiet, "b"), (quiet, "c")],
      in: folder,
      "old.json"
    )
    try report(
      [(quiet, "b"), ("6.1-one-node-by-lists.tar.gz", "a"), (quiet, "d")],
      in: folder,
      "new.json"
    )
    let answer = try answer("old.json", "new.json", in: folder.url)
    #expect(answer.kind == "reports")
    #expect(answer.hosts.map(\.name) == ["a"])
    #expect(answer.hosts.first?.verdictBefore == "balanced")
    #expect(answer.hosts.first?.verdictAfter == "tight")
    #expect(answer.appeared.map(\.name) == ["d"])
    #expect(answer.gone.map(\.name) == ["c"])
    #expect(answer.notJudged.map(\.source) == ["nowhere"])
    #expect(answer.summary["worse"] == 1 && answer.summary["unchanged"] == 1)
    let text = try CommandRun(["diff", "old.json", "new.json"], in: folder.url)
    #expect(text.output.contains("1 HOST GOT WORSE"))
    #expect(text.output.contains("a: balanced → tight"))
    let failing = try CommandRun(
      ["diff", "old.json", "new.json", "--fail-on", "note", "--quiet"],
      in: folder.url
    )
    #expect(failing.status == 1 && failing.output.isEmpty)
  }

  @Test("what two reports say of a host is what two captures of it say")
  func alike() throws {
    let folder = try TemporaryFolder()
    let (before, after) = ("7.x-gigantic-pages-before", "7.x-gigantic-pages-after")
    try report([(before, "x")], in: folder, "old.json")
    try report([(after, "x")], in: folder, "new.json")
    let reports = try #require(try answer("old.json", "new.json", in: folder.url).hosts.first)
    let captures = try #require(try answer(before, after, in: CommandRun.roots).hosts.first)
    #expect(reports.figures.map(\.changeBytes) == captures.figures.map(\.changeBytes))
    #expect(reports.terms.map(\.now.changeBytes) == captures.terms.map(\.now.changeBytes))
    #expect(reports.direction == captures.direction)
  }

  @Test(
    "what can't be compared is refused with the reason",
    arguments: [
      (["nowhere", "6.12-two-nodes-kernelcore"], Int32(2), "nowhere: no such file"),
      (["6.12-two-nodes-kernelcore"], 64, "after"), (["-", "-"], 64, "standard input"),
    ]
  )
  func refusals(arguments: [String], status: Int32, message: String) throws {
    let run = try CommandRun(["diff"] + arguments, in: CommandRun.roots)
    #expect(run.status == status)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test("a damaged report is refused with line and column, and one against a host with the way out")
  func damaged() throws {
    let folder = try TemporaryFolder()
    try report([("6.12-two-nodes-kernelcore", "x")], in: folder, "good.json")
    let text = try String(contentsOf: folder.url.appending(path: "good.json"), encoding: .utf8)
    try folder.write("cut.json", text.prefix(text.count / 2).utf8)
    try folder.write(
      "odd.json",
      text.replacingOccurrences(of: "\"balanced\"", with: "\"fine\"").utf8
    )
    for file in ["cut.json", "odd.json"] {
      let run = try CommandRun(["diff", "good.json", file], in: folder.url)
      #expect(run.status == 2)
      #expect(run.errors.contains("\(file):"), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
    let host = CommandRun.roots.appending(path: "6.12-two-nodes-kernelcore").path
    let mixed = try CommandRun(["diff", "good.json", host], in: folder.url)
    #expect(mixed.status == 64)
    #expect(mixed.errors.contains("two reports, or two hosts"))
  }

  @Test("the text fits 80 columns")
  func width() throws {
    for option in [[], ["--verbose"]] {
      let run = try CommandRun(
        ["diff", "7.x-anonymous-spills-before", "7.x-anonymous-spills-after"]
          + option,
        in: CommandRun.roots
      )
      for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }
}
