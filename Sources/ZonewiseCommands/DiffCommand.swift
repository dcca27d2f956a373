internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import Reports
internal import SourceText
internal import SystemIO

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
      --fail-on looks at findings that are new.
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(help: ArgumentHelp("The earlier host or report.", valueName: "before"))
  var before: String

  @Argument(help: ArgumentHelp("The later host or report.", valueName: "after"))
  var after: String

  @Option(help: "How to print the answer.")
  var format = Format.text

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  /// Larger than the report of a hundred thousand hosts.
  private static let largestReport = 1 << 30

  func validate() throws {
    guard before != "-" || after != "-" else {
      throw ValidationError("standard input can be one of the two only")
    }
  }

  func run() throws {
    let diff: FleetDiff
    switch (isReport(before), isReport(after)) {
    case (true, true): diff = try reports()
    case (false, false): diff = try hosts()
    case (let first, _):
      Console.report(
        "\(first ? before : after) is a report and \(first ? after : before) is none: diff takes "
          + "two reports, or two hosts"
      )
      throw ExitStatus.usage.error
    }
    if !common.quiet {
      switch format {
      case .text: Console.write(DiffText.render(diff, style: common.style))
      case .json: Console.write(DiffJSON.render(diff))
      }
    }
    let status = common.status(
      worst: diff.newFindings.map(\.severity).max(),
      unknown: diff.notJudged.count + diff.hosts.map(\.after.unknownInputs).reduce(0, +)
    )
    if status != .done { throw status.error }
  }

  // MARK: Two reports

  private func isReport(_ path: String) -> Bool {
    guard SourceFinder.canBeReadAgain(path), !UserFile.isDirectory(path) else { return false }
    return (try? UserFile.start(path, bytes: 4096)).map(FleetReport.begins) ?? false
  }

  private func reports() throws -> FleetDiff {
    let (old, new) = (try report(before), try report(after))
    return FleetDiff(
      FleetDiff.Side(source: before, date: old.date),
      FleetDiff.Side(source: after, date: new.date),
      from: old.rows,
      to: new.rows
    )
  }

  private func report(_ path: String) throws -> FleetReport {
    do {
      return try FleetReport(
        try UserFile.input(path, limit: Self.largestReport),
        file: path
      )
    } catch let failure as ReadFailure {
      Console.report("\(path): \(failure)")
    } catch let error as LocatedError {
      Console.report(error.description)
    }
    throw ExitStatus.notJudged.error
  }

  // MARK: Two hosts

  private func hosts() throws -> FleetDiff {
    let (profile, choice) = try profileOptions.load()
    let rows = CapacityRows(workload: .named(profile, choice), whatIf: WhatIf())
    func row(_ source: String) throws -> HostRow {
      let row = rows.only(source)
      guard let failure = row.failure else { return row }
      Console.report(failure)
      throw ExitStatus.notJudged.error
    }
    return FleetDiff(
      FleetDiff.Side(source: before),
      FleetDiff.Side(source: after),
      host: HostDiff(try row(before), try row(after))
    )
  }
}
