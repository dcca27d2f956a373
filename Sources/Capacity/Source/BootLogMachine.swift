internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import MachineSpec
internal import SourceText

/// The machine of a boot log as it is right after boot: a log tells nothing of what is in use.
struct BootLogMachine {
  private let machine: MachineClass
  private let inputs: BootLayoutInputs

  /// What no boot log tells, for rows and lists that have no room for more.
  static let use = UnreadInput(
    input: "what is in use",
    reason: "a boot log does not tell it",
    effect: "the machine is judged as an idle one"
  )

  init(_ log: BootLog, _ inputs: BootLayoutInputs, name: String) {
    let place = SourceLocation(file: name, line: max(1, log.line))
    let page = inputs.map.pageSize
    let nodes = Set(inputs.map.ranges.map(\.node)).sorted().map { node in
      MachineSpec.Node(
        id: node,
        memory: nil,
        ranges: inputs.map.ranges.filter { $0.node == node }.map { range in
          AddressRange(
            start: range.frames.start.address(pageSize: page),
            end: range.frames.end.address(pageSize: page)
          )
        }
      )
    }
    var spec = MachineSpec(name: name, architecture: inputs.map.architecture, nodes: nodes)
    spec.pageSize = page
    spec.maxOrder = inputs.map.maxOrder
    spec.blockSize = log.memoryBlockSize
    spec.kernel = inputs.kernel.version.value
    spec.commandLine = inputs.commandLine ?? ""
    var machine = MachineClass(machine: spec, places: ClassPlaces(start: place))
    machine.kernels = [spec.kernel]
    machine.commandLine = ClassCommandLine(
      KernelCommandLineText.arguments(spec.commandLine).map {
        ClassCommandLine.Word($0.text, at: place, length: $0.text.count)
      }
    )
    self.machine = machine
    self.inputs = inputs
  }

  /// The host as it is right after boot; `path` is where the log was read.
  func afterBoot(from path: String) throws(BootLayoutRefusal) -> ClassSnapshot.Host {
    var host = try ClassSnapshot.make(
      machine,
      kernel: inputs.kernel.version.value,
      inputs: inputs
    )
    host.snapshot.source = SourceDescription(kind: .bootLog, path: path)
    host.assumptions.insert(
      "a boot log does not tell what is in use: the machine is taken as idle",
      at: 0
    )
    return host
  }
}
