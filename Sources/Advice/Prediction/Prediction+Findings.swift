internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles

extension Prediction {
  /// What the rules say about the command line and about the zones that it gives; worst first.
  ///
  /// - Parameters:
  ///   - before: The zones that the machine has without the arguments in question.
  ///   - limits: What ratio is too much.
  /// - Returns: Findings.
  func findings(before: BootLayout, limits: Profile.Limits) -> [Finding] {
    let line = ArgumentContext(
      words: KernelCommandLineText.arguments(commandLine),
      zones: arguments,
      pageSize: pageSize,
      maxOrder: inputs.map.maxOrder,
      kernel: inputs.kernel,
      limits: limits,
      givesMovable: layout.movablePages > .zero
    )
    var context = LayoutContext(
      layout: layout,
      facts: LayoutFacts.find(
        arguments,
        before: before,
        after: layout,
        inputs: inputs,
        reservations: reservations,
        blockSize: blockSize
      ),
      line: line
    )
    context.memoryOnlyNodes = inputs.memoryOnlyNodes
    context.cma = cmaByNode
    context.disagreement = disagreement
    let found =
      RuleRegistry.layout.flatMap { $0.findings(in: context) }
      + RuleRegistry.argument.flatMap { $0.findings(in: line) }.filter { !$0.isAboutInputs }
    // What is about inputs, the prediction takes for granted and says so.
    return found.onePerCause.sorted { $0.severity > $1.severity }
  }
}
