internal import Advice
internal import FleetCheck
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import TestSupport
internal import Testing

@Suite("A spec to begin with")
struct SpecTemplateTests {
  /// Hosts whose memory grew after the boot.
  static let grown = Fixtures.names(in: "Roots").filter { name in
    ["hot-added", "auto-movable", "virtio-mem-after", "kmem-after", "written-later"]
      .contains { name.contains($0) } && !name.contains("before")
  }

  private func host(_ name: String) throws -> HostSnapshot {
    try HostCollector.collect(from: try SourceFinder.source(Fixtures.path("Roots/\(name)")))
  }

  private func machineClass(_ host: HostSnapshot) throws -> MachineClass {
    let text = try SpecTemplate.text(host, profile: "general")
    let spec = try FleetSpec(Array(text.utf8), file: "fleet.yaml")
    return try #require(try spec.classes(0..<1).first?.get())
  }

  @Test("there are hosts that grew")
  func some() { #expect(Self.grown.count > 8) }

  @Test("a class boots with the host's zones", arguments: Fixtures.names(in: "Roots"))
  func layout(name: String) throws {
    let host = try host(name)
    guard let inputs = try? BootLayoutInputs(snapshot: host), inputs.disagreement == nil,
      let line = inputs.commandLine, let layout = try? inputs.predict(inputs.arguments(line))
    else { return }
    let own = try machineClass(host)
    let made = try ClassSnapshot.make(own, kernel: own.kernels.first ?? nil)
    let twin = try made.inputs.predict(made.inputs.arguments(own.commandLine.text))
    for node in layout.nodes {
      let other = try #require(twin.node(node.id))
      #expect(other.kernelPages == node.kernelPages, "node \(node.id)")
      #expect(other.movablePages == node.movablePages, "node \(node.id)")
      #expect(other.movableStart == node.movableStart, "node \(node.id)")
    }
  }

  @Test(
    "what was added to a host is added to the class, and goes to the same zones",
    arguments: grown
  )
  func growth(name: String) throws {
    let host = try host(name)
    let own = try machineClass(host)
    let facts = try HostFacts(host)
    let made = try ClassSnapshot.make(own, kernel: own.kernels.first ?? nil)
    let text = try #require(EmbeddedProfiles.text("general"))
    let machine = try GrowthMachine(
      made.snapshot,
      profile: try ProfileReader.read(text, file: "general.yaml"),
      settings: made.settings
    )
    let plan = GrowthPlan(machine, adding: own.devices, source: made.snapshot.source)
    #expect(plan.firstFailure == nil)
    let kernel = plan.steps.last?.kernel ?? facts.ratioKernel
    let movable = plan.steps.last?.movable ?? facts.ratioMovable
    let block = try #require(host.memoryBlocks.value?.blockSize)
    #expect(max(kernel, facts.ratioKernel) <= min(kernel, facts.ratioKernel) + block)
    #expect(max(movable, facts.ratioMovable) <= min(movable, facts.ratioMovable) + block)
  }
}
