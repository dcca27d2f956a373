internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostModel
internal import KernelBehavior
internal import Reports

/// `zonewise predict`: the zones that a command line gives, per node.
struct PredictCommand: MachineCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Say which zones kernel arguments give on a machine, node by node."
  )

  @OptionGroup var sourceOptions: SourceOptions

  @Option(
    help: ArgumentHelp(
      "The arguments to predict; default: those that the source was booted with.",
      valueName: "args"
    )
  )
  var cmdline: String?

  @OptionGroup var stated: StatedOptions

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @OptionGroup var common: CommonOptions

  static let need = SourceNeed.layout

  func answers(about machine: SourceMachine) throws -> [Prediction] {
    do throws(BootLayoutRefusal) {
      var predictions: [Prediction] = []
      for member in machine.members {
        var prediction = try Prediction(
          try member.inputs(),
          source: member.snapshot.source,
          asked: cmdline,
          blockSize: member.blockSize
        )
        prediction.decideLayouts()
        predictions.append(prediction)
      }
      return predictions
    } catch {
      throw NothingJudged(message: "\(machine.name): \(error)")
    }
  }
}
