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
      A fleet's snapshots, one a line, come through a file or standard input:
        zonewise report - --output html=fleet.html --output csv=fleet.csv < fleet.ndjson
      """
  )

  @Argument(
    help: ArgumentHelp(
      "Hosts: directories, archives, snapshots (one or many in a file), - for standard input; "
        + "default: this host.",
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

  @Option(
    help: ArgumentHelp("What if a term grew by this factor? Repeatable.", valueName: "term=2x"),
    transform: ArgumentValue.termGrowth
  )
  var grow: [TermGrowth] = []

  @Option(
    help: ArgumentHelp(
      "What if every host got this device? As plan takes it; repeatable.",
      valueName: "kind:size@node"
    ),
    transform: ArgumentValue.device
  )
  var add: [GrowthStep] = []

  @Option(
    name: .customLong("args"),
    help: ArgumentHelp(
      "What if every host were booted with these, in place of its own arguments about zones?",
      valueName: "args"
    )
  )
  var arguments: String?

  @Option(
    help: ArgumentHelp("What if one looked so far ahead?", valueName: "days"),
    transform: ArgumentValue.days
  )
  var horizon: Int?

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
    let rows = CapacityRows(workload: try ProfileName.workload(profile.first), whatIf: try whatIf())
    let heading = CapacityHeading(
      title: title,
      date: (date ?? CalendarDate.today).description,
      whatIf: rows.whatIf
    )
    var sink = CapacitySink(heading: heading, worst: worst)
    var findings = FindingCounts()
    var outputs = try targets().map { target in
      try CapacityOutput(target, isQuiet: common.quiet, opening: sink.opening(target.format))
    }
    let streamed = outputs.map(\.format).filter(\.isStreamed)
    let pipeline = CapacityPipeline(rows: rows) { CapacitySink.bytes($0, streamed) }
    try pipeline.run(sources) { row, bytes in
      sink.add(row)
      findings.add(row)
      for index in outputs.indices {
        let format = outputs[index].format
        guard let own = bytes[format] else { continue }
        try outputs[index].add(own, isJudged: row.failure == nil)
      }
    }
    guard sink.summary.judged > 0 else {
      for row in sink.failures { Console.report(row.failureLine ?? row.source) }
      throw NothingJudged(message: "no source could be judged")
    }
    for index in outputs.indices {
      try outputs[index].end(try sink.closing(outputs[index].format))
    }
    let status = findings.status(common)
    if status != .done { throw status.error }
  }

  // MARK: Options

  private func targets() throws -> [OutputTarget<CapacityFormat>] {
    try OutputTarget.all(output: output, format: format, otherwise: .markdown)
  }

  private func whatIf() throws -> WhatIf {
    var whatIf = WhatIf()
    whatIf.growth = grow.map { ($0.term, $0.percent) }
    whatIf.additions = add
    whatIf.horizonDays = horizon
    if let arguments {
      // What no host could be booted with is wrong usage, not a host's failure.
      _ = try ZoneArgumentLine.with(arguments, in: "")
      whatIf.arguments = arguments
    }
    if profile.count == 2 { whatIf.profile = try profile[1].only(for: "a what-if") }
    return whatIf
  }
}
