internal import Foundation
internal import Testing

@Suite("zonewise report")
struct ReportTests {
  private static let hosts = ["6.12-node-without-kernel-memory", "5.10-one-node-no-movable"]

  private func report(_ arguments: [String]) throws -> CommandRun {
    try CommandRun(["report", "--date", "2026-11-23"] + arguments, in: CommandRun.roots)
  }

  @Test("JSON has the hosts in the order of their sources, and a summary")
  func json() throws {
    let run = try report(Self.hosts + ["--format", "json"])
    #expect(run.status == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    )
    let hosts = try #require(object["hosts"] as? [[String: Any]])
    #expect(hosts.compactMap { $0["source"] as? String } == Self.hosts)
    #expect(hosts.first?["verdict"] as? String == "imbalanced")
    #expect((object["summary"] as? [String: Any])?["hosts"] as? Int == 2)
  }

  @Test("A broken source is a row that says so, and the others are judged")
  func brokenSource() throws {
    let run = try report(["nowhere", Self.hosts[1], "--format", "csv"])
    #expect(run.status == 0)
    #expect(run.output.contains("nowhere: no such file or directory"))
    #expect(run.output.contains("balanced"))
  }

  @Test("Without any source that can be judged the exit code is 2, with the reasons")
  func nothing() throws {
    let run = try report(["nowhere"])
    #expect(run.status == 2)
    #expect(run.errors.contains("nowhere: no such file or directory"))
    #expect(run.output.isEmpty)
  }

  @Test("The same input gives the same bytes, in every format")
  func reproducible() throws {
    for format in ["html", "markdown", "csv", "json"] {
      let first = try report(Self.hosts + ["--format", format])
      #expect(first.status == 0)
      #expect(first.output == (try report(Self.hosts + ["--format", format])).output)
    }
  }

  @Test("A host named like a script is text in HTML and Markdown")
  func hostileName() throws {
    let root = FileManager.default.temporaryDirectory.appending(
      path: "zonewise-report-\(ProcessInfo.processInfo.globallyUniqueString)"
    )
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.copyItem(
      at: CommandRun.roots.appending(path: Self.hosts[1]),
      to: root
    )
    try Data("<script>alert(1)</script>\n".utf8).write(
      to: root.appending(path: "proc/sys/kernel/hostname")
    )
    let html = try report([root.path, "--format", "html"])
    #expect(html.status == 0)
    #expect(html.output.contains("&lt;script&gt;alert(1)"))
    #expect(!html.output.contains("<script>alert"))
    let markdown = try report([root.path, "--format", "markdown"])
    #expect(markdown.output.contains("\\<script\\>"))
  }

  @Test("Growth changes what is needed, and the report says what was asked")
  func whatIf() throws {
    let run = try report([Self.hosts[0], "--grow", "slab-unreclaimable=20x"])
    #expect(run.status == 0)
    #expect(run.output.contains("What if: slab, unreclaimable at 2000 % of today"))
    #expect(try report([Self.hosts[0], "--grow", "nonsense=2x"]).status == 64)
  }
}
