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

  @Option(
    name: .customLong("args"),
    help: ArgumentHelp(
      "Its own command line with these in place of what is about zones there; '' for none.",
      valueName: "args"
    )
  )
  var arguments: String?

  @Flag(help: "Also show how the kernel hands out its pages: pass by pass, node by node.")
  var steps = false

  @OptionGroup var stated: StatedOptions

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @OptionGroup var common: CommonOptions

  static let need = SourceNeed.layout

  func validate() throws {
    guard cmdline == nil || arguments == nil else {
      throw ValidationError("--cmdline is a whole command line, --args a part: give one of the two")
    }
  }

  func answers(about machine: SourceMachine) throws -> [Prediction] {
    let asked = try arguments.map { try machine.commandLine(with: $0) } ?? cmdline
    do throws(BootLayoutRefusal) {
      var predictions: [Prediction] = []
      for member in machine.members {
        var prediction = try Prediction(
          try member.inputs(),
          source: member.snapshot.source,
          asked: asked,
          blockSize: member.blockSize
        )
        prediction.decideLayouts()
        if steps { prediction.showSteps() }
        predictions.append(prediction)
      }
      return predictions
    } catch {
      throw NothingJudged(message: "\(machine.name): \(error)")
    }
  }
}
