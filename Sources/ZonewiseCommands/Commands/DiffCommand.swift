internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import HostModel
internal import Profiles
internal import Reports
internal import SourceText

/// `zonewise diff`: what moved between two looks at a host, or between two reports of a fleet.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what moved between two captures of a host, or two reports of a fleet.",
    discussion: """
      Two hosts, as any command takes them:
        zonewise diff before.tar.gz after.tar.gz
      Two JSON reports of the same fleet:
        zonewise report … --output json=may.json
        zonewise diff may.json june.json
        zonewise diff may.json june.json --output html=june.html
      --fail-on looks at findings that are new.
      """
  )

  @Argument(
    help: ArgumentHelp("The earlier host or report.", valueName: "before"),
    completion: Completions.source
  )
  var before: String

  @Argument(
    help: ArgumentHelp("The later host or report.", valueName: "after"),
    completion: Completions.source
  )
  var after: String

  @Option(help: "How to print the answer on standard output; default: text.")
  var format: DiffFormat?

  @Option(
    help: ArgumentHelp(
      "Write the answer in a format, to a file if one is named; repeatable.",
      valueName: "format[=file]"
    )
  )
  var output: [String] = []

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard before != "-" || after != "-" else {
      throw ValidationError("standard input can be one of the two only")
    }
    _ = try targets()
  }

  func run() throws { try Runner.run(compare) }

  private func targets() throws -> [OutputTarget<DiffFormat>] {
    try OutputTarget.all(output: output, format: format, otherwise: .text)
  }

  private func compare() throws {
    let answer = try answer()
    for target in try targets() {
      var output = try StreamedOutput(file: target.file, isQuiet: common.quiet)
      try output.write { put throws(LocatedError) in
        try answer.write(as: target.format, style: common.style, to: put)
      }
      try output.end()
    }
    let status = common.status(worst: answer.worstSeverity, unknown: answer.unknownInputs)
    if status != .done { throw status.error }
  }

  private func answer() throws -> FleetDiff {
    switch (isReport(before), isReport(after)) {
    case (true, true): return try reports()
    case (false, false): return try hosts()
    case (let first, _):
      throw UsageFailure(
        message: "\(first ? before : after) is a report and \(first ? after : before) is none: "
          + "diff takes two reports, or two hosts"
      )
    }
  }

  // MARK: Two reports

  private func isReport(_ path: String) -> Bool {
    guard SourceFinder.canBeReadAgain(path), !UserFile.isDirectory(path) else { return false }
    return (try? UserFile.start(path, bytes: 4096)).map(FleetReport.begins) ?? false
  }

  private func reports() throws -> FleetDiff {
    let (old, new) = (try report(before), try report(after))
    return try FleetDiff(
      FleetDiff.Side(source: before, date: old.date),
      FleetDiff.Side(source: after, date: new.date),
      from: old,
      to: new
    )
  }

  private func report(_ path: String) throws -> FleetReport {
    try FleetReport(try ReportFile(path), file: path)
  }

  // MARK: Two hosts

  private func hosts() throws -> FleetDiff {
    let (profile, choice) = try profileOptions.named(for: "diff")
    let rows = CapacityRows(workload: .named(profile, choice), whatIf: WhatIf())
    func row(_ source: String) throws -> HostRow {
      let row = rows.only(source)
      if let failure = row.failure { throw NothingJudged(message: failure) }
      return row
    }
    return FleetDiff(
      FleetDiff.Side(source: before),
      FleetDiff.Side(source: after),
      host: HostDiff(try row(before), try row(after))
    )
  }
}
