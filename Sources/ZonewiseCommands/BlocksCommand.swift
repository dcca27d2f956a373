internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import Reports

/// `zonewise blocks`: which memory blocks can go offline, and why not.
struct BlocksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blocks",
    abstract: "Say which memory blocks can go offline, and why the others can't."
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @OptionGroup var sourceOptions: SourceOptions

  @Option(help: "How to print the answer.")
  var format = Format.text

  @Flag(
    name: .customLong("every-page"),
    help: "As root: look at every page on hosts above 256 GiB too (about 10 s a TiB)."
  )
  var everyPage = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    var options = sourceOptions.collection
    options.readPageFlags = true
    if everyPage { options.pageFlagsLimit = .max }
    let snapshot = try sourceOptions.collect(try sourceOptions.find(), options: options)
    let report: BlockReport
    do throws(NotJudged) {
      report = try BlockAdvisor.report(snapshot)
    } catch {
      Console.report("\(error.input): \(error.reason)")
      throw ExitStatus.notJudged.error
    }
    if !common.quiet {
      switch format {
      case .text: Console.write(BlocksText.render(report, style: common.style))
      case .json: Console.write(BlocksJSON.render(report))
      }
    }
    let status = common.status(findings: [], unknown: report.unknown.count)
    if status != .done { throw status.error }
  }
}
