internal import Advice
internal import ArgumentParser
internal import Capacity
internal import Forecast
internal import History
internal import HostCollection
internal import Profiles
internal import Reports
internal import SystemIO

/// `zonewise forecast`: when the kernel's memory gets tight, by what was measured.
struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Say when a host gets tight, by what was measured of it over time.",
    discussion: """
      From what zonewise record kept:
        zonewise forecast /var/lib/zonewise/history.db
      From a Prometheus that scrapes node_exporter, or from what its API answered:
        zonewise forecast http://prometheus:9090 --match 'instance="web-1:9100"'
        zonewise forecast history.json
      From sysstat, with the zones of this host as it is now:
        sadf -j /var/log/sysstat/sa29 -- -r ALL | zonewise forecast - --zones /
      From captures of some days, and as a profile for the other commands:
        zonewise forecast captures/*.tar.gz --write-profile measured.yaml
        zonewise advise --profile measured.yaml
      Every date has an interval of 80 %: one in ten comes before it, one in ten later. \
      What can't be told is said, with what would tell it.
      """
  )

  @Argument(
    help: ArgumentHelp(
      """
      Where the history is: a database of zonewise record, http://HOST:PORT of a Prometheus, answers \
      of its query_range, output of sadf -j or pmrep -o csv, captures and bundles or a folder of them, - for standard input.
      """,
      valueName: "source"
    ),
    completion: Completions.source
  )
  var sources: [String] = []

  @OptionGroup var reading: HistoryOptions

  @Option(
    help: ArgumentHelp(
      "The host as it stands now, for a history without zones: a capture, or / for this host.",
      valueName: "source"
    ),
    completion: Completions.source
  )
  var zones: String?

  @Option(
    name: .customLong("write-profile"),
    help: ArgumentHelp("Write the measured growth as a profile.", valueName: "file"),
    completion: .file()
  )
  var writeProfile: String?

  @Option(help: "How to print the answer.")
  var format = ForecastAnswer.Format.text

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  /// Of more hosts only what a table shows is kept.
  private static let mostWhole = 50

  func validate() throws {
    guard !sources.isEmpty else {
      throw ValidationError(
        "forecast takes a history: a database of zonewise record, the address of a Prometheus, a file "
          + "that it, sadf -j or pmrep -o csv wrote, or captures"
      )
    }
  }

  func run() throws { try Runner.run(forecast) }

  private func forecast() throws {
    let workload = try profileOptions.workload()
    let finder = reading.finder(of: sources, workload)
    let state = try zones.map { try assess($0, workload) }
    var hosts: [HostForecast] = []
    let failures = try finder.histories(sources) { history, last in
      var host = HostForecast(history, workload, last: last ?? state)
      host.addArguments()
      if hosts.count == Self.mostWhole { for index in hosts.indices { hosts[index].compact() } }
      if hosts.count >= Self.mostWhole { host.compact() }
      hosts.append(host)
    }
    for failure in failures { Console.report(failure) }
    guard !hosts.isEmpty else {
      throw NothingJudged(message: "\(HistoryFailure.empty(sources.joined(separator: ", ")))")
    }
    if zones != nil, hosts.count > 1 {
      throw UsageFailure(message: "--zones is of one host, and the history is of \(hosts.count)")
    }
    if let writeProfile { try write(hosts, to: writeProfile) }
    try Runner.print(
      ForecastAnswer(hosts, date: CalendarDate.today.description),
      as: format,
      common
    )
  }

  private func assess(_ source: String, _ workload: Workload) throws -> Assessment {
    let snapshot = try SourceFinder.find(source == "/" ? nil : source).snapshot()
    let (profile, choice) = profileOptions.choose(workload, for: snapshot)
    return try Advisor.assess(snapshot, profile: profile, chosenBy: choice)
  }

  private func write(_ hosts: [HostForecast], to path: String) throws {
    guard let host = hosts.first, hosts.count == 1 else {
      throw UsageFailure(
        message: "--write-profile takes one host's growth, and the history is of \(hosts.count); "
          + "--match chooses one"
      )
    }
    let profile = MeasuredProfile(host, name: "measured")
    guard !profile.terms.isEmpty else {
      throw NothingJudged(
        message: "\(host.host): no term's growth was measured; no profile written"
      )
    }
    try AtomicFile.write(Array(profile.yaml.utf8), to: path)
  }
}

extension HistoryFailure: CommandFailure {
  var status: ExitStatus { .notJudged }
}
