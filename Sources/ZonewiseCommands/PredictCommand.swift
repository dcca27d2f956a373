internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Reports

/// `zonewise predict`: the zones that a command line gives, per node.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Say which zones kernel arguments give on a machine, node by node."
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

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
    name: .customLong("page-size"),
    help: ArgumentHelp("The base page size where the source does not tell.", valueName: "size")
  )
  var pageSize: String?

  @Option(
    name: .customLong("max-order"),
    help: ArgumentHelp(
      "The buddy allocator's largest order, inclusive: columns of /proc/buddyinfo minus one.",
      valueName: "order"
    )
  )
  var maxOrder: UInt8?

  @Option(help: "How to print the answer.")
  var format = Format.text

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let pageSize, ByteCount(text: pageSize).flatMap({ PageSize(bytes: $0.count) }) == nil {
      throw ValidationError("--page-size takes 4K, 16K or 64K, not '\(pageSize)'")
    }
    if let maxOrder, maxOrder > 20 {
      throw ValidationError("--max-order takes a number up to 20, not \(maxOrder)")
    }
  }

  func run() throws {
    let prediction = try predict()
    if !common.quiet {
      switch format {
      case .text: Console.write(PredictionText.render(prediction, style: common.style))
      case .json: Console.write(PredictionJSON.render(prediction))
      }
    }
    let status = common.status(
      findings: prediction.findings,
      unknown: prediction.inputs.isExact ? 0 : 1
    )
    if status != .done { throw status.error }
  }

  private var overrides: BootLayoutInputs.Overrides {
    BootLayoutInputs.Overrides(
      pageSize: pageSize.flatMap { ByteCount(text: $0) }.flatMap { PageSize(bytes: $0.count) },
      maxOrder: maxOrder
    )
  }

  private func predict() throws(ExitCode) -> Prediction {
    do throws(BootLayoutRefusal) {
      let machine = try PredictionSource.read(source, overrides: overrides)
      return try Prediction(
        machine.inputs,
        source: machine.description,
        asked: cmdline,
        blockSize: machine.blockSize
      )
    } catch {
      Console.report("\(source ?? "this host"): \(error)")
      throw ExitStatus.notJudged.error
    }
  }
}
