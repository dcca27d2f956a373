internal import Advice
internal import FleetCheck
internal import Foundation
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import TestSupport
internal import Testing

/// A class that is written down from a machine that was booted, against that machine.
@Suite("Machine classes as hosts")
struct ClassSnapshotTests {
  static let names = [
    "5.10-two-nodes-kernelcore", "6.1-two-nodes-kernelcore", "6.12-two-nodes-kernelcore",
    "7.x-two-nodes-kernelcore", "6.12-one-node-no-movable", "5.10-one-node-no-movable",
    "6.12-node-without-kernel-memory", "7.x-node-without-kernel-memory",
  ]

  @Test("A class has the zones and the kernel headroom of its booted machine", arguments: names)
  func booted(name: String) throws {
    let host = try Self.host(name)
    let inputs = try BootLayoutInputs(snapshot: host)
    let twin = try ClassSnapshot.make(
      Self.machineClass(inputs, host),
      kernel: host.kernel.value
    ).snapshot
    let profile = try Self.general()
    let real = try Advisor.assess(host, profile: profile, chosenBy: .default)
    let made = try Advisor.assess(twin, profile: profile, chosenBy: .default)
    #expect(made.current.kernel == real.current.kernel)
    #expect(made.current.movable == real.current.movable)
    #expect(made.current.verdict == real.current.verdict)
    let expected = try #require(real.current.headroom.value)
    let stated = try #require(made.current.headroom.value)
    // Never much more than there is: cpus of a booted machine keep a few free pages. Less by what
    // KASLR happened to put into ZONE_MOVABLE.
    #expect(stated * 100 <= expected * 103, "booted \(expected.text), class \(stated.text)")
    #expect(stated * 100 >= expected * 94, "booted \(expected.text), class \(stated.text)")
  }

  static func general() throws -> Profile {
    try ProfileReader.read(#require(EmbeddedProfiles.text("general")), file: "general")
  }

  static func host(_ name: String) throws -> HostSnapshot {
    try HostCollector.collect(from: try SourceFinder.source(Fixtures.path("Roots/\(name)")))
  }

  /// The class that an engineer would write down for that machine.
  static func machineClass(_ inputs: BootLayoutInputs, _ host: HostSnapshot) -> MachineClass {
    let nodes = inputs.map.nodes.map { id in
      MachineSpec.Node(
        id: id,
        memory: nil,
        ranges: inputs.map.ranges.filter { $0.node == id }.map {
          $0.frames.addresses(pageSize: inputs.map.pageSize)
        },
        cpus: host.nodes.value?.first { $0.id == id }?.cpuCount.value
      )
    }
    var machine = MachineSpec(name: "twin", architecture: inputs.map.architecture, nodes: nodes)
    machine.pageSize = inputs.map.pageSize
    machine.maxOrder = inputs.map.maxOrder
    machine.blockSize = host.memoryBlocks.value?.blockSize
    var machineClass = MachineClass(
      machine: machine,
      places: ClassPlaces(start: SourceLocation(file: "fleet.yaml"))
    )
    let words = (host.commandLine.value ?? "").split(separator: " ").map {
      ClassCommandLine.Word(
        String($0),
        at: SourceLocation(file: "fleet.yaml", line: 1, column: 1),
        length: $0.count
      )
    }
    machineClass.commandLine = ClassCommandLine(words)
    return machineClass
  }
}
