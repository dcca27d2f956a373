internal import Foundation
internal import TestSupport
internal import Testing

/// Reports as the programs that they are made for read them.
@Suite("Report formats", .serialized)
struct ReportFormatTests {
  private func fleet(_ format: String, _ options: [String] = []) throws -> String {
    let run = try CommandRun(
      ["report"] + CommandRun.bootedHosts + ["nowhere", "--date", "2026-11-23", "--format", format]
        + options,
      in: CommandRun.roots
    )
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  private func hostile(_ format: String, _ options: [String] = []) throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write("hosts.ndjson", try HostileFleet.lines().utf8)
    let run = try CommandRun(
      [
        "report", file.path, "--date", "2026-11-23", "--format", format, "--title",
        "<script>window.hacked = 1</script>",
      ] + options
    )
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  // MARK: HTML

  private static let browser = ReportReader.hasChromium && ReportReader.hasPython

  @Test(
    "Chromium finds a fleet's page sound: sorted, searched, filtered, dark, narrow, on paper",
    .enabled(if: browser, ReportReader.missing)
  )
  func fleetPage() throws {
    let html = try fleet("html", ["--add", "dimm:1GiB", "--grow", "page-tables=4x"])
    #expect(try ReportReader.faults(of: html) == [])
  }

  @Test("a host's page is sound", .enabled(if: browser, ReportReader.missing))
  func hostPage() throws {
    let run = try CommandRun(
      [
        "report", "6.12-node-without-kernel-memory", "--add", "dimm:1GiB", "--format", "html",
        "--date", "2026-11-23",
      ],
      in: CommandRun.roots
    )
    #expect(try ReportReader.faults(of: run.output) == [])
  }

  @Test(
    "hosts beyond the worst are found in the same file, by a script and without one",
    .enabled(if: browser, ReportReader.missing)
  )
  func everyHost() throws {
    let html = try hostile("html", ["--worst", "2"])
    #expect(try ReportReader.faults(of: html) == [])
    let list = try #require(html.range(of: "<h2 id=\"every-host-title\">"))
    let lines = html[list.upperBound...]
    #expect(lines.contains("plain-host") && lines.contains("&lt;script&gt;window.hacked"))
    // All of them fit into the table: no list is needed.
    #expect(try !hostile("html").contains("every-host"))
  }

  @Test("the one page for who decides fits one page", .enabled(if: browser, ReportReader.missing))
  func brief() throws {
    let html = try fleet("html", ["--summary"])
    #expect(try ReportReader.faults(of: html) == [])
    #expect(try ReportReader.pages(of: html) == 1)
    let hostile = try hostile("html", ["--summary"])
    #expect(try ReportReader.faults(of: hostile) == [])
    #expect(try ReportReader.pages(of: hostile) == 1)
  }

  @Test("a comparison's page is sound", .enabled(if: browser, ReportReader.missing))
  func diffPage() throws {
    let folder = try TemporaryFolder()
    try folder.write("new.json", try hostile("json").utf8)
    try folder.write("old.json", try fleet("json").utf8)
    for sides in [["new.json", "old.json"], ["old.json", "new.json"]] {
      let run = try CommandRun(["diff"] + sides + ["--output", "html"], in: folder.url)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("&lt;script&gt;window."))
      #expect(try ReportReader.faults(of: run.output) == [])
    }
    let hosts = try CommandRun(
      ["diff", "6.1-page-tables-before", "6.1-page-tables-after", "--format", "html"],
      in: CommandRun.roots
    )
    #expect(try ReportReader.faults(of: hosts.output) == [])
  }

  @Test("foreign names do no harm to a page", .enabled(if: browser, ReportReader.missing))
  func hostilePage() throws {
    let html = try hostile("html")
    #expect(html.contains("&lt;script&gt;window.hacked"))
    let faults = try ReportReader.faults(of: html)
    #expect(faults.isEmpty, "\(faults)")
  }

  @Test(
    "the page's check sees what is wrong",
    .enabled(if: browser, ReportReader.missing),
    arguments: [
      ("<caption>Hosts by verdict", "<caption>", "tables"),
      ("--soft: #515c6b", "--soft: #c0c8d0", "contrast"),
      ("<h2 id=", "<h4 id=", "headings"), ("id=\"groups\"", "id=\"hosts\"", "ids"),
      ("</main>", "</main><script>window.hacked = 1</script>", "hostile"),
      ("aria-label=\"node 0", "title=\"node 0", "pictures"),
      ("? a - b : String", "? b - a : String", "use"),
      ("<label>Search ", "<label></label>", "labels"), ("lang=\"en\"", "", "lang"),
      ("\"use strict\";", "\"use strict\"; console.log(1);", "console"),
      (".scroll { overflow-x: auto;", ".scroll { overflow-x: visible; min-width: 900px;", "width"),
      (
        "tbody th { font-weight: 600; min-width: 8.5rem; }",
        "tbody th { overflow-wrap: anywhere; min-width: 0; }", "names"
      ),
      ("nav, .tools, .skip, footer, .finder, .page, .tip { display: none; }", "", "print"),
      ("tip.hidden = false;", "", "words"),
      ("aria-describedby=\"term-ratio-text\"", "aria-describedby=\"term-rat-text\"", "words"),
    ]
  )
  func brokenPage(part: String, change: String, rule: String) throws {
    let run = try CommandRun(
      [
        "report", "6.12-node-without-kernel-memory", "6.12-one-node-no-movable", "--format", "html",
        "--date", "2026-11-23",
      ],
      in: CommandRun.roots
    )
    let html = run.output
    let broken = html.replacingOccurrences(of: part, with: change)
    try #require(broken != html)
    let faults = try ReportReader.faults(of: broken)
    #expect(faults.contains { $0.hasPrefix(rule) }, "\(faults)")
  }

  // MARK: CSV

  @Test("Python reads the CSV: a line per host and node", .enabled(if: ReportReader.hasPython))
  func csv() throws {
    let lines = try ReportReader.lines(try fleet("csv"))
    let hosts = lines.filter { $0["node"] == "" }
    #expect(hosts.count == CommandRun.bootedHosts.count + 1)
    #expect(hosts.compactMap { $0["source"] } == CommandRun.bootedHosts + ["nowhere"])
    for host in hosts where host["failure"] == "" {
      let nodes = lines.filter { $0["source"] == host["source"] && $0["node"] != "" }
      for column in ["total_bytes", "kernel_bytes", "movable_bytes"] {
        let sum = nodes.compactMap { $0[column].flatMap(UInt64.init) }.reduce(0, +)
        #expect(host[column] == "\(sum)", "\(column) of \(host["source"] ?? "")")
      }
    }
  }

  @Test(
    "foreign names come back from the CSV, and none is a formula",
    .enabled(if: ReportReader.hasPython)
  )
  func hostileCSV() throws {
    let hosts = try ReportReader.lines(try hostile("csv")).filter { $0["node"] == "" }
    #expect(hosts.count == HostileFleet.names.count)
    for (host, name) in zip(hosts, HostileFleet.names) {
      #expect(host["host"] == (name.hasPrefix("=") ? "'" + name : name))
    }
  }

  @Test("every column of the CSV is documented")
  func columns() throws {
    let text = try String(
      contentsOf: CommandRun.tests.deletingLastPathComponent()
        .appending(path: "Documentation/report.md"),
      encoding: .utf8
    )
    let header = try #require(try fleet("csv").split(separator: "\r\n").first)
    for column in header.split(separator: ",") {
      #expect(text.contains("`\(column)`"), "\(column)")
    }
  }

  // MARK: Markdown

  @Test(
    "a Markdown renderer finds every table whole",
    .enabled(if: ReportReader.hasMarkdown, ReportReader.missing)
  )
  func markdown() throws {
    for markdown in [try fleet("markdown", ["--add", "dimm:1GiB"]), try hostile("markdown")] {
      let rules = markdown.split(separator: "\n").filter {
        $0.hasPrefix("|") && $0.allSatisfy { "|:-".contains($0) }
      }
      let html = try ReportReader.rendered(markdown)
      #expect(rules.count > 10)
      #expect(html.components(separatedBy: "<table>").count - 1 == rules.count)
      // Every line of a table became a row of one, with as many cells as the table has columns.
      let lines = markdown.split(separator: "\n").filter { $0.hasPrefix("|") }.count
      #expect(html.components(separatedBy: "<tr>").count - 1 == lines - rules.count)
      #expect(!html.contains("<td></td>\n<td></td>\n<td></td>\n<td></td>\n<td></td>\n<td></td>"))
      #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("<svg"))
    }
  }
}
