internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import Reports

/// `zonewise report`: a capacity-planning report over hosts.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a capacity-planning report over one host or a fleet.",
    discussion: """
      What-ifs are put beside what is, for every host:
        zonewise report racks/*.tar.gz --add dimm:64GiB --grow page-tables=2x --horizon 180d
        zonewise report racks/*.tar.gz --grow all=2x
      A fleet's snapshots, one a line, come through a file or standard input:
        zonewise report - --output html=fleet.html --output csv=fleet.csv < fleet.ndjson
      With months to tight, by what zonewise forecast takes; a Prometheus or a database of zonewise record \
      can stand alone:
        zonewise report captures/*.tar.gz --history http://prometheus:9090
      By labels, and by a part of the names:
        zonewise report captures/*.tar.gz --labels hosts.csv --group-by rack --group-by '/^([a-z]+)-/'
      """
  )

  @Argument(
    help: ArgumentHelp(
      "Hosts: directories, archives, snapshots (one or many in a file), - for standard input, "
        + "histories; default: this host.",
      valueName: "source"
    ),
    completion: Completions.source
  )
  var sources: [String] = []

  @Option(help: "How to print the report on standard output; default: markdown.")
  var format: CapacityFormat?

  @Option(
    help: ArgumentHelp(
      "Write a report to a file; give it several times for several formats.",
      valueName: "format=file"
    )
  )
  var output: [String] = []

  @Option(help: ArgumentHelp("The report's heading.", valueName: "text"))
  var title = "Kernel memory and ZONE_MOVABLE"

  @Option(
    help: ArgumentHelp(
      "The day that the report bears; default: SOURCE_DATE_EPOCH's, or today.",
      valueName: "yyyy-mm-dd"
    ),
    transform: ArgumentValue.day
  )
  var date: CalendarDate?

  @Option(
    help: ArgumentHelp(
      "The workload: a name, a YAML file, or suggest for what each host shows. A second one is a "
        + "what-if: by the first before, by the second after.",
      valueName: "name|file|suggest"
    )
  )
  var profile: [ProfileName] = []

  @OptionGroup var growth: GrowthOptions

  @Option(
    help: ArgumentHelp(
      "What if every host got this device? As plan takes it; repeatable.",
      valueName: "kind:size@node"
    ),
    transform: ArgumentValue.device
  )
  var add: [GrowthStep] = []

  @Flag(help: "HTML and Markdown of one page, for who decides: risk, cost, what to do and by when.")
  var summary = false

  @OptionGroup var grouping: GroupingOptions

  @Option(
    name: .customLong("args"),
    help: ArgumentHelp(
      "What if every host were booted with these, in place of its own arguments about zones?",
      valueName: "args"
    )
  )
  var arguments: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "When hosts get tight, by a history of them: what zonewise forecast takes.",
      valueName: "source"
    ),
    completion: Completions.source
  )
  var history: [String] = []

  @OptionGroup var reading: HistoryOptions

  @Option(help: "How many hosts HTML and Markdown show, worst first.")
  var worst = 200

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try targets()
    guard (1...100_000).contains(worst) else {
      throw ValidationError("--worst takes a number from 1 to 100000")
    }
    guard profile.count < 3 else {
      throw ValidationError("--profile is given once, or twice for before and after")
    }
  }

  func run() throws { try Runner.run(write) }

  private func write() throws {
    let workload = try ProfileName.workload(profile.first)
    let rows = CapacityRows(workload: workload, whatIf: try whatIf())
    let hosts = HostSources(sources, histories: history)
    var context = try grouping.context()
    var histories = HostHistories(reading.finder(of: hosts.histories, workload), workload)
    if !hosts.histories.isEmpty { context.outlooks = try histories.read(hosts.histories) }
    let heading = CapacityHeading(
      title: title,
      date: (date ?? CalendarDate.today).description,
      whatIf: rows.whatIf,
      isBrief: summary
    )
    let asked = try targets()
    var sink = CapacitySink(
      heading: heading,
      worst: worst,
      context: context,
      formats: asked.map(\.format)
    )
    var findings = FindingCounts()
    var outputs = try asked.map { target in
      try CapacityOutput(target, isQuiet: common.quiet, opening: sink.opening(target.format))
    }
    let streamed = outputs.map(\.format).filter(\.isStreamed)
    let told = context
    func take(_ row: HostRow, _ bytes: [CapacityFormat: [UInt8]]) throws {
      sink.add(row)
      findings.add(row)
      for index in outputs.indices {
        let format = outputs[index].format
        guard let own = bytes[format] else { continue }
        try outputs[index].add(own, isJudged: row.failure == nil)
      }
    }
    if hosts.hasCaptures {
      let pipeline = CapacityPipeline(rows: rows, context: told) {
        CapacitySink.bytes($0, streamed, told: told)
      }
      try pipeline.run(hosts.captures) { row, bytes in
        if let outlook = row.outlook { histories.matched(outlook) }
        try take(row, bytes)
      }
    }
    for var row in histories.rows {
      told.complete(&row)
      try take(row, CapacitySink.bytes(row, streamed, told: told))
    }
    if !common.quiet {
      for line in sink.summary.labelUse?.sentences ?? [] { Console.report(line) }
    }
    guard sink.summary.judged > 0 else {
      for row in sink.failures { Console.report(row.failureLine ?? row.source) }
      throw NothingJudged(message: "no source could be judged")
    }
    for index in outputs.indices {
      try outputs[index].end(sink)
    }
    let status = findings.status(common)
    if status != .done { throw status.error }
  }

  // MARK: Options

  private func targets() throws -> [OutputTarget<CapacityFormat>] {
    try OutputTarget.all(output: output, format: format, otherwise: .markdown)
  }

  private func whatIf() throws -> WhatIf {
    var whatIf = growth.whatIf
    whatIf.additions = add
    if let arguments {
      // What no host could be booted with is wrong usage, not a host's failure.
      _ = try ZoneArgumentLine.with(arguments, in: "")
      whatIf.arguments = arguments
    }
    if profile.count == 2 { whatIf.profile = try profile[1].only(for: "a what-if") }
    return whatIf
  }
}
