internal import HostModel
internal import KernelBehavior

extension GrowthPlan {
  /// What becomes of the same devices under other arguments.
  struct Trial {
    var failure: GrowthSimulation.Failure?
    var worst = Verdict.balanced
    /// Whether every block is online.
    var isOnline = true
    /// Whether every block is in ZONE_MOVABLE.
    var isMovable = true
  }

  /// The first arguments under which the devices come to what is wanted; nil where none do.
  func cure(_ suffices: (Trial) -> Bool) -> [String]? {
    candidates.first { words in
      let trial = trial(words)
      return suffices(trial) && (!mustBeRemovable || trial.isMovable)
    }
  }

  /// The advised policy first, then what bounds less.
  private var candidates: [[String]] {
    let kernel = machine.rules.kernel
    var lists = [arguments.arguments]
    let freed = "memory_hotplug.auto_movable_numa_aware=0"
    if kernel.hasOrAssumed(.autoMovablePolicy), arguments.ratio > 0,
      !arguments.arguments.contains(freed)
    {
      lists.append(arguments.arguments + [freed])
    }
    if arguments.ratio > 0 { lists.append(OnlinePolicyArguments.movableWords(kernel)) }
    if kernel.hasOrAssumed(.defaultOnlineState) { lists.append(["memhp_default_state=online"]) }
    lists = lists.filter { !$0.isEmpty }
    guard kernel.hasOrAssumed(.memmapOnMemory) else { return lists }
    let described = "memory_hotplug.memmap_on_memory=1"
    return lists + lists.filter { !$0.contains(described) }.map { $0 + [described] }
  }

  private func trial(_ words: [String]) -> Trial {
    var other = machine
    other.settings.read(
      commandLine: words.joined(separator: " "),
      kernel: machine.rules.kernel
    )
    other.rules.mode = other.settings.memmapOnMemory.value
    var simulation = GrowthSimulation(other)
    var trial = Trial()
    for request in requests where trial.failure == nil {
      let outcome = simulation.add(request)
      trial.failure = outcome.failure
      guard outcome.failure == nil else {
        trial.worst = .impossible
        break
      }
      trial.worst = max(trial.worst, simulation.settled)
      guard request.device.isRAM else { continue }
      let zones = outcome.runs.map(\.zone) + (outcome.filled.left > 0 ? [outcome.filled.zone] : [])
      trial.isOnline = trial.isOnline && !zones.contains(nil)
      trial.isMovable = trial.isMovable && zones.allSatisfy { $0 == .movable }
    }
    return trial
  }
}
