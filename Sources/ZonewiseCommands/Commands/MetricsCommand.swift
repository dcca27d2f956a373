internal import Advice
internal import ArgumentParser
internal import Capacity
internal import Forecast
internal import HostCollection
internal import Profiles
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

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Also when hosts get tight, by a history of them: what zonewise forecast takes.",
      valueName: "source"
    ),
    completion: Completions.source
  )
  var history: [String] = []

  @Option(
    help: ArgumentHelp(
      "Serve them over HTTP at /metrics, judged anew for each scrape; a port alone is of this host only.",
      valueName: "host:port"
    ),
    transform: ListenAddress.init(argument:)
  )
  var listen: ListenAddress?

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if listen != nil, output != nil {
      throw ValidationError(
        "--listen answers whoever asks, --output writes a file: take one of them"
      )
    }
    if listen != nil, sources.contains("-") {
      throw ValidationError(
        "--listen reads its sources anew for each scrape: standard input can't be"
      )
    }
  }

  func run() throws {
    try Runner.run {
      let rows = CapacityRows(workload: try profileOptions.workload(), whatIf: WhatIf())
      if let listen { try serve(rows, at: listen) } else { try write(rows) }
    }
  }

  private func serve(_ rows: CapacityRows, at address: ListenAddress) throws {
    let listener: HTTPListener
    do throws(HTTPFailure) {
      listener = try HTTPListener(host: address.host, port: address.port)
    } catch {
      throw NothingJudged(message: "--listen \(address): \(error)")
    }
    if !common.quiet {
      Console.report("http://\(address.with(port: listener.port))/metrics until a signal comes")
      if !address.isLoopback { Console.report("whoever reaches this port can read them") }
    }
    listener.run { request in
      guard request.path == "/metrics" else {
        return .text(404, "metrics are at /metrics")
      }
      do {
        let (metrics, _) = try judged(rows)
        return HTTPListener.Answer(
          200,
          type: format == .prometheus
            ? "text/plain; version=0.0.4; charset=utf-8"
            : "application/openmetrics-text; version=1.0.0; charset=utf-8",
          metrics.render(as: format ?? .openmetrics, with: try forecasts())
        )
      } catch let failure as any CommandFailure {
        return .text(500, failure.reported)
      } catch {
        return .text(500, "\(error)")
      }
    }
  }

  /// What histories say; nil where none is given.
  private func forecasts() throws -> ForecastMetrics? {
    guard !history.isEmpty else { return nil }
    let workload = try profileOptions.workload()
    let finder = HistoryFinder(workload, period: .min ... .max)
    var hosts: [HostForecast] = []
    let failures = try finder.histories(history) { history, last in
      var host = HostForecast(history, workload, last: last)
      host.compact()
      hosts.append(host)
    }
    for failure in failures { Console.report(failure) }
    var metrics = ForecastMetrics(namesHosts: !sources.isEmpty || hosts.count > 1)
    for host in hosts { metrics.add(host) }
    return metrics
  }

  private func judged(_ rows: CapacityRows) throws -> (HostMetrics, FindingCounts) {
    var metrics = HostMetrics(namesHosts: !sources.isEmpty)
    var findings = FindingCounts()
    var judged = 0
    try CapacityPipeline(rows: rows) { _ in () }.run(sources) { row, _ in
      metrics.add(row)
      findings.add(row)
      if let failure = row.failureLine { Console.report(failure) } else { judged += 1 }
    }
    guard judged > 0 else { throw NothingJudged(message: "no host could be judged") }
    return (metrics, findings)
  }

  private func write(_ rows: CapacityRows) throws {
    let (metrics, findings) = try judged(rows)
    let isTextfile = output?.hasSuffix(".prom") == true
    let bytes = metrics.render(
      as: format ?? (isTextfile ? .prometheus : .openmetrics),
      with: try forecasts()
    )
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
