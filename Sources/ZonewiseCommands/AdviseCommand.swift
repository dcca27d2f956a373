internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import Reports

/// `zonewise advise`: now, verdict, demand, sizing, recommendation, findings.
struct AdviseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Say how this host's zones stand, how much Movable is safe, and what to do."
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(
    help: ArgumentHelp(
      "A directory with proc/ and sys/, or a copy of /proc/zoneinfo; default: this host.",
      valueName: "source"
    )
  )
  var source: String?

  @Option(
    help: ArgumentHelp(
      "How much Movable you would like: is it safe, and with which arguments?",
      valueName: "max|size|ratio"
    )
  )
  var want: String?

  @Option(help: "How to print the answer.")
  var format = Format.text

  @Flag(help: "Also sum up VmPin, VmLck and VmPTE over all processes.")
  var processes = false

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard let want, MovableWish(text: want) == nil else { return }
    throw ValidationError("--want takes max, a size (64GiB) or a ratio (3:1), not '\(want)'")
  }

  func run() throws {
    let (profile, choice) = try profileOptions.load()
    let snapshot = try collect()
    let assessment: Assessment
    do throws(NotJudged) {
      assessment = try Advisor.assess(
        snapshot,
        profile: profile,
        chosenBy: choice,
        wish: want.flatMap { MovableWish(text: $0) }
      )
    } catch {
      Console.report("\(error.input): \(error.reason)")
      throw ExitStatus.notJudged.error
    }
    if !common.quiet {
      switch format {
      case .text: Console.write(AssessmentText.render(assessment, style: common.style))
      case .json: Console.write(AssessmentJSON.render(assessment))
      }
    }
    let status = common.status(findings: assessment.findings, unknown: assessment.unknown.count)
    if status != .done { throw status.error }
  }

  private func collect() throws(ExitCode) -> HostSnapshot {
    var options = CollectionOptions()
    options.readProcesses = processes
    do throws(CollectionError) {
      return try HostCollector.collect(from: try SourceFinder.source(source), options: options)
    } catch {
      Console.report(error.description)
      throw ExitStatus.notJudged.error
    }
  }
}
