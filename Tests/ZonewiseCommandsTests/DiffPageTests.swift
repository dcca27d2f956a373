internal import Foundation
internal import TestSupport
internal import Testing

@Suite("zonewise diff as a page")
struct DiffPageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func diff(_ arguments: [String], in place: URL? = nil) throws -> CommandRun {
    try CommandRun(["diff"] + arguments, in: place ?? folder.url)
  }

  /// What a text says, in one line and without Markdown's escapes.
  private func plain(_ text: String) -> String {
    text.filter { $0 != "\\" }.split { $0.isWhitespace }.joined(separator: " ")
  }

  @Test("Of two looks at a host the page says what the text says")
  func captures() throws {
    let sides = ["6.1-page-tables-before", "6.1-page-tables-after"]
    let text = try diff(sides, in: CommandRun.roots).output
    let page = try diff(sides + ["--output", "markdown"], in: CommandRun.roots)
    #expect(page.status == 0, "\(page.errors)")
    let words = plain(page.output)
    for line in text.split(separator: "\n") where line.contains("MiB") && line.hasPrefix("  ") {
      let parts = line.split(separator: " ").map(String.init)
      let unit = try #require(parts.firstIndex { $0.hasSuffix("iB") })
      #expect(unit > 0 && words.contains(parts[unit - 1] + " " + parts[unit]), "\(line)")
    }
    #expect(words.contains("page-tables") && words.contains("**WORSE.**"))
  }

  @Test(
    "Of two reports the page has who got worse, who is new, who is gone, and who can't be judged"
  )
  func reports() throws {
    func report(_ hosts: [(root: String, name: String)], _ file: String) throws {
      try folder.write("fleet.ndjson", NamedHosts.bundles(hosts).utf8)
      let run = try CommandRun(
        ["report", "fleet.ndjson", "nowhere", "--date", "2026-11-23", "--output", "json=\(file)"],
        in: folder.url
      )
      #expect(run.status == 0, "\(run.errors)")
    }
    let quiet = "6.12-two-nodes-kernelcore"
    try report(
      [("7.x-anonymous-spills-before", "falls"), (quiet, "stays"), (quiet, "goes")],
      "a.json"
    )
    try report(
      [(quiet, "stays"), ("6.1-one-node-by-lists.tar.gz", "falls"), (quiet, "<b>comes</b>")],
      "b.json"
    )
    let run = try diff([
      "a.json", "b.json", "--output", "html=page.html", "--output", "markdown", "--output",
      "json=diff.json",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let markdown = plain(run.output)
    for words in [
      "**1 HOST GOT WORSE,**", "| falls | balanced | tight |", "New: 1 host", "Gone: 1 host",
      "| goes; fleet.ndjson", "Not judged: 1 host", "nowhere", "<b>comes</b>",
    ] { #expect(markdown.contains(words), "\(words)") }
    let html = try folder.read("page.html")
    #expect(html.contains("&lt;b&gt;comes") && !html.contains("<b>comes"))
    #expect(html.hasSuffix("</html>\n"))
    #expect(try JSON(try folder.read("diff.json"))["summary"]["worse"].number == 1)
  }

  @Test("Nothing that moved is said, and one format at most goes to standard output")
  func edges() throws {
    let host = CommandRun.roots.appending(path: "6.12-two-nodes-kernelcore").path
    let same = try diff([host, host, "--format", "markdown"])
    #expect(same.status == 0 && plain(same.output).contains("Nothing moved by 256 KiB or more."))
    #expect(plain(same.output).contains("The same as before."))
    #expect(try diff([host, host, "--output", "html", "--output", "json"]).status == 64)
    #expect(try diff([host, host, "--output", "pdf=x"]).status == 64)
    #expect(try diff([host, host, "--output", "html=nowhere/x"]).status == 2)
  }
}
