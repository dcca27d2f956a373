package import HostModel
package import KernelBehavior
internal import Profiles

/// Why nothing can be promised.
package enum PromiseRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The zones can't be predicted.
  case layout(BootLayoutRefusal)
  /// The machine's own zones are not those that its own command line gives here.
  case disagrees
  /// There is no kernel to promise for.
  case noKernel

  package var description: String {
    switch self {
    case .layout(let refusal): "nothing can be promised: \(refusal)"
    case .disagrees:
      "nothing can be promised: the zones of the present boot are not those that its command line "
        + "gives here, so something about this machine is not understood"
    case .noKernel: "nothing can be promised: there is no kernel"
    }
  }
}

extension BootPromise {
  /// A machine under one kernel, with the command line that it is to be booted with.
  package struct Machine: Sendable {
    package var inputs: BootLayoutInputs
    package var source: SourceDescription
    package var commandLine: String
    package var blockSize: ByteCount?

    package init(
      _ inputs: BootLayoutInputs,
      source: SourceDescription,
      commandLine: String,
      blockSize: ByteCount?
    ) {
      self.inputs = inputs
      self.source = source
      self.commandLine = commandLine
      self.blockSize = blockSize
    }
  }

  /// Who promises what.
  package struct Terms: Sendable {
    package var machine: String
    package var date: String
    package var arguments: [String]
    package var removed: [String]

    package init(machine: String, date: String, arguments: [String], removed: [String]) {
      self.machine = machine
      self.date = date
      self.arguments = arguments
      self.removed = removed
    }
  }

  /// Promises what is predicted.
  ///
  /// - Parameters:
  ///   - terms: Who promises what.
  ///   - machines: The machine under each kernel that it may run.
  ///   - assessment: What was said of it; nil where what is in use is not known.
  /// - Throws: Why its zones can't be told.
  package init(
    _ terms: Terms,
    on machines: [Machine],
    assessed assessment: Assessment?
  ) throws(PromiseRefusal) {
    guard let first = machines.first else { throw .noKernel }
    var boots: [Boot] = []
    var holds: ByteCount?
    var found: [Finding] = assessment?.findings ?? []
    for machine in machines {
      let prediction: Prediction
      do throws(BootLayoutRefusal) {
        prediction = try Prediction(
          machine.inputs,
          source: machine.source,
          asked: machine.commandLine,
          blockSize: machine.blockSize
        )
      } catch {
        throw .layout(error)
      }
      if prediction.agrees == false { throw .disagrees }
      boots.append(Self.boot(prediction, needs: assessment))
      if let own = prediction.holdsWithin { holds = min(holds ?? own, own) }
      found += prediction.findings
    }
    self.init(
      machine: terms.machine,
      date: terms.date,
      profile: assessment?.profile.name,
      arguments: terms.arguments,
      removed: terms.removed,
      pageSize: first.inputs.map.pageSize,
      blockSize: first.blockSize,
      boots: boots,
      holdsWithin: holds,
      headroom: assessment.flatMap { Self.headroom($0, in: boots) },
      findings: assessment == nil ? nil : Self.expected(found)
    )
  }

  private static func boot(_ prediction: Prediction, needs assessment: Assessment?) -> Boot {
    var boot = Boot(
      prediction.layout,
      kernel: prediction.inputs.kernel.version.value?.release,
      commandLine: prediction.commandLine,
      pageSize: prediction.pageSize
    )
    guard let assessment else { return boot }
    let today = Self.today(assessment)
    let needs = assessment.demand.value?.neededByNode ?? [:]
    for index in boot.nodes.indices {
      let node = boot.nodes[index]
      if let need = needs[node.id], need <= node.kernel { boot.nodes[index].needs = need }
      let now = today?.node(node.id)?.total ?? .zero
      boot.nodes[index].later = now.subtractingOrZero(node.total)
    }
    // A node without boot memory, which got some later.
    for node in today?.nodes ?? [] where boot.node(node.id) == nil {
      boot.nodes.append(Node(id: node.id, kernel: .zero, movable: .zero, later: node.total))
    }
    boot.nodes.sort { $0.id < $1.id }
    return boot
  }

  /// The zones that are there now.
  private static func today(_ assessment: Assessment) -> Boot? {
    assessment.snapshot.zoneinfo.value.map {
      Boot($0, kernel: nil, commandLine: "", pageSize: assessment.pageSize)
    }
  }

  /// Today's headroom with what the kernel zones gain or lose, under the kernel that gains least.
  private static func headroom(_ assessment: Assessment, in boots: [Boot]) -> Headroom? {
    guard let now = assessment.current.headroom.value, let demand = assessment.demand.value,
      let today = today(assessment)
    else { return nil }
    let kernel = today.nodes.map(\.kernel).total()
    let least = boots.map { $0.nodes.map(\.kernel).total() }.min() ?? kernel
    let size = (now + least).subtractingOrZero(kernel)
    return Headroom(size: size, atLeast: min(demand.margin, size.subtractingOrZero(demand.growth)))
  }

  private static func expected(_ findings: [Finding]) -> [ExpectedFinding] {
    var seen: Set<ExpectedFinding> = []
    return
      findings
      .map { ExpectedFinding(code: $0.code, rule: $0.rule, severity: $0.severity) }
      .filter { seen.insert($0).inserted }
      .sorted { ($0.code, $1.severity) < ($1.code, $0.severity) }
  }
}
