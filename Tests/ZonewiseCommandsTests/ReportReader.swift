internal import Foundation
internal import TestSupport
internal import Testing

/// Programs that read what `report` writes: the real ones, where they are installed.
enum ReportReader {
  /// Why a test is left out.
  static let missing = Consumer.missing

  static let hasChromium =
    Consumer.path("chromium-browser") != nil || Consumer.isThere("chromium")
  static let hasMarkdown = Consumer.isThere("cmark-gfm")
  static let hasPython = Consumer.isThere("python3")

  /// What the rules for pages find wrong when Chromium opens one and uses it.
  static func faults(of html: String) throws -> [String] {
    let folder = try TemporaryFolder()
    let page = try folder.write("page.html", html.utf8)
    let script = CommandRun.tests.appending(path: "Scripts/check-page").path
    let run = try output("/usr/bin/python3", [script, page.path])
    try #require(run.status == 0 || !run.output.isEmpty, "the check failed without a word")
    return run.output.split(separator: "\n").map(String.init)
  }

  /// How many sheets of paper a page prints on.
  static func pages(of html: String) throws -> Int {
    let folder = try TemporaryFolder()
    let page = try folder.write("page.html", html.utf8)
    let script = CommandRun.tests.appending(path: "Scripts/check-page").path
    let pdf = folder.path("page.pdf")
    _ = try output("/usr/bin/python3", [script, page.path, "--pdf", pdf])
    let bytes = try Data(contentsOf: URL(filePath: pdf))
    let text = String(decoding: bytes, as: UTF8.self)
    return text.matches(of: #/\/Type ?\/Page\b/#).count
  }

  /// Markdown as GitHub's renderer makes HTML of it.
  static func rendered(_ markdown: String) throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write("page.md", markdown.utf8)
    let run = try output("/usr/bin/cmark-gfm", ["--extension", "table", file.path])
    try #require(run.status == 0)
    return run.output
  }

  /// Lines of a CSV as Python's reader gives them, by column.
  static func lines(_ csv: String) throws -> [[String: String]] {
    let folder = try TemporaryFolder()
    let file = try folder.write("table.csv", csv.utf8)
    let program = """
      import csv, json, sys
      rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8"), strict=True))
      assert all(None not in row and None not in row.values() for row in rows), "a row of another width"
      print(json.dumps(rows))
      """
    let run = try output("/usr/bin/python3", ["-c", program, file.path])
    try #require(run.status == 0, "\(run.output)")
    return try JSONDecoder().decode([[String: String]].self, from: Data(run.output.utf8))
  }

  private static func output(
    _ tool: String,
    _ arguments: [String]
  ) throws -> (status: Int32, output: String) {
    let run = try Consumer.run(tool, arguments)
    return (run.status, run.output + run.errors)
  }
}

/// Snapshots of booted hosts under names that strangers could choose.
enum HostileFleet {
  static let names = [
    "<script>window.hacked = 1</script>", "<img src=x onerror=\"window.hacked=1\">",
    "a,\"b\"\nc", "=HYPERLINK(\"http://x\")", "{{title}}{{{script}}}", "`code` | cell | ![x](y)",
    "</title></style><script>window.hacked=1</script>", "'\"><svg/onload=window.hacked=1>",
    "\u{1B}[31mred", "a-host-with-a-long-name.rack-17.room-4.site-berlin.example.com",
    "averylongnamewithoutanyplacewhereitcouldbebrokenatalltobeseen", "plain-host",
  ]

  /// One line for each name, from a host of each kind in turn.
  static func lines() throws -> String {
    var hosts: [String] = []
    for root in ["6.12-node-without-kernel-memory", "7.x-anonymous-spills-after"] {
      let run = try CommandRun(
        ["capture", root, "--format", "json", "-o", "-"],
        in: CommandRun.roots
      )
      try #require(run.status == 0, "\(run.errors)")
      hosts.append(run.output)
    }
    var lines = ""
    for (index, name) in names.enumerated() {
      let quoted = String(decoding: try JSONEncoder().encode(name), as: UTF8.self)
      let host = hosts[index % hosts.count]
      let named = host.replacingOccurrences(
        of: "\"/proc/sys/kernel/hostname\":\"lab\\n\"",
        with: "\"/proc/sys/kernel/hostname\":\(quoted)"
      )
      let command = String(
        decoding: try JSONEncoder().encode("x=\(name) kernelcore=2G"),
        as: UTF8.self
      )
      let before = try #require(named.range(of: "\"/proc/cmdline\":\""))
      let end = try #require(named[before.upperBound...].firstIndex(of: "\""))
      lines += named.replacingCharacters(
        in: before.lowerBound...end,
        with: "\"/proc/cmdline\":\(command)"
      )
    }
    return lines
  }
}
