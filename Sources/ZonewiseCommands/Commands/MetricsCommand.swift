internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import Reports
internal import SystemIO

/// `zonewise metrics`: where hosts stand, for Prometheus and its kin.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract:
      "Print where this host stands as metrics: OpenMetrics, or a textfile collector's file.",
    discussion: """
      For node_exporter's textfile collector, whole or not at all:
        zonewise metrics -o /var/lib/prometheus/node-exporter/zonewise.prom
      Hosts from elsewhere bear their names:
        zonewise metrics captures/*.tar.gz
      """
  )

  @Argument(
    help: ArgumentHelp("Hosts, as report takes them; default: this host.", valueName: "source"),
    completion: Completions.source
  )
  var sources: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write; a name in .prom is written for the textfile collector.",
      valueName: "file"
    ),
    completion: .file()
  )
  var output: String?

  @Option(help: "OpenMetrics 1.0, or Prometheus' older text; by default what the output asks for.")
  var format: MetricFormat?

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func run() throws { try Runner.run(write) }

  private func write() throws {
    let rows = CapacityRows(workload: try profileOptions.workload(), whatIf: WhatIf())
    var metrics = HostMetrics(namesHosts: !sources.isEmpty)
    var findings = FindingCounts()
    var judged = 0
    try CapacityPipeline(rows: rows) { _ in () }.run(sources) { row, _ in
      metrics.add(row)
      findings.add(row)
      if let failure = row.failureLine { Console.report(failure) } else { judged += 1 }
    }
    guard judged > 0 else { throw NothingJudged(message: "no host could be judged") }
    let isTextfile = output?.hasSuffix(".prom") == true
    let bytes = metrics.render(as: format ?? (isTextfile ? .prometheus : .openmetrics))
    if let output, output != "-" {
      try AtomicFile.write(bytes, to: output)
    } else if !common.quiet {
      Console.write(bytes)
    }
    let status = findings.status(common)
    if status != .done { throw status.error }
  }
}

extension MetricFormat: ExpressibleByArgument {}
