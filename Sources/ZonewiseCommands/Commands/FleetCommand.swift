internal import Advice
internal import ArgumentParser
internal import Capacity
internal import Reports
internal import SourceText

/// `zonewise fleet`: one result a host, and what is kept of all of them.
struct FleetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet",
    abstract: "Judge many hosts: one line of JSON each, and a summary that can be merged.",
    discussion: """
      Each line is a host as it stands in a JSON report; one that fails is a line that says why:
        zonewise fleet - < fleet.ndjson > results.ndjson
      Parts of a fleet, on as many machines as you like, give the same summary as the whole:
        zonewise fleet rack-1/*.tar.gz --partial rack-1.json > rack-1.ndjson
        zonewise fleet --merge rack-1.json rack-2.json > fleet.json
      """
  )

  @Argument(
    help: ArgumentHelp(
      "Hosts, as report takes them; with --merge, partial results.",
      valueName: "source"
    ),
    completion: Completions.source
  )
  var sources: [String] = []

  @Flag(help: "Merge partial results; prints what they come to, which can be merged again.")
  var merge = false

  @Option(
    help: ArgumentHelp("Write what is kept of all hosts to a file.", valueName: "file"),
    completion: .file()
  )
  var partial: String?

  @Option(help: "How many of the worst hosts a partial result keeps.")
  var worst = 200

  @Option(
    name: .customLong("stream-name"),
    help: ArgumentHelp("What lines of standard input are called.", valueName: "name")
  )
  var streamName: String?

  @Option(
    name: .customLong("first-line"),
    help: ArgumentHelp("The number of the first line of standard input.", valueName: "number")
  )
  var firstLine = 1

  @Flag(help: "Say on standard error how far it is, also where that is no terminal.")
  var progress = false

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0...100_000).contains(worst) else {
      throw ValidationError("--worst takes a number from 0 to 100000")
    }
    guard firstLine > 0 else { throw ValidationError("--first-line takes a number from 1") }
    guard !merge || partial == nil else {
      throw ValidationError("--merge prints its result; --partial goes with sources")
    }
    guard !merge || !sources.isEmpty else {
      throw ValidationError("--merge takes files that zonewise fleet --partial wrote")
    }
  }

  func run() throws { try Runner.run(merge ? mergePartials : judge) }

  private func mergePartials() throws {
    var sum: FleetSummary?
    for path in sources {
      let bytes = try InputFile.bytes(path, limit: 256 << 20)
      let own = try FleetJSONReader.read(bytes, file: path == "-" ? "standard input" : path)
      if sum == nil { sum = own } else { sum?.merge(own) }
    }
    guard let sum else { return }
    if !common.quiet { Console.write(FleetJSON.render(sum)) }
  }

  private func judge() throws {
    var rows = CapacityRows(workload: try profileOptions.workload(), whatIf: WhatIf())
    rows.standardInput = CapacityRows.StreamName(name: streamName, firstLine: firstLine)
    var summary = FleetSummary(worst: worst)
    var output = try StreamedOutput(file: nil, isQuiet: common.quiet)
    let file = try partial.map { try StreamedOutput(file: $0, isQuiet: false) }
    var severity: Finding.Severity?
    var progress = FleetProgress(isOn: self.progress)
    let pipeline = CapacityPipeline(rows: rows) { CapacityJSON.host($0) + [0x0A] }
    try pipeline.run(sources) { row, line in
      summary.add(row)
      severity = ([severity].compactMap(\.self) + row.findings.map(\.severity)).max()
      progress.say(hosts: summary.hosts, failed: summary.failed)
      try output.append { $0 += line }
    }
    try output.end()
    progress.end(hosts: summary.hosts, failed: summary.failed)
    if var file {
      file.hold(FleetJSON.render(summary))
      try file.end()
    }
    guard summary.hosts == 0 || summary.judged > 0 else {
      throw NothingJudged(message: "no host could be judged; the lines say why")
    }
    let unknown = Int(clamping: summary.failed.saturatingSum(summary.sums[.unknownInputs] ?? 0))
    let status = common.status(worst: severity, unknown: unknown)
    if status != .done { throw status.error }
  }
}

/// Lines on standard error that say how far a fleet is, every few seconds.
private struct FleetProgress {
  private let isOn: Bool
  private let clock = ContinuousClock()
  private var next: ContinuousClock.Instant

  init(isOn: Bool) {
    self.isOn = isOn
    next = clock.now + .seconds(2)
  }

  mutating func say(hosts: UInt64, failed: UInt64) {
    // Looking at the clock costs more than nothing, and hosts come by the thousand.
    guard isOn, hosts % 64 == 0, clock.now >= next else { return }
    next = clock.now + .seconds(2)
    Console.report(Self.text(hosts, failed))
  }

  func end(hosts: UInt64, failed: UInt64) { if isOn { Console.report(Self.text(hosts, failed)) } }

  private static func text(_ hosts: UInt64, _ failed: UInt64) -> String {
    "\(hosts) hosts, \(failed) of them not judged"
  }
}
