internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import Reports

/// `zonewise blocks`: which memory blocks can go offline, and why not.
struct BlocksCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "blocks",
    abstract: "Say which memory blocks can go offline, and why the others can't."
  )

  @OptionGroup var sourceOptions: SourceOptions

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @Flag(
    name: .customLong("every-page"),
    help: "As root: look at every page on hosts above 256 GiB too (about 10 s a TiB)."
  )
  var everyPage = false

  @OptionGroup var common: CommonOptions

  func answer() throws -> BlockReport {
    var options = sourceOptions.collection
    let found = try sourceOptions.find()
    // The blocks alone are enough for what can be said of blocks.
    if case .blockList = found { options.acceptsBlockList = true }
    options.readPageFlags = true
    if everyPage { options.pageFlagsLimit = .max }
    return try BlockAdvisor.report(try found.snapshot(options: options))
  }
}
