internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Reports

/// `zonewise predict`: the zones that a command line gives, per node.
struct PredictCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Say which zones kernel arguments give on a machine, node by node."
  )

  @Argument(
    help: ArgumentHelp(
      "A boot log (dmesg, journalctl -k, serial console), a directory with proc/ and sys/, or - "
        + "for a log on standard input; default: this host.",
      valueName: "source"
    )
  )
  var source: String?

  @Option(
    help: ArgumentHelp(
      "The arguments to predict; default: those that the source was booted with.",
      valueName: "args"
    )
  )
  var cmdline: String?

  @Option(
    name: .customLong("arch"),
    help: ArgumentHelp("The architecture where the source does not tell.", valueName: "name"),
    transform: ArgumentValue.architecture
  )
  var architecture: Architecture?

  @Option(
    name: .customLong("page-size"),
    help: ArgumentHelp("The base page size where the source does not tell.", valueName: "size"),
    transform: ArgumentValue.pageSize
  )
  var pageSize: PageSize?

  @Option(
    name: .customLong("max-order"),
    help: ArgumentHelp(
      "The buddy allocator's largest order, inclusive: columns of /proc/buddyinfo minus one.",
      valueName: "order"
    ),
    transform: ArgumentValue.maxOrder
  )
  var maxOrder: UInt8?

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @OptionGroup var common: CommonOptions

  func answer() throws -> Prediction {
    do throws(BootLayoutRefusal) {
      let machine = try PredictionSource.read(
        source,
        overrides: BootLayoutInputs.Overrides(
          architecture: architecture,
          pageSize: pageSize,
          maxOrder: maxOrder
        )
      )
      return try Prediction(
        machine.inputs,
        source: machine.description,
        asked: cmdline,
        blockSize: machine.blockSize
      )
    } catch {
      throw NothingJudged(message: "\(source ?? "this host"): \(error)")
    }
  }
}
