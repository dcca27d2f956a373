internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import KernelText
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

  @OptionGroup var sourceOptions: SourceOptions

  @Option(
    help: ArgumentHelp(
      "How much Movable you would like: is it safe, and with which arguments?",
      valueName: "max|size|ratio"
    )
  )
  var want: String?

  @Option(help: "How to print the answer.")
  var format = Format.text

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard let want, MovableWish(text: want) == nil else { return }
    throw ValidationError("--want takes max, a size (64GiB) or a ratio (3:1), not '\(want)'")
  }

  func run() throws {
    let found = try sourceOptions.find()
    if case .oomLog(let log, let name) = found {
      try explainOOM(log, file: name)
      return
    }
    let named = try profileOptions.named()
    let snapshot = try sourceOptions.collect(found)
    let (profile, choice) = try named ?? profileOptions.suggested(for: snapshot)
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

  /// A log with a report of the OOM killer: what was short, and what to change.
  private func explainOOM(_ log: OOMLog, file: String) throws {
    let diagnosis = OOMDiagnostician.diagnose(log.report)
    if !common.quiet {
      switch format {
      case .text:
        Console.write(OOMText.render(diagnosis, log: log, file: file, style: common.style))
      case .json: Console.write(OOMJSON.render(diagnosis, log: log, file: file))
      }
    }
    // A report that tells nothing was not judged.
    if diagnosis.cause == .unknown, !log.report.hasNumbers { throw ExitStatus.notJudged.error }
  }
}
