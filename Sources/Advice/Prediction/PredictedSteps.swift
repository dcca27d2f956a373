package import KernelBehavior

/// How a layout comes about, for people who want to follow the kernel.
package struct PredictedSteps: Sendable {
  package var map: MemoryMap
  /// Nil where no size decides: then nothing is handed out.
  package var spread: SpreadTrace?
}

extension Prediction {
  /// Works the layout out once more and writes down each step.
  package mutating func showSteps() {
    var planner = BootLayoutPlanner(map: inputs.map, kernel: inputs.kernel)
    steps = PredictedSteps(map: inputs.map, spread: planner.trace(arguments))
  }
}
