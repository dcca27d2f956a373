package import HostModel
internal import KernelBehavior
internal import KernelText

/// What one kernel argument would make of every machine of a class.
package struct ClassChange: Hashable, Sendable {
  /// As it is written on a command line.
  package var argument: String
  /// On each machine.
  package var kernel: ByteCount
  package var movable: ByteCount

  package var ratio: MovableRatio { MovableRatio(movable, to: kernel) }
}

/// What the machines of a class must all leave to the kernel, and the memory map of one of them.
package struct ClassNeeds: Sendable {
  /// The most that any machine needs of each node.
  private var floors: [NodeID: ByteCount] = [:]
  /// Nodes without cpus need no kernel zone of their own.
  private var memoryOnly: Set<NodeID> = []
  private var isFirst = true
  private var inputs: BootLayoutInputs?
  private var block: PageCount?
  /// Why no single argument can be told.
  package private(set) var obstacle: String?

  package init() {}

  /// Takes a machine's needs in.
  package mutating func add(_ needs: HostNeeds) {
    if let reason = needs.obstacle, obstacle == nil { obstacle = reason }
    memoryOnly = isFirst ? needs.memoryOnly : memoryOnly.intersection(needs.memoryOnly)
    isFirst = false
    for (node, floor) in needs.floors { floors[node] = max(floors[node] ?? .zero, floor) }
    guard inputs == nil, obstacle == nil else { return }
    inputs = try? BootLayoutInputs(snapshot: needs.snapshot)
    block = needs.block
  }

  /// The smallest `kernelcore` that leaves each machine what it needs.
  ///
  /// - Throws: Why there is none.
  package func change() throws(NotPlanned) -> ClassChange {
    if let obstacle { throw NotPlanned(description: obstacle) }
    guard let inputs else {
      throw NotPlanned(description: "the boot layout can't be predicted on any of them")
    }
    let page = inputs.map.pageSize
    var need = floors.mapValues { $0.pagesRoundedUp(of: page) }
    for node in memoryOnly { need[node] = .zero }
    var inverse = LayoutInverse(map: inputs.map, kernel: inputs.kernel)
    do throws(LayoutInverse.Impossible) {
      let answer = try inverse.solve(.kernelcore, need: need, block: block)
      return ClassChange(
        argument: answer.argument,
        kernel: answer.layout.kernelPages.bytes(of: page),
        movable: answer.layout.movablePages.bytes(of: page)
      )
    } catch {
      throw NotPlanned(description: "no boot argument suits all of them: \(error)")
    }
  }
}

/// What one machine must leave to the kernel, as far as its class asks.
package struct HostNeeds: Sendable {
  package var floors: [NodeID: ByteCount]
  package var memoryOnly: Set<NodeID>
  package var snapshot: HostSnapshot
  package var block: PageCount?
  package var obstacle: String?

  package init(_ assessment: Assessment) {
    snapshot = assessment.snapshot
    floors = assessment.sizing.value?.kernelFloor ?? [:]
    memoryOnly = Set(
      (snapshot.nodes.value ?? []).filter { $0.cpuCount.value == 0 }.map(\.id)
    )
    block = snapshot.memoryBlocks.value?.blockSize.pages(of: assessment.pageSize)
    if assessment.sizing.value == nil {
      obstacle = "what some of them need is not known"
    } else if assessment.current.movable > 0, snapshot.commandLine.value != nil,
      !snapshot.asksForMovableAtBoot
    {
      obstacle = "Movable comes by hot-adding on some of them: there a policy decides, not a size"
    }
  }
}
