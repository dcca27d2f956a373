internal import Foundation
internal import TestSupport
internal import Testing

/// Every command on every kind of source, as Documentation/sources.md has it.
@Suite("Commands and sources")
struct SourceMatrixTests {
  private static let fleet = """
    schema: 1
    defaults: {arch: x86_64, kernel: ["5.10", "6.12"]}
    classes:
      - name: pair
        nodes: [{memory: 16GiB, cpus: 4}, {memory: 16GiB, cpus: 4}]
      - name: single
        nodes: [{memory: 8GiB, cpus: 2}]

    """

  private static let machine = """
    schema: 1
    machine: {name: lone, arch: x86_64, kernel: "6.12", nodes: [{memory: 8GiB, cpus: 2}]}

    """

  /// One node of 8 GiB, booted without arguments.
  static let bootLog = """
    [    0.000000] Linux version 6.1.99 (build@host) #1 SMP
    [    0.000000] Command line: quiet
    [    0.000000] Zone ranges:
    [    0.000000]   DMA      [mem 0x0000000000001000-0x0000000000ffffff]
    [    0.000000]   DMA32    [mem 0x0000000001000000-0x00000000ffffffff]
    [    0.000000]   Normal   [mem 0x0000000100000000-0x000000023fffffff]
    [    0.000000] Movable zone start for each node
    [    0.000000] Early memory node ranges
    [    0.000000]   node   0: [mem 0x0000000000001000-0x000000000009efff]
    [    0.000000]   node   0: [mem 0x0000000000100000-0x00000000bfffffff]
    [    0.000000]   node   0: [mem 0x0000000100000000-0x000000023fffffff]
    [    0.000000] Initmem setup node 0 [mem 0x0000000000001000-0x000000023fffffff]

    """

  private static let lsmem = """
    RANGE                                  SIZE  STATE REMOVABLE BLOCK NODE   ZONES
    0x0000000000000000-0x0000000007ffffff  128M online       yes     0    0    None
    0x0000000008000000-0x00000000bfffffff  2.9G online       yes  1-23    0   DMA32
    0x0000000100000000-0x000000013fffffff    1G online       yes 32-39    0 Movable

    Memory block size:       128M

    """

  private static let free = """
                   total        used        free      shared  buff/cache   available
    Mem:        16302236     4123456     9876543      123456     2302237    11987654
    Swap:        2097148           0     2097148

    """

  private static let root = "6.12-two-nodes-kernelcore"

  /// Where a source of each kind is.
  private static func sources(in folder: TemporaryFolder) throws -> [String: String] {
    let host = CommandRun.roots.appending(path: root)
    var paths = ["root": host.path]
    for (kind, name) in [("archive", "host.tar.gz"), ("bundle", "host.json")] {
      paths[kind] = folder.path(name)
      let run = try CommandRun(["capture", "-o", folder.path(name), host.path])
      try #require(run.status == 0, "\(run.errors)")
    }
    let bundle = try folder.read("host.json")
    for (kind, name, text) in [
      ("stream", "hosts.ndjson", bundle + bundle), ("fleet", "fleet.yaml", fleet),
      ("machine", "machine.yaml", machine), ("boot-log", "boot.log", bootLog),
      ("lsmem", "lsmem.txt", lsmem), ("free", "free.txt", free),
      ("oom-log", "oom.log", try Fixtures.text("OOM/6.12-oom-imbalance.log")),
      (
        "zoneinfo", "zoneinfo",
        try String(contentsOf: host.appending(path: "proc/zoneinfo"), encoding: .utf8)
      ),
    ] {
      paths[kind] = try folder.write(name, text).path
    }
    paths["class"] = folder.path("fleet.yaml") + "#pair"
    return paths
  }

  private static func arguments(_ command: String, _ source: String, _ kind: String) -> [String] {
    let given = kind == "zoneinfo" ? ["--page-size", "4K"] : []
    return switch command {
    case "plan": ["plan", source, "--add", "dimm:1GiB@0"] + given
    case "cmdline": ["cmdline", "--for", "grub", source, "--want", "max"] + given
    case "cmdline --args":
      ["cmdline", "--for", "grub", source, "--args", "kernelcore=4G"] + given
    case "diff": ["diff", source, source]
    case "check": ["check", source, "--fail-on", "never"]
    case "report": ["report", source]
    default: [command, source] + given
    }
  }

  /// The rows of the table: kind of source, and what each command makes of it.
  private static func table() throws -> (commands: [String], rows: [(String, [String])]) {
    let page = Fixtures.checkout.appending(path: "Documentation/sources.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let start = try #require(rows.firstIndex { $0.first == "SOURCE" && $0.count > 3 })
    let body = rows[(start + 2)...].prefix { $0.count == rows[start].count }
    return (Array(rows[start].dropFirst()), body.map { ($0[0], Array($0.dropFirst())) })
  }

  @Test("Every command answers from a source, or says what it is and what to add")
  func matrix() throws {
    let folder = try TemporaryFolder()
    let sources = try Self.sources(in: folder)
    let (commands, rows) = try Self.table()
    #expect(Set(rows.map(\.0)) == Set(sources.keys))
    for (kind, cells) in rows {
      let source = try #require(sources[kind])
      for (command, cell) in zip(commands, cells) {
        let run = try CommandRun(Self.arguments(command, source, kind))
        let said = run.output + run.errors
        switch cell {
        case "yes":
          #expect([0, 1].contains(run.status), "\(command) of \(kind): \(run.errors)")
          #expect(!run.output.isEmpty, "\(command) of \(kind) said nothing")
        case "one":
          #expect(run.status == 2, "\(command) of \(kind) ended with \(run.status): \(said)")
          #expect(said.contains("one"), "\(command) of \(kind): \(said)")
        default:
          #expect(cell == "no")
          #expect(run.status == 2, "\(command) of \(kind) ended with \(run.status): \(said)")
          let file = String(source.split(separator: "/").last ?? "")
          #expect(said.contains(file), "\(command) of \(kind) names no file: \(said)")
        }
      }
    }
  }

  // MARK: Classes

  private func json(_ run: CommandRun) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    return try #require(value as? [String: Any])
  }

  @Test("A class's argument suits each of its kernels: predict gives what advise promised")
  func promise() throws {
    let folder = try TemporaryFolder()
    let source = try folder.write("fleet.yaml", Self.fleet).path + "#pair"
    let advice = try json(
      try CommandRun(["advise", source, "--want", "16GiB", "--format", "json"])
    )
    let host = try #require(advice["host"] as? [String: Any])
    #expect(host["kernels"] as? [String] == ["5.10", "6.12"])
    let want = try #require(advice["want"] as? [String: Any])
    #expect(want["safe"] as? Bool == true)
    let gives = try #require(want["givesMovableBytes"] as? Int)
    let recommendation = try #require(advice["recommendation"] as? [String: Any])
    let argument = try #require((recommendation["arguments"] as? [String])?.first)
    for kernel in ["5.10", "6.12"] {
      let run = try CommandRun([
        "predict", source, "--kernel", kernel, "--cmdline", argument, "--format", "json",
      ])
      let totals = try #require(try json(run)["totals"] as? [String: Any])
      #expect(totals["movableBytes"] as? Int == gives, "\(argument) under \(kernel)")
    }
    let snippet = try CommandRun(["cmdline", "--for", "grub", source, "--want", "16GiB"])
    #expect(snippet.status == 0)
    #expect(snippet.output.contains(argument))
  }

  @Test("A class that can't give what is asked is answered NO, in a list too")
  func refusal() throws {
    let folder = try TemporaryFolder()
    let fleet = try folder.write("fleet.yaml", Self.fleet).path
    #expect(try CommandRun(["advise", fleet + "#single", "--want", "7GiB", "-q"]).status == 1)
    let run = try CommandRun(["advise", fleet, "--want", "7GiB", "--format", "json"])
    #expect(run.status == 1)
    let list = try json(run)
    let answers = try #require(list["answers"] as? [[String: Any]])
    #expect(answers.compactMap { $0["source"] as? String } == [fleet + "#pair", fleet + "#single"])
    let safe = answers.map { part in
      let want = (part["answer"] as? [String: Any])?["want"] as? [String: Any]
      return want?["safe"] as? Bool
    }
    #expect(safe == [true, false])
  }

  @Test("A class that is not there is answered with those that are")
  func unknownClass() throws {
    let folder = try TemporaryFolder()
    let fleet = try folder.write("fleet.yaml", Self.fleet).path
    for command in ["advise", "predict", "check"] {
      let run = try CommandRun([command, fleet + "#nix"])
      #expect(run.status == 2)
      #expect((run.output + run.errors).contains("there are pair, single"))
    }
    let log = try folder.write("boot.log", Self.bootLog).path
    let run = try CommandRun(["predict", log + "#pair"])
    #expect(run.status == 2)
    #expect(run.errors.contains("names a class of a machine spec"))
  }

  @Test("One bad class hides no other")
  func badClass() throws {
    let folder = try TemporaryFolder()
    let text = Self.fleet + "  - name: broken\n    nodes: [{memory: 8GiB, cpus: many}]\n"
    let fleet = try folder.write("fleet.yaml", text).path
    let run = try CommandRun(["predict", fleet, "--format", "json"])
    #expect(run.status == 0)
    #expect(run.errors.contains("fleet.yaml:9"))
    let answers = try #require(try json(run)["answers"] as? [[String: Any]])
    #expect(answers.count == 3)
    #expect(answers.last?["failure"] is String)
    #expect(try CommandRun(["predict", fleet, "--strict", "-q"]).status == 3)
  }

  // MARK: What is stated

  @Test(
    "What is stated is said in the answer",
    arguments: ["root", "class", "machine", "boot-log"]
  )
  func stated(kind: String) throws {
    let folder = try TemporaryFolder()
    let source = try #require(try Self.sources(in: folder)[kind])
    let options = ["--kernel", "6.6", "--max-order", "9"]
    for command in ["advise", "predict", "plan", "blocks"]
    where kind != "boot-log" || command == "predict" || command == "plan" {
      let run = try CommandRun(Self.arguments(command, source, kind) + options + ["-v"])
      let text = run.output.replacing("\n", with: " ").replacing("    ", with: " ")
      #expect(text.contains("6.6, as given (--kernel)"), "\(command): \(run.output)\(run.errors)")
      #expect(text.contains("9, as given (--max-order)"), "\(command): \(run.output)")
    }
  }

  @Test("A packed boot log, and one on standard input, are read as the log itself")
  func packed() throws {
    let folder = try TemporaryFolder()
    let log = try folder.write("boot.log", Self.bootLog).path
    let plain = try CommandRun(["predict", log, "--cmdline", "kernelcore=4G"])
    #expect(plain.output.contains("4.00 GiB of Movable"))
    let run = try CommandRun(
      ["predict", "-", "--cmdline", "kernelcore=4G"],
      through: ["/bin/sh", "-c", "exec \"$@\" < '\(log)'", "sh"]
    )
    #expect(run.output == plain.output)
    let pack = try ProgramRun(["/bin/gzip", "-k", log])
    #expect(pack.status == 0)
    let packed = try CommandRun(["predict", log + ".gz", "--cmdline", "kernelcore=4G"])
    #expect(packed.output == plain.output)
  }
}
