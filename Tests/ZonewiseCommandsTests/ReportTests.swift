internal import Foundation
internal import TestSupport
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
    #expect(run.output.contains("slab, unreclaimable at 2000 % of today"))
    #expect(try report([Self.hosts[0], "--grow", "nonsense=2x"]).status == 64)
  }

  // MARK: Numbers

  private struct Host: Decodable {
    var machines: Int?
    struct Node: Decodable {
      var kernelHeadroomBytes: Int64?
      var verdict: String
    }
    struct Advice: Decodable {
      var method: String
      var arguments: [String]
    }
    struct WhatIf: Decodable {
      var notPlanned: String?
      var profile: String?
      var verdict: String?
      var kernelBytes: Int64?
      var movableBytes: Int64?
      var neededKernelBytes: Int64?
      var kernelHeadroomAtHorizonBytes: Int64?
      var failure: String?
    }
    var source: String
    var failure: String?
    var profile: String?
    var verdict: String?
    var kernelBytes: Int64?
    var movableBytes: Int64?
    var movableToKernelRatio: Double?
    var kernelHeadroomBytes: Int64?
    var kernelHeadroomAtHorizonBytes: Int64?
    var usedKernelBytes: Int64?
    var neededKernelBytes: Int64?
    var unexplainedBytes: Int64?
    var maxSafeMovableBytes: Int64?
    var recommendation: Advice?
    var nodes: [Node]?
    var whatIf: WhatIf?
  }

  private struct Report: Decodable {
    var hosts: [Host]
  }

  /// What `advise` says, as far as a report says it too.
  private struct Advice: Decodable {
    struct Current: Decodable {
      var kernelBytes: Int64
      var movableBytes: Int64
      var movableToKernelRatio: Double?
      var kernelHeadroomBytes: Int64?
      var verdict: String
      var nodes: [Host.Node]
    }
    struct Demand: Decodable {
      var nowBytes: Int64?
      var growthBytes: Int64?
      var unexplainedBytes: Int64?
    }
    struct Sizing: Decodable {
      var neededKernelBytes: Int64?
      var maxSafeMovableBytes: Int64?
    }
    var current: Current
    var demand: Demand
    var sizing: Sizing
    var recommendation: Host.Advice
  }

  private func hosts(_ arguments: [String], in folder: URL = CommandRun.roots) throws -> [Host] {
    let run = try CommandRun(
      ["report", "--date", "2026-11-23", "--format", "json"] + arguments,
      in: folder
    )
    #expect(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).hosts
  }

  @Test(
    "Every number of a fleet is the one that advise gives for the host",
    arguments: [[], ["kvm-host"]]
  )
  func numbers(profile: [String]) throws {
    let options = profile.flatMap { ["--profile", $0] }
    let hosts = try hosts(CommandRun.bootedHosts + options)
    #expect(hosts.map(\.source) == CommandRun.bootedHosts)
    for host in hosts {
      let run = try CommandRun(
        ["advise", host.source, "--format", "json"] + options,
        in: CommandRun.roots
      )
      let advice = try JSONDecoder().decode(Advice.self, from: Data(run.output.utf8))
      #expect(host.verdict == advice.current.verdict)
      #expect(host.kernelBytes == advice.current.kernelBytes)
      #expect(host.movableBytes == advice.current.movableBytes)
      #expect(host.movableToKernelRatio == advice.current.movableToKernelRatio)
      #expect(host.kernelHeadroomBytes == advice.current.kernelHeadroomBytes)
      #expect(host.usedKernelBytes == advice.demand.nowBytes)
      #expect(host.unexplainedBytes == advice.demand.unexplainedBytes)
      #expect(host.neededKernelBytes == advice.sizing.neededKernelBytes)
      #expect(host.maxSafeMovableBytes == advice.sizing.maxSafeMovableBytes)
      #expect(host.recommendation?.method == advice.recommendation.method)
      #expect(host.recommendation?.arguments == advice.recommendation.arguments)
      #expect(host.nodes?.map(\.verdict) == advice.current.nodes.map(\.verdict))
      #expect(
        host.nodes?.map(\.kernelHeadroomBytes) == advice.current.nodes.map(\.kernelHeadroomBytes)
      )
      if let headroom = host.kernelHeadroomBytes, let growth = advice.demand.growthBytes {
        #expect(host.kernelHeadroomAtHorizonBytes == headroom - growth)
      }
    }
  }

  @Test("Devices go where plan puts them, and the total is what plan says")
  func additions() throws {
    struct Plan: Decodable {
      struct Step: Decodable {
        var kernelBytes: Int64
        var movableBytes: Int64
        var verdict: String
      }
      var steps: [Step]
    }
    let adds = ["--add", "dimm:1GiB@0", "--add", "virtio-mem:512MiB@0"]
    for host in try hosts(CommandRun.bootedHosts + adds) {
      let what = try #require(host.whatIf)
      let run = try CommandRun(
        ["plan", host.source, "--format", "json"] + adds,
        in: CommandRun.roots
      )
      guard run.status == 0 else {
        #expect(what.notPlanned != nil, "\(host.source)")
        continue
      }
      let last = try #require(
        try JSONDecoder().decode(Plan.self, from: Data(run.output.utf8)).steps.last
      )
      #expect(what.kernelBytes == last.kernelBytes)
      #expect(what.movableBytes == last.movableBytes)
      // A plan judges the host, a report its nodes too: it is never better.
      let order = ["balanced", "unknown", "tight", "imbalanced", "impossible"]
      let (own, plan) = (
        order.firstIndex(of: what.verdict ?? ""), order.firstIndex(of: last.verdict)
      )
      #expect(try #require(own) >= (try #require(plan)))
    }
  }

  @Test("A second profile is a what-if; the figures of before stay those of the first")
  func profiles() throws {
    let plain = try hosts([Self.hosts[0]])
    let both = try hosts([Self.hosts[0], "--profile", "general", "--profile", "kvm-host"])
    let other = try hosts([Self.hosts[0], "--profile", "kvm-host"])
    #expect(both[0].neededKernelBytes == plain[0].neededKernelBytes)
    #expect(both[0].whatIf?.profile == "kvm-host")
    #expect(both[0].whatIf?.neededKernelBytes == other[0].neededKernelBytes)
    #expect(plain[0].whatIf == nil)
  }

  @Test("Where a host can't be planned the row says why, and the others are planned")
  func notPlanned() throws {
    let hosts = try hosts([
      "6.12-two-nodes-kernelcore", "6.12-one-node-no-movable", "--add", "dimm:1GiB@1",
    ])
    #expect(hosts[0].whatIf?.notPlanned == nil)
    #expect(hosts[1].whatIf?.notPlanned?.contains("no node 1") == true)
    #expect(hosts[1].verdict == "balanced")
  }

  // MARK: Sources and files

  @Test("A stream of bundles is a host a line, from a file, a pipe's name or standard input")
  func streams() throws {
    let folder = try TemporaryFolder()
    let one = try CommandRun(
      ["capture", Self.hosts[0], "--format", "json", "-o", "-"],
      in: CommandRun.roots
    ).output
    let lines = one + "\n" + one + "{\"schemaVersion\":2}\n" + one
    let file = try folder.write("fleet.ndjson", lines.utf8)
    let direct = try hosts([file.path])
    #expect(direct.map { $0.failure == nil } == [true, true, false, true])
    #expect(direct.map(\.source) == [1, 3, 4, 5].map { "\(file.path):\($0)" })
    let zonewise = CommandRun.executable.path
    for command in [
      "cat \(file.path) | \(zonewise) report -", "\(zonewise) report <(cat \(file.path))",
    ] {
      let run = try CommandRun(
        ["-c", command + " --format csv --date 2026-11-23"],
        through: ["/bin/bash", "-c", "shift; exec /bin/bash \"$@\"", "bash"]
      )
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.split(separator: "\r\n").count == 1 + 3 * 3 + 1, "\(command)")
    }
  }

  @Test(
    "A spec's classes stand beside hosts, counted as often as they have machines"
  )
  func specs() throws {
    let folder = try TemporaryFolder()
    let spec = """
      schema: 1
      defaults:
        arch: x86_64
        kernel: ["6.1", "6.12"]
      classes:
        - name: db
          count: 7
          nodes:
            - {memory: 64GiB, cpus: 16}
            - {memory: 64GiB, cpus: 16}
          cmdline: {file: cmdline.txt}
          profile: database-hugepages
        - name: wrong
          nodes: []
        - name: web
          nodes:
            - {memory: 16GiB, cpus: 8}
      """
    let file = try folder.write("fleet.yaml", spec.utf8)
    try folder.write("cmdline.txt", "ro kernelcore=20G\n".utf8)
    let hosts = try hosts([file.path, Self.hosts[0], "--add", "dimm:16GiB@0"])
    #expect(hosts.map { $0.failure == nil } == [true, false, true, true])
    #expect(hosts.map(\.machines) == [7, nil, 1, 1])
    #expect(hosts[0].verdict == "imbalanced" && hosts[0].profile == "database-hugepages")
    #expect(try #require(hosts[0].kernelBytes) >> 30 == 20)
    #expect(hosts[0].whatIf?.notPlanned == nil)
    #expect(hosts[1].failure?.contains("fleet.yaml:14:") == true, "\(hosts[1].failure ?? "")")
    #expect(hosts[2].profile == "general" && hosts[2].movableBytes == 0)
    let byUser = try self.hosts([file.path, "--profile", "kvm-host"])
    #expect(byUser[0].profile == "kvm-host")
  }

  @Test("The order is that of the input, however many cores judge")
  func order() throws {
    let names = CommandRun.bootedHosts + CommandRun.bootedHosts.reversed()
    #expect(try hosts(names).map(\.source) == names)
    let arguments = ["report"] + names + ["--format", "csv", "--date", "2026-11-23"]
    let all = try CommandRun(arguments, in: CommandRun.roots)
    let single = try CommandRun(
      arguments,
      in: CommandRun.roots,
      through: ["/usr/bin/taskset", "-c", "0"]
    )
    #expect(all.output == single.output)
  }

  @Test("A file is there whole or not at all, and never written through a link")
  func files() throws {
    let folder = try TemporaryFolder()
    let host = CommandRun.roots.appending(path: Self.hosts[0]).path
    func run(_ source: String, _ output: String) throws -> CommandRun {
      try CommandRun(
        ["report", source, "--date", "2026-11-23", "--output", output],
        in: folder.url
      )
    }
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }
    #expect(try run("nowhere", "csv=fleet.csv").status == 2)
    #expect(try names() == [])
    #expect(try run(host, "csv=fleet.csv").status == 0)
    #expect(try names() == ["fleet.csv"])
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "link.csv"),
      withDestinationURL: folder.url.appending(path: "fleet.csv")
    )
    let linked = try run(host, "csv=link.csv")
    #expect(linked.status == 2)
    #expect(linked.errors.contains("a link"))
    #expect(try run(host, "csv=no/where.csv").status == 2)
    #expect(try names() == ["fleet.csv", "link.csv"])
  }

  @Test("--fail-on and --strict are those of the other commands")
  func exitCodes() throws {
    #expect(try report([Self.hosts[0], "--fail-on", "error", "--quiet"]).status == 1)
    #expect(try report([Self.hosts[1], "--fail-on", "error", "--quiet"]).status == 0)
    #expect(try report([Self.hosts[1], "nowhere", "--strict", "--quiet"]).status == 3)
  }

  @Test(
    "wrong options are refused with the reason",
    arguments: [
      (["--add", "ram:1GiB"], "no kind of device"), (["--horizon", "x"], "180d"),
      (["--date", "tomorrow"], "2026-01-31"), (["--output", "pdf=x"], "FORMAT=FILE"),
      (["--worst", "0"], "--worst"),
      (["--profile", "general", "--profile", "general", "--profile", "general"], "twice"),
    ]
  )
  func wrongOptions(options: [String], message: String) throws {
    let run = try report([Self.hosts[0]] + options)
    #expect(run.status == 64)
    #expect(run.errors.contains(message), "\(run.errors)")
  }
}
