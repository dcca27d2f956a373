internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import Reports

/// `zonewise report`: a capacity-planning report over hosts.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a capacity-planning report over one host or a fleet."
  )

  @Argument(
    help: ArgumentHelp(
      "Directories, archives, snapshots (one or many in a file); - for snapshots on standard "
        + "input, one a line; default: this host.",
      valueName: "source"
    )
  )
  var sources: [String] = []

  @Option(help: "How to print the report on standard output.")
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

  @Option(help: ArgumentHelp("The day that the report bears.", valueName: "yyyy-mm-dd"))
  var date: String?

  @Option(
    help: ArgumentHelp("What if a term grew by this factor?", valueName: "term=2x")
  )
  var grow: [String] = []

  @Option(help: ArgumentHelp("How far to look ahead.", valueName: "days"))
  var horizon: String?

  @Option(help: "How many hosts HTML and Markdown show, worst first.")
  var worst = 200

  @OptionGroup var profileOptions: ProfileOptions
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
  }

  func run() throws {
    guard let (chosen, choice) = try profileOptions.named() else {
      Console.report("report takes one profile for all hosts; name it")
      throw ExitStatus.usage.error
    }
    let whatIf = try whatIf()
    let profile = whatIf.applied(to: chosen)
    let day = date ?? CalendarDate.today.description
    var sink = CapacitySink(
      heading: CapacityHeading(
        title: title,
        date: day,
        whatIfs: whatIf.sentences,
        profileNotes: profile.rationale
      ),
      formats: Set(try targets().map(\.format)),
      worst: worst
    )
    let rows = CapacityRows(profile: profile, choice: choice)
    for source in sources.isEmpty ? [""] : sources { rows.read(source) { sink.add($0) } }
    guard sink.summary.hosts > sink.summary.failed else {
      for row in sink.failures { Console.report("\(row.source): \(row.failure ?? "")") }
      Console.report("no source could be judged")
      throw ExitStatus.notJudged.error
    }
    try write(sink)
  }

  private func write(_ sink: CapacitySink) throws {
    for target in try targets() {
      let bytes = try sink.bytes(target.format)
      guard let file = target.file else {
        if !common.quiet { Console.write(bytes) }
        continue
      }
      do throws(OutputFile.Failure) {
        try OutputFile.write(bytes, to: file)
      } catch {
        Console.report(error.description)
        throw ExitStatus.notJudged.error
      }
    }
  }

  // MARK: Options

  private struct Target {
    var format: CapacityFormat
    /// Nil for standard output.
    var file: String?
  }

  private func targets() throws -> [Target] {
    var targets: [Target] = []
    for text in output {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let format = CapacityFormat(rawValue: String(parts[0])) else {
        let known = CapacityFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--output takes FORMAT=FILE with one of \(known), not '\(text)'")
      }
      targets.append(Target(format: format, file: String(parts[1])))
    }
    if let format { targets.append(Target(format: format, file: nil)) }
    return targets.isEmpty ? [Target(format: .markdown, file: nil)] : targets
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
