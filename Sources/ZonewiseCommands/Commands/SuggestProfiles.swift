internal import Advice
internal import ArgumentParser
internal import Profiles
internal import Reports

/// `zonewise profiles suggest`: which profile a host looks like, and why.
struct SuggestProfiles: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Say which profile a host looks like, and what speaks for it."
  )

  @OptionGroup var sourceOptions: SourceOptions

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @OptionGroup var common: CommonOptions

  func answer() throws -> SuggestionReport {
    SuggestionReport(try ProfileStore.all(), for: try sourceOptions.collect())
  }
}
