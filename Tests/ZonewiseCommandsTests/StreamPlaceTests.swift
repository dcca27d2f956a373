internal import Foundation
internal import TestSupport
internal import Testing

/// Sources as reports name them: a line of a stream, a line of a spec.
@Suite("A machine by its line")
struct StreamPlaceTests {
  private static let hosts = ["6.12-two-nodes-kernelcore", "6.12-one-node-no-movable"]

  private func stream(in folder: TemporaryFolder) throws -> String {
    let lines = try Self.hosts.map { host in
      try CommandRun(["capture", host, "-o", "-"], in: CommandRun.roots).output
    }
    try folder.write("hosts.ndjson", lines.joined())
    return folder.path("hosts.ndjson")
  }

  @Test("each line of a stream is the host that is there")
  func lines() throws {
    let folder = try TemporaryFolder()
    let stream = try stream(in: folder)
    for (number, host) in Self.hosts.enumerated() {
      let line = try CommandRun(["predict", "\(stream):\(number + 1)", "--format", "json"])
      let alone = try CommandRun(["predict", host, "--format", "json"], in: CommandRun.roots)
      #expect(line.status == 0, "\(line.errors)")
      // Where it was read stands in it.
      func nodes(_ text: String) -> Substring? {
        text.firstRange(of: "\"nodes\"").map { text[$0.lowerBound...] }
      }
      #expect(nodes(line.output) == nodes(alone.output))
    }
  }

  @Test("what reports call a class of a spec is that class")
  func classes() throws {
    let folder = try TemporaryFolder()
    let spec = """
      schema: 1
      defaults: {arch: x86_64, kernel: "6.12"}
      classes:
        - name: pair
          nodes: [{memory: 16GiB, cpus: 4}, {memory: 16GiB, cpus: 4}]
        - name: single
          nodes: [{memory: 8GiB, cpus: 2}]

      """
    try folder.write("fleet.yaml", spec)
    let path = folder.path("fleet.yaml")
    for (line, name) in [(4, "pair"), (6, "single")] {
      let byLine = try CommandRun(["advise", "\(path):\(line)", "--format", "json"])
      let byName = try CommandRun(["advise", "\(path)#\(name)", "--format", "json"])
      #expect(byLine.status == 0, "\(byLine.errors)")
      #expect(byLine.output == byName.output)
    }
  }

  @Test("a line on which there is none, and a file that has no lines of hosts, are refused")
  func refused() throws {
    let folder = try TemporaryFolder()
    let stream = try stream(in: folder)
    try folder.write("plain.txt", "nothing\n")
    for (source, words) in [
      ("\(stream):3", "no host or machine class begins on line 3"),
      ("\(folder.path("plain.txt")):1", "names the host on a line of a stream"),
      ("\(stream):0", "no such file"), ("\(stream):x", "no such file"),
    ] {
      let run = try CommandRun(["advise", source])
      #expect(run.status == 2 && run.errors.contains(words), "\(source): \(run.errors)")
    }
  }
}
