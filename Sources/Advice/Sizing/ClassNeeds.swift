package import HostModel
internal import KernelBehavior

/// What the machines of a class must all leave to the kernel, and their memory maps.
package struct ClassNeeds: Sendable {
  /// A memory map and a kernel that some of the machines have.
  private struct Machine: Sendable {
    var inputs: BootLayoutInputs
    var block: PageCount?
    var areas: LayoutAreas
  }

  /// As many different machines are held against one argument; a class of more is none.
  private static let mostKinds = 64

  private var bounds = LayoutSearch.Bounds()
  /// Each layout input once.
  private var machines: [Machine] = []
  /// Why no single argument can be told.
  package private(set) var obstacle: String?

  package init() {}

  /// Takes a machine's needs in.
  package mutating func add(_ needs: HostNeeds) {
    if obstacle != nil { return }
    if let reason = needs.obstacle {
      obstacle = reason
      return
    }
    let inputs: BootLayoutInputs
    do throws(BootLayoutRefusal) {
      inputs = try BootLayoutInputs(snapshot: needs.snapshot)
    } catch {
      obstacle = "the boot layout can't be predicted on some of them: \(error)"
      return
    }
    let page = inputs.map.pageSize
    for (node, floor) in needs.floors {
      bounds.nodes[node] = max(bounds.nodes[node] ?? .zero, floor.pagesRoundedUp(of: page))
    }
    bounds.host = max(bounds.host, needs.hostFloor.pagesRoundedUp(of: page))
    if machines.contains(where: { Self.isSame($0.inputs, inputs) }) { return }
    let areas = LayoutAreas(needs.snapshot, inputs: inputs)
    if machines.count == Self.mostKinds {
      obstacle = "more than \(Self.mostKinds) of them differ in memory or kernel"
    } else {
      machines.append(Machine(inputs: inputs, block: needs.block, areas: areas))
    }
  }

  private static func isSame(_ left: BootLayoutInputs, _ right: BootLayoutInputs) -> Bool {
    left.map == right.map && left.kernel == right.kernel
      && BootReservations.words(left.commandLine) == BootReservations.words(right.commandLine)
  }

  /// The `kernelcore` that leaves each machine what any of them needs, with as much Movable as that
  /// allows.
  ///
  /// - Parameter wish: More than that is made Movable on none of them.
  /// - Returns: The argument, and what it gives on the machines.
  /// - Throws: Why there is none.
  package func change(atMost wish: ByteCount? = nil) throws(NotPlanned) -> ClassChange {
    if let obstacle { throw NotPlanned(description: obstacle) }
    guard !machines.isEmpty else { throw NotPlanned(description: "there are no machines") }
    var best: ClassChange?
    var failure = ""
    for machine in machines {
      var search = LayoutSearch(
        map: machine.inputs.map,
        kernel: machine.inputs.kernel,
        block: machine.block
      )
      do throws(LayoutSearch.Impossible) {
        let answer = try search.largestMovable(
          keeping: bounds,
          beside: machine.areas,
          atMost: wish?.pages(of: machine.inputs.map.pageSize)
        )
        guard let change = change(answer), change.mostMovable <= wish ?? change.mostMovable else {
          continue
        }
        if let found = best, found.movable >= change.movable { continue }
        best = change
      } catch {
        failure = "\(error)"
      }
    }
    if let best { return best }
    throw NotPlanned(
      description: failure.isEmpty
        ? "no boot argument suits all of them: each that suits one leaves another too little"
        : "no boot argument suits all of them: \(failure)"
    )
  }

  /// What an argument gives on every machine; nil where one of them keeps too little.
  private func change(_ answer: LayoutSearch.Answer) -> ClassChange? {
    let argument = answer.argument
    var change: ClassChange?
    for machine in machines {
      let page = machine.inputs.map.pageSize
      guard let layout = try? machine.inputs.predict(machine.inputs.arguments(argument)) else {
        return nil
      }
      let held = machine.areas.held(in: layout)
      guard held.reach.isEmpty, bounds.areKept(by: layout, beside: held) else { return nil }
      let kernel = layout.kernelPages.bytes(of: page)
      let movable = layout.movablePages.bytes(of: page)
      guard var found = change else {
        change = ClassChange(
          size: answer.size,
          argument: argument,
          kernel: kernel,
          movable: movable,
          mostMovable: movable
        )
        continue
      }
      if movable < found.movable {
        found.movable = movable
        found.kernel = kernel
      }
      found.mostMovable = max(found.mostMovable, movable)
      change = found
    }
    return change
  }
}
