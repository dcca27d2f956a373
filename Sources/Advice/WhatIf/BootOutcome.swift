package import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles

/// What becomes of a host that is booted with other arguments: its zones, and how it stands then with
/// what its kernel holds now.
package struct BootOutcome: Sendable {
  /// What a node keeps for the kernel, and what it needs.
  package struct Node: Hashable, Sendable {
    package var node: NodeID
    package var keeps: ByteCount
    package var needs: ByteCount
  }

  package var prediction: Prediction
  package var standing: CurrentBalance
  package var demand: Reading<Demand>
  package var nodes: [Node]
  /// Whether the layout leaves the kernel what sizing says it needs; nil where that is not known.
  package var isSafe: Bool?
  /// What keeps it from being safe.
  package var cost: WishAnswer.Cost?
}

extension BootOutcome {
  /// - Parameters:
  ///   - line: The whole command line.
  ///   - facts: The host as it is.
  ///   - demand: What its kernel zones must hold.
  ///   - sizing: How much may be Movable; nil where whether it is safe was not asked.
  ///   - profile: By which it is judged.
  /// - Throws: Why its zones can't be predicted.
  init(
    _ line: String,
    _ facts: HostFacts,
    demand: Reading<Demand>,
    sizing: Reading<Sizing>?,
    profile: Profile
  ) throws(BootLayoutRefusal) {
    let inputs = try facts.bootInputs.get()
    prediction = try Prediction(
      inputs,
      source: facts.snapshot.source,
      asked: line,
      blockSize: facts.snapshot.memoryBlocks.value?.blockSize
    )
    if sizing != nil { prediction.decideLayouts() }
    let areas = LayoutAreas(
      facts.snapshot,
      inputs: prediction.inputs,
      adding: KernelCommandLineText.arguments(line).map(\.text)
    )
    let held = areas.held(in: prediction.layout)
    let then = facts.rebooted(prediction.layout, beside: held)
    self.demand = demand.map { $0.rebooted(from: facts, to: then) }
    standing = CurrentBalance.judge(then, demand: self.demand, profile: profile)
    let floors = sizing?.value?.kernelFloor ?? [:]
    nodes = then.nodes.filter { $0.total > .zero }.map {
      Node(node: $0.node, keeps: $0.ratioKernel, needs: floors[$0.node] ?? .zero)
    }
    if let sizing = sizing?.value, facts.highMemory == .zero, let boot = try? BootSizes(facts) {
      cost = boot.cost(prediction.layout, sizing)
      isSafe = cost == nil
    }
  }
}

extension Demand {
  /// The same need with the watermarks of other zones, and without user pages that were stuck in those
  /// of before.
  fileprivate func rebooted(from before: HostFacts, to then: HostFacts) -> Demand {
    var reserves: [NodeID: ByteCount] = [:]
    for account in then.nodes { reserves[account.node] = account.reserve.value }
    var result = keeping(reserves, before)
    for index in result.terms.indices where result.terms[index].id == .stuckUserPages {
      result.terms[index].now = .zero
    }
    result.now = then.nodes.map { $0.use.value ?? .zero }.total()
    return result
  }
}
