internal import Advice
internal import Foundation
internal import History
internal import HostModel
internal import Profiles
internal import Recording
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("metrics")
struct MetricsTests {
  private static let hosts = [
    "6.12-two-nodes-kernelcore", "6.12-node-without-kernel-memory", "5.10-one-node-no-movable",
  ]
  private static let python = Consumer.installed + "/python"
  private static let integration = Fixtures.checkout.appending(path: "Integrations/prometheus")

  private func metrics(_ arguments: [String], in folder: URL = CommandRun.roots) throws -> Samples {
    let run = try CommandRun(["metrics"] + arguments, in: folder)
    #expect(run.errors.isEmpty, "\(run.errors)")
    return Samples(run.output)
  }

  @Test("Every figure is the one that advise gives", arguments: hosts)
  func figures(host: String) throws {
    let samples = try metrics([host])
    let advise = try CommandRun(["advise", host, "--format", "json"], in: CommandRun.roots)
    let whole = try JSON(advise.output)
    let labels = ["host": try #require(whole["host"]["name"].text), "source": host]

    let current = whole["current"]
    for (name, expected) in [
      ("host_kernel_bytes", current["kernelBytes"]),
      ("host_movable_bytes", current["movableBytes"]),
      ("host_kernel_headroom_bytes", current["kernelHeadroomBytes"]),
      ("host_kernel_headroom_when_full_bytes", current["kernelHeadroomWhenFullBytes"]),
      ("host_kernel_needed_bytes", whole["sizing"]["neededKernelBytes"]),
      ("host_movable_safe_bytes", whole["sizing"]["maxSafeMovableBytes"]),
      ("host_kernel_unexplained_bytes", whole["demand"]["unexplainedBytes"]),
    ] {
      #expect(samples["zonewise_\(name)", labels] == expected.number, "\(name)")
    }
    #expect(
      samples["zonewise_host_unknown_inputs", labels] == Double(whole["unknown"].list.count)
    )
    #expect(samples.state("zonewise_host_verdict", labels) == current["verdict"].text)
    #expect(!current["nodes"].list.isEmpty)
    for node in current["nodes"].list {
      let place = labels.merging(["node": "\(Int(try #require(node["node"].number)))"]) { $1 }
      #expect(samples["zonewise_node_kernel_bytes", place] == node["kernelBytes"].number)
      #expect(samples["zonewise_node_movable_bytes", place] == node["movableBytes"].number)
      #expect(
        samples["zonewise_node_kernel_headroom_when_full_bytes", place]
          == node["kernelHeadroomWhenFullBytes"].number
      )
      #expect(samples.state("zonewise_node_verdict", place) == node["verdict"].text)
    }
    for term in whole["demand"]["terms"].list {
      var place = labels.merging(["term": try #require(term["id"].text)]) { $1 }
      if let node = term["node"].number { place["node"] = "\(Int(node))" }
      #expect(samples["zonewise_host_term_bytes", place] == term["nowBytes"].number)
      #expect(
        samples["zonewise_host_term_projected_bytes", place] == term["projectedBytes"].number
      )
    }
    let counted = samples.all("zonewise_host_findings").reduce(0) { $0 + $1.value }
    #expect(counted == Double(whole["findings"].list.count))
  }

  @Test("A host that can't be judged says so, and has no figures that look fine")
  func notJudged() throws {
    let folder = try TemporaryFolder()
    try folder.write("broken/proc/zoneinfo", Array("Node 0, zone Normal\n  pages free x\n".utf8))
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "good.tar.gz"),
      withDestinationURL: CommandRun.roots.appending(path: "6.12-pin-before.tar.gz")
    )
    let run = try CommandRun(["metrics", "broken", "good.tar.gz"], in: folder.url)
    #expect(run.errors.contains("broken"), "\(run.errors)")
    let samples = Samples(run.output)
    let judged = samples.all("zonewise_host_judged")
    #expect(judged.map(\.value).sorted() == [0, 1])
    let broken = try #require(judged.first { $0.value == 0 }?.labels["source"])
    #expect(samples.everything.filter { $0.labels["source"] == broken }.count == 1)
  }

  @Test("Where no host can be judged nothing is written, and an older file is left")
  func nothing() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("zonewise.prom", Array("older 1\n".utf8))
    let run = try CommandRun(["metrics", "nowhere", "-o", "zonewise.prom"], in: folder.url)
    #expect(run.status == 2 && run.errors.contains("no host could be judged"), "\(run.errors)")
    #expect(try String(contentsOf: file, encoding: .utf8) == "older 1\n")
  }

  @Test("Names can't end a label or a line")
  func hostileNames() throws {
    let folder = try TemporaryFolder()
    let name = "a\"} 1\nzonewise_host_judged{x=\"\\"
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: name),
      withDestinationURL: CommandRun.roots.appending(path: "6.12-pin-before.tar.gz")
    )
    for format in ["openmetrics", "prometheus"] {
      let samples = try metrics([name, "--format", format], in: folder.url)
      let judged = samples.all("zonewise_host_judged")
      #expect(judged.count == 1 && judged.first?.labels["source"] == name, "\(judged)")
    }
  }

  @Test("A name in .prom is written for the textfile collector, anything else as OpenMetrics")
  func formats() throws {
    let folder = try TemporaryFolder()
    let host = CommandRun.roots.appending(path: "6.12-pin-before.tar.gz").path
    for (name, isOpen) in [("a.prom", false), ("a.txt", true)] {
      let run = try CommandRun(["metrics", host, "-o", name], in: folder.url)
      #expect(run.output.isEmpty && run.errors.isEmpty, "\(run.errors)")
      let path = folder.url.appending(path: name).path
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasSuffix("# EOF\n") == isOpen)
      #expect(text.contains("# UNIT ") == isOpen)
      #expect(text.contains("# TYPE zonewise_host_verdict \(isOpen ? "stateset" : "gauge")\n"))
    }
  }

  @Test("With a history, when it gets tight and what grows, as forecast says")
  func forecast() throws {
    let folder = try TemporaryFolder()
    let recorder = try HostRecorder(folder.path("h.db"))
    let begin: Int64 = 1_795_000_000
    for hour in 0..<(40 * 24) as Range<Int64> {
      // 16 MiB an hour, with some noise that repeats.
      let headroom = 30 << 30 - UInt64(hour) << 24 + UInt64(hour * 7 % 11) << 20
      try recorder.record(
        HostObservation(
          host: "leaking",
          time: begin + hour * 3600,
          boot: nil,
          kernel: "6.12",
          arguments: "",
          samples: [
            (HistoryKey(.headroom), ByteCount(headroom)),
            (HistoryKey(.term(.pageTables), node: 0), ByteCount(UInt64(hour) << 24)),
            (HistoryKey(.margin), .mebibytes(64)),
          ],
          verdict: .balanced,
          nodeVerdicts: []
        )
      )
    }
    try recorder.close()
    let host = CommandRun.roots.appending(path: Self.hosts[0]).path
    let samples = try metrics([host, "--history", folder.path("h.db")], in: folder.url)
    let run = try CommandRun(["forecast", "h.db", "--format", "json"], in: folder.url)
    let room = try #require(try JSON(run.output)["hosts"].list.first?["rooms"].list.first)
    let expected = try #require(room["imbalanced"]["time"].text)
    let labels = ["host": "leaking", "headroom": "now", "level": "imbalanced"]
    func time(_ bound: String) throws -> Double {
      try #require(
        samples[
          "zonewise_forecast_short_timestamp_seconds",
          labels.merging(["bound": bound]) { $1 }
        ]
      )
    }
    // 30 GiB at 16 MiB an hour last 1920 hours.
    let truth = Double(begin) + 1920 * 3600
    #expect(abs(try time("expected") - truth) < 0.02 * 1920 * 3600)
    #expect(try time("earliest") <= time("expected") && time("expected") <= time("latest"))
    #expect(expected.hasPrefix(CivilTime(seconds: Int64(try time("expected"))).date))
    let growth = try #require(
      samples[
        "zonewise_forecast_growth_bytes_per_second",
        ["host": "leaking", "term": "page-tables", "node": "0"]
      ]
    )
    #expect(abs(growth - Double(1 << 24) / 3600) < 50)
  }

  @Test(
    "Prometheus' own parser of OpenMetrics takes it, with units and types",
    .enabled(
      if: Consumer.hasPython("prometheus_client", by: Self.python),
      Consumer.missing
    )
  )
  func openMetrics() throws {
    let run = try CommandRun(["metrics"] + Self.hosts, in: CommandRun.roots)
    let read = try Consumer.run(
      Self.python,
      [
        "-c",
        """
        import sys
        from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
        for family in parse(sys.stdin.read()):
            print(family.name, family.type, family.unit, len(family.samples), len(family.documentation))
        """,
      ],
      input: run.output
    )
    #expect(read.status == 0, "\(read.errors)")
    let lines = read.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.count > 15)
    #expect(read.output.contains("zonewise_host_verdict stateset  15 "), "\(read.output)")
    #expect(read.output.contains("zonewise_host_kernel_bytes gauge bytes 3 "), "\(read.output)")
  }

  @Test(
    "promtool finds nothing in them, and the rules do what their unit tests say",
    .needs("promtool")
  )
  func promtool() throws {
    let run = try CommandRun(
      ["metrics", "--format", "prometheus"] + Self.hosts,
      in: CommandRun.roots
    )
    let metrics = try Consumer.run("promtool", ["check", "metrics"], input: run.output)
    #expect(metrics.status == 0, "\(metrics.output)\(metrics.errors)")
    for words in [
      ["check", "rules", "zonewise.rules.yml"], ["test", "rules", "zonewise.rules.test.yml"],
    ] {
      let rules = try Consumer.run("promtool", words, in: Self.integration)
      #expect(rules.status == 0, "\(rules.output)\(rules.errors)")
    }
  }

  @Test(
    "Grafana knows every key of the dashboard, and every metric in it is written",
    .enabled(
      if: Consumer.hasPython("grafana_foundation_sdk", by: Self.python),
      Consumer.missing
    )
  )
  func dashboard() throws {
    let run = try CommandRun(["metrics", Self.hosts[1]], in: CommandRun.roots)
    let check = Self.integration.appending(path: "check-dashboard").path
    let known = try Consumer.run(Self.python, [check], input: run.output)
    #expect(known.status == 0, "\(known.errors)")
    let lacking = try Consumer.run(Self.python, [check], input: "")
    #expect(lacking.status == 1 && lacking.errors.contains("writes no zonewise_"))
  }

  @Test(
    "node_exporter serves the file, Prometheus scrapes it, and every panel has its series",
    .needs("prometheus", "prometheus-node-exporter")
  )
  func scraped() throws {
    let run = try Consumer.run(
      "/usr/bin/python3",
      [
        Self.integration.appending(path: "test").path, CommandRun.executable.path,
        CommandRun.roots.appending(path: Self.hosts[1]).path,
      ]
    )
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }
}

/// Metrics as a reader has them.
private struct Samples {
  var everything: [(name: String, labels: [String: String], value: Double)] = []

  init(_ text: String) {
    // Bytes: to Swift \r\n is one character.
    for line in text.utf8.split(separator: 0x0A) where line.first != UInt8(ascii: "#") {
      var rest = line[...]
      let name = rest.prefix { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: " ") }
      rest = rest[name.endIndex...]
      var labels: [String: String] = [:]
      while let sign = rest.first, sign != UInt8(ascii: " "), sign != UInt8(ascii: "}") {
        rest.removeFirst()
        let key = rest.prefix { $0 != UInt8(ascii: "=") }
        rest = rest[key.endIndex...].dropFirst(2)
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
          guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
            value.append(byte)
            continue
          }
          value.append(next == UInt8(ascii: "n") ? 0x0A : next)
        }
        labels[String(decoding: key, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
      }
      let number = rest.drop { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: " ") }
      let value = String(decoding: number, as: UTF8.self)
      everything.append((String(decoding: name, as: UTF8.self), labels, Double(value) ?? .nan))
    }
  }

  func all(_ name: String) -> [(labels: [String: String], value: Double)] {
    everything.filter { $0.name == name }.map { ($0.labels, $0.value) }
  }

  /// The value of the one sample with exactly these labels; nil where there is none or more.
  subscript(name: String, labels: [String: String]) -> Double? {
    let found = all(name).filter { $0.labels == labels }
    return found.count == 1 ? found[0].value : nil
  }

  /// The one state that holds.
  func state(_ name: String, _ labels: [String: String]) -> String? {
    let states = all(name).filter { sample in
      sample.labels.filter { $0.key != name } == labels && sample.value == 1
    }
    return states.count == 1 ? states[0].labels[name] : nil
  }
}
