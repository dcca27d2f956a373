internal import Advice
internal import ArgumentParser
internal import Profiles
internal import Reports

/// `zonewise profiles suggest`: which profile a host looks like, and why.
struct SuggestProfiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Say which profile a host looks like, and what speaks for it."
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @OptionGroup var sourceOptions: SourceOptions

  @Option(help: "How to print the answer.")
  var format = Format.text

  @OptionGroup var common: CommonOptions

  func run() throws {
    let profiles = try ProfileStore.all()
    let snapshot = try sourceOptions.collect()
    let report = SuggestionReport(profiles, for: snapshot)
    if !common.quiet {
      switch format {
      case .text: Console.write(SuggestionText.render(report, style: common.style))
      case .json: Console.write(SuggestionJSON.render(report))
      }
    }
    let status = common.status(findings: [], unknown: report.unknown.count)
    if status != .done { throw status.error }
  }
}
