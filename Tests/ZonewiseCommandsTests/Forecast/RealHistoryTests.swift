internal import Foundation
internal import Glibc
internal import TestSupport
internal import Testing

/// Histories as the real programs give them, started here on loopback.
@Suite("Histories of real programs")
struct RealHistoryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A server that was started: its address, once it answers.
  private struct Server {
    let program: RunningProgram
    let address: String

    init(_ words: [String], port: UInt16, ready path: String, in folder: URL) throws {
      program = try RunningProgram(words, in: folder)
      address = "http://127.0.0.1:\(port)"
      for _ in 0..<600 where program.isRunning {
        if (try? ProgramRun(["/usr/bin/python3", "-c", Self.probe, address + path]).status) == 0 {
          return
        }
        usleep(100_000)
      }
      Issue.record("\(words[0]) does not answer at \(address)\(path)")
    }

    private static let probe = "import sys, urllib.request as u; u.urlopen(sys.argv[1], timeout=5)"
  }

  /// A port that nobody has now.
  private static func freePort() throws -> UInt16 {
    let run = try ProgramRun([
      "/usr/bin/python3", "-c",
      "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])",
    ])
    return try #require(UInt16(run.text.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  @Test(
    "A Prometheus that holds a month of a known leak gives its day over HTTP, as the saved answer does",
    .enabled(if: Consumer.isThere("prometheus", "promtool"), Consumer.missing)
  )
  func prometheus() throws {
    // promtool makes a block of every two hours that have a sample: few samples are soon in.
    let history = NodeExporterHistory(step: 21_600)
    try folder.write("history.txt", history.openMetrics)
    let blocks = try Consumer.run(
      "promtool",
      ["tsdb", "create-blocks-from", "openmetrics", "history.txt", "data"],
      in: folder.url
    )
    try #require(blocks.status == 0, "\(blocks.errors)")
    try folder.write("prometheus.yml", "global: {}\n")
    let port = try Self.freePort()
    let server = try Server(
      [
        try #require(Consumer.path("prometheus")), "--config.file=\(folder.path("prometheus.yml"))",
        "--storage.tsdb.path=\(folder.path("data"))", "--storage.tsdb.retention.time=100y",
        "--web.listen-address=127.0.0.1:\(port)",
      ],
      port: port,
      ready: "/-/ready",
      in: folder.url
    )
    let now = ["SOURCE_DATE_EPOCH": String(NodeExporterHistory.end)]
    let asked = ["--step", "6h", "--format", "json", "--match", "instance=\"web-1:9100\""]
    let live = try CommandRun(
      ["forecast", server.address] + asked,
      in: folder.url,
      environment: now
    )
    #expect(live.status == 0, "\(live.errors)")
    try folder.write("saved.json", history.json)
    let saved = try CommandRun(
      ["forecast", "saved.json", "--format", "json"],
      in: folder.url,
      environment: now
    )
    let days = try [live, saved].map { run in
      let host = try #require(try JSON(run.output)["hosts"].list.first)
      return try Date(try #require(host["tight"]["time"].text), strategy: .iso8601)
    }
    #expect(abs(days[0].timeIntervalSince(days[1])) < 86_400, "\(days)")
    let none = try CommandRun(
      ["forecast", server.address, "--match", "instance=\"nobody\""],
      environment: now
    )
    #expect(none.status == 2)
    #expect(none.errors.contains("knows no host"), "\(none.errors)")
    let wrong = try CommandRun(["forecast", server.address, "--match", "x=="], environment: now)
    #expect(wrong.errors.contains("parse error"), "\(wrong.errors)")
  }

  @Test(
    "A Prometheus that scrapes node_exporter tells the headroom that advise tells",
    .enabled(if: Consumer.isThere("prometheus", "prometheus-node-exporter"), Consumer.missing)
  )
  func nodeExporter() throws {
    let (exporterPort, port) = (try Self.freePort(), try Self.freePort())
    let exporter = try Server(
      [
        try #require(Consumer.path("prometheus-node-exporter")),
        "--web.listen-address=127.0.0.1:\(exporterPort)", "--collector.zoneinfo",
        "--collector.meminfo_numa", "--collector.vmstat.fields=^(oom_kill|nr_foll_pin).*",
      ],
      port: exporterPort,
      ready: "/metrics",
      in: folder.url
    )
    try folder.write(
      "prometheus.yml",
      """
      global: {scrape_interval: 1s}
      scrape_configs:
        - job_name: node
          static_configs: [{targets: ['127.0.0.1:\(exporterPort)']}]

      """
    )
    let server = try Server(
      [
        try #require(Consumer.path("prometheus")), "--config.file=\(folder.path("prometheus.yml"))",
        "--storage.tsdb.path=\(folder.path("data"))", "--web.listen-address=127.0.0.1:\(port)",
      ],
      port: port,
      ready: "/-/ready",
      in: folder.url
    )
    var told: Double?
    for _ in 0..<300 {
      let run = try CommandRun([
        "forecast", server.address, "--since", "1h", "--step", "1s", "--format", "json",
      ])
      if run.status == 0 {
        let host = try #require(try JSON(run.output)["hosts"].list.first)
        #expect(host["gaps"].list.isEmpty, "\(run.output)")
        told = host["rooms"].list.first?["nowBytes"].number
        if told != nil { break }
      }
      usleep(100_000)
    }
    let advise = try JSON(try CommandRun(["advise", "--format", "json"]).output)
    let headroom = try #require(advise["current"]["kernelHeadroomBytes"].number)
    let total = try #require(advise["current"]["kernelBytes"].number)
    // Other tests come and go meanwhile.
    #expect(abs(try #require(told) - headroom) < total / 4)
    #expect(exporter.program.isRunning)
  }

  @Test(
    "sysstat's own record is read, and this host's zones make days of it",
    .enabled(if: Consumer.isThere("sadf"), Consumer.missing)
  )
  func sysstat() throws {
    let collector = try #require(
      ["/usr/lib/sysstat/sadc", "/usr/lib64/sa/sadc"].first {
        FileManager.default.isExecutableFile(atPath: $0)
      }
    )
    let record = try Consumer.run(collector, ["-S", "ALL", "1", "3", folder.path("sa")])
    #expect(record.status == 0, "\(record.errors)")
    let printed = try Consumer.run("sadf", ["-j", folder.path("sa"), "--", "-r", "ALL"])
    try folder.write("sa.json", printed.output)
    let run = try CommandRun([
      "forecast", folder.path("sa.json"), "--format", "json", "--zones", "/",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let host = try #require(try JSON(run.output)["hosts"].list.first)
    let terms = host["terms"].list.compactMap { $0["id"].text }
    for term in ["slab", "page-tables", "kernel-stacks"] {
      #expect(terms.contains(term), "\(terms)")
    }
    #expect(host["rooms"].list.first?["basis"].text == "terms")
  }
}
