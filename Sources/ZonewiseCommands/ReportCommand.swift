internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import KernelBehavior
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
    )
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
    )
  )
  var date: String?

  @Option(
    help: ArgumentHelp(
      "The workload: a name, a YAML file, or suggest for what each host shows. A second one is a "
        + "what-if: by the first before, by the second after.",
      valueName: "name|file|suggest"
    )
  )
  var profile: [String] = []

  @Option(
    help: ArgumentHelp("What if a term grew by this factor? Repeatable.", valueName: "term=2x")
  )
  var grow: [String] = []

  @Option(
    help: ArgumentHelp(
      "What if every host got this device? As plan takes it; repeatable.",
      valueName: "kind:size@node"
    )
  )
  var add: [String] = []

  @Option(help: ArgumentHelp("What if one looked so far ahead?", valueName: "days"))
  var horizon: String?

  @Option(help: "How many hosts HTML and Markdown show, worst first.")
  var worst = 200

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try targets()
    _ = try whatIf()
    if let date, CalendarDate(text: date) == nil {
      throw ValidationError("--date takes a day as 2026-01-31, not '\(date)'")
    }
    guard (1...100_000).contains(worst) else {
      throw ValidationError("--worst takes a number from 1 to 100000")
    }
    guard profile.count < 3 else {
      throw ValidationError("--profile is given once, or twice for before and after")
    }
  }

  func run() throws {
    var whatIf = try whatIf()
    if profile.count == 2 { whatIf.profile = try ProfileStore.load(profile[1]) }
    let rows = CapacityRows(workload: try workload(), whatIf: whatIf)
    let heading = CapacityHeading(
      title: title,
      date: date ?? CalendarDate.today.description,
      whatIf: whatIf
    )
    var sink = CapacitySink(heading: heading, worst: worst)
    var findings = FindingCounts()
    do {
      var outputs = try targets().map { target in
        try CapacityOutput(
          target.format,
          file: target.file,
          isQuiet: common.quiet,
          opening: sink.opening(target.format)
        )
      }
      let formats = outputs.map(\.format).filter(\.isStreamed)
      try CapacityPipeline(rows: rows, formats: formats).run(sources) { row, bytes in
        sink.add(row)
        findings.add(row)
        for index in outputs.indices {
          let format = outputs[index].format
          guard let own = bytes[format] else { continue }
          try outputs[index].add(own, isJudged: row.failure == nil)
        }
      }
      guard sink.summary.judged > 0 else {
        for row in sink.failures { Console.report("\(row.source): \(row.failure ?? "")") }
        Console.report("no source could be judged")
        throw ExitStatus.notJudged.error
      }
      for index in outputs.indices {
        try outputs[index].end(try sink.closing(outputs[index].format))
      }
    } catch let failure as OutputFile.Failure {
      Console.report(failure.description)
      throw ExitStatus.notJudged.error
    }
    let status = findings.status(common)
    if status != .done { throw status.error }
  }

  private func workload() throws -> CapacityRows.Workload {
    guard let name = profile.first else {
      return .named(try ProfileStore.load("general"), .default)
    }
    guard name == "suggest" else { return .named(try ProfileStore.load(name), .user) }
    return .shown(among: try ProfileStore.all(), otherwise: try ProfileStore.load("general"))
  }

  // MARK: Options

  private func targets() throws -> [OutputTarget<CapacityFormat>] {
    try OutputTarget.all(output: output, format: format, otherwise: .markdown)
  }

  private func whatIf() throws -> WhatIf {
    var whatIf = WhatIf()
    for text in grow {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let term = TermID(id: String(parts[0])),
        let percent = WhatIf.percent(String(parts[1]))
      else {
        let known = TermID.measurable.map(\.id).joined(separator: ", ")
        throw ValidationError("--grow takes TERM=2x, not '\(text)'; terms: \(known)")
      }
      whatIf.growth.append((term, percent))
    }
    for text in add {
      do throws(GrowthStep.Mistake) {
        whatIf.additions.append(try GrowthStep(text: text))
      } catch {
        throw ValidationError("--add \(text): \(error)")
      }
    }
    if let horizon {
      guard let days = Int(horizon.hasSuffix("d") ? String(horizon.dropLast()) : horizon),
        (1...3650).contains(days)
      else { throw ValidationError("--horizon takes days, such as 180d, not '\(horizon)'") }
      whatIf.horizonDays = days
    }
    return whatIf
  }
}

extension CapacityFormat: ExpressibleByArgument {}

/// What the exit code of a report depends on.
private struct FindingCounts {
  private var worst: Finding.Severity?
  private var unknown = 0

  mutating func add(_ row: HostRow) {
    for finding in row.findings { worst = max(worst ?? finding.severity, finding.severity) }
    unknown += row.unknownInputs
    if row.failure != nil { unknown += 1 }
  }

  func status(_ options: CommonOptions) -> ExitStatus {
    options.status(worst: worst, unknown: unknown)
  }
}
