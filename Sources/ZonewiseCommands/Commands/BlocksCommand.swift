internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import HostModel
internal import Reports

/// `zonewise blocks`: which memory blocks can go offline, and why not.
struct BlocksCommand: MachineCommand {
  static let configuration = CommandConfiguration(
    commandName: "blocks",
    abstract: "Say which memory blocks can go offline, and why the others can't."
  )

  @OptionGroup var sourceOptions: SourceOptions
  @OptionGroup var stated: StatedOptions

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @Flag(
    name: .customLong("every-page"),
    help: "As root: look at every page on hosts above 256 GiB too (about 10 s a TiB)."
  )
  var everyPage = false

  @OptionGroup var common: CommonOptions

  static let need = SourceNeed.blocks

  var collection: CollectionOptions {
    var options = sourceOptions.collection
    options.readPageFlags = true
    if everyPage { options.pageFlagsLimit = .max }
    return options
  }

  func answers(about machine: SourceMachine) throws -> [BlockReport] {
    guard let member = machine.newest else { return [] }
    var report = try BlockAdvisor.report(member.snapshot)
    report.assumptions = member.assumptions + report.assumptions
    if machine.members.count > 1, let kernel = member.kernel {
      report.assumptions.append("told for Linux \(kernel), the newest of the class's kernels")
    }
    return [report]
  }
}
