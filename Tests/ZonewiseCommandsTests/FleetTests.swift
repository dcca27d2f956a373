internal import Foundation
internal import TestSupport
internal import Testing

/// `zonewise fleet` over streams, parts of them, and sources that fail.
@Suite("zonewise fleet")
struct FleetTests {
  private static let hosts = [
    "6.12-two-nodes-kernelcore", "6.12-one-node-no-movable", "6.1-hot-added-movable",
  ]

  /// Bundles, one a line; one line in the middle is none.
  private static func stream(_ count: Int) throws -> [String] {
    let bundles = try hosts.map { host in
      let run = try CommandRun(["capture", "--slim", "-o", "-", host], in: CommandRun.roots)
      return run.output.split(separator: "\n").map(String.init).joined()
    }
    return (0..<count).map {
      $0 == 3 ? "{\"schemaVersion\":2,\"kind\":\"bundle\"" : bundles[$0 % bundles.count]
    }
  }

  @Test("parts of a stream give the lines and the summary of the whole, byte for byte")
  func parts() throws {
    let folder = try TemporaryFolder()
    let lines = try Self.stream(11)
    try folder.write("fleet.ndjson", (lines.joined(separator: "\n") + "\n").utf8)
    let whole = try CommandRun(["fleet", "fleet.ndjson", "--partial", "all.json"], in: folder.url)
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(whole.output.split(separator: "\n").count == 11)
    #expect(whole.output.contains("\"source\":\"fleet.ndjson:4\",\"failure\":\"fleet.ndjson:4:"))
    var output = ""
    for (first, last) in [(0, 2), (2, 7), (7, 11)] {
      try folder.write("part", (lines[first..<last].joined(separator: "\n") + "\n").utf8)
      let run = try CommandRun(
        [
          "fleet", "-", "--stream-name", "fleet.ndjson", "--first-line", "\(first + 1)",
          "--partial", "part-\(first).json",
        ],
        in: folder.url,
        through: ["/bin/sh", "-c", "exec \"$@\" < part", "sh"]
      )
      #expect(run.status == 0, "\(run.errors)")
      output += run.output
    }
    #expect(output == whole.output)
    let merged = try CommandRun(
      ["fleet", "--merge", "part-7.json", "part-0.json", "part-2.json"],
      in: folder.url
    )
    #expect(merged.status == 0, "\(merged.errors)")
    #expect(try folder.read("all.json") == merged.output)
  }

  @Test("sources that fail are lines, and only where nothing else is there an exit code of 2")
  func failures() throws {
    let some = try CommandRun(["fleet", "nowhere", Self.hosts[0]], in: CommandRun.roots)
    #expect(some.status == 0, "\(some.errors)")
    #expect(some.output.hasPrefix("{\"source\":\"nowhere\",\"failure\":"))
    let strict = try CommandRun(
      ["fleet", "nowhere", Self.hosts[0], "--strict"],
      in: CommandRun.roots
    )
    #expect(strict.status == 3)
    let none = try CommandRun(["fleet", "nowhere"], in: CommandRun.roots)
    #expect(none.status == 2)
    #expect(none.output.hasPrefix("{\"source\":\"nowhere\""))
  }

  @Test("progress is said on standard error alone")
  func progress() throws {
    let run = try CommandRun(
      ["fleet", Self.hosts[0], "--progress", "--quiet"],
      in: CommandRun.roots
    )
    #expect(run.status == 0)
    #expect(run.output == "")
    #expect(run.errors == "zonewise: 1 hosts, 0 of them not judged\n")
  }
}
