internal import Advice
internal import Capacity
internal import FleetCheck
internal import Foundation
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import Testing

/// What is advised for a class is what its devices, areas and pools leave room for, and what `check`
/// then has nothing against.
@Suite("Sizes for machine classes")
struct ClassSizingTests {
  private func machineClass(_ keys: String) throws -> MachineClass {
    let text = """
      schema: 1
      classes:
        - name: a
          arch: x86_64
          kernel: "6.12"
      \(keys)
      """
    let spec = try FleetSpec(Array(text.utf8), file: "fleet.yaml")
    return try #require(spec.classes(0..<1).first).get()
  }

  private func assess(
    _ machineClass: MachineClass,
    profile name: String = "general",
    wish: MovableWish? = nil
  ) throws -> Assessment {
    let made = try ClassSnapshot.make(machineClass, kernel: machineClass.kernels[0])
    let text = try #require(EmbeddedProfiles.text(name))
    return try Advisor.assess(
      made.snapshot,
      profile: try ProfileReader.read(text, file: name),
      chosenBy: .user,
      wish: wish,
      growing: PlannedDevices(machineClass.devices, settings: made.settings)
    )
  }

  // MARK: Devices

  @Test(
    "planned devices count: with what is advised, check finds no imbalance",
    arguments: [
      "    nodes: [{memory: 256GiB, cpus: 64}]\n    devices: [{kind: cxl, size: 512GiB}]",
      "    nodes: [{memory: 64GiB, cpus: 8}]\n    devices: [{kind: dimm, size: 16GiB, count: 8}]",
      // User memory fills node 0 before the device's Movable: the kernel's need lies on node 1.
      "    nodes: [{memory: 64GiB, cpus: 8}, {memory: 4GiB, cpus: 0}]\n"
        + "    devices: [{kind: cxl, size: 128GiB, node: 1}]",
    ]
  )
  func devices(keys: String) async throws {
    let line = "memhp_default_state=online_movable"
    let before = try machineClass("\(keys)\n    cmdline: \(line)")
    let assessment = try assess(before, wish: .max)
    #expect(assessment.sizing.value?.limitedBy == .devices)
    let advised = assessment.recommendation.arguments.joined(separator: " ")
    #expect(advised.hasPrefix("kernelcore="))
    let fixture = try CheckFixture([
      "fleet.yaml": """
      schema: 1
      classes:
        - name: a
          arch: x86_64
          kernel: "6.12"
          cmdline: "\(line) \(advised)"
      \(keys)
      """
    ])
    let codes = try await fixture.check().codes(of: "a")
    #expect(!codes.contains("ZW502"), "\(advised)")
    #expect(!codes.contains("ZW101"), "\(advised)")
  }

  @Test("advise, report and check say the same of devices that are too much")
  func tooMuch() async throws {
    let keys = """
          nodes: [{memory: 256GiB, cpus: 64}]
          cmdline: kernelcore=66556M memhp_default_state=online_movable
          devices: [{kind: cxl, size: 1TiB}]
      """
    let assessment = try assess(try machineClass(keys))
    #expect(assessment.current.verdict == .imbalanced)
    #expect(assessment.findings.contains { $0.code == "ZW502" })
    #expect(assessment.recommendation.method == .onlinePolicy)
    #expect(assessment.recommendation.remove == ["kernelcore"])
    let spec = "schema: 1\nclasses:\n  - name: a\n    arch: x86_64\n    kernel: \"6.12\"\n" + keys
    let fixture = try CheckFixture(["fleet.yaml": spec])
    let general = try ProfileReader.read(
      try #require(EmbeddedProfiles.text("general")),
      file: "general"
    )
    let rows = CapacityRows(workload: .named(general, .default), whatIf: WhatIf())
    let row = rows.only(fixture.path + "fleet.yaml#a")
    #expect(row.verdict == .imbalanced)
    #expect(row.arguments == assessment.recommendation.arguments)
    let checked = try await fixture.check()
    #expect(checked.subjects.first?.verdict == .imbalanced)
    #expect(checked.codes(of: "a").contains("ZW502"))
  }

  @Test("what a policy lets a device make Movable is not taken twice")
  func policy() throws {
    let assessment = try assess(
      try machineClass(
        """
            nodes: [{memory: 64GiB, cpus: 8}]
            cmdline: >-
              memhp_default_state=online memory_hotplug.online_policy=auto-movable
              memory_hotplug.auto_movable_ratio=100
            devices: [{kind: dimm, size: 16GiB, count: 8}]
        """
      ),
      wish: .max
    )
    let sizing = try #require(assessment.sizing.value)
    #expect(sizing.growth.movable[0] == .gibibytes(48))
    #expect(sizing.growth.kernel[0] == .gibibytes(80))
    // 192 GiB at 3:1 are 144 of Movable, more than the node's own minimum leaves of boot memory.
    #expect(sizing.limitedBy != .devices)
  }

  // MARK: Pinned pools

  @Test("guests' huge pages that are pinned are one pool")
  func pinnedPool() throws {
    let keys = """
          nodes: [{memory: 256GiB, cpus: 64}, {memory: 256GiB, cpus: 64}]
          hugepages: [{size: 1GiB, count: 400, when: runtime}]
          pinners: vfio
      """
    let demand = try #require(
      try assess(try machineClass(keys), profile: "kvm-host-vfio").demand.value
    )
    #expect(demand.needed < .gibibytes(512))
    #expect(demand.projected > .gibibytes(400))
    #expect(demand.projected < .gibibytes(410))
    // A pool that is smaller than what is pinned is a part of it.
    let small = try #require(
      try assess(
        try machineClass(keys.replacing("count: 400", with: "count: 100")),
        profile: "kvm-host-vfio"
      ).demand.value
    )
    #expect(small.projected > .gibibytes(384))
    #expect(small.projected < .gibibytes(394))
  }

  // MARK: CMA

  @Test(
    "areas count as Movable where the kernel places them, and none is given up",
    arguments: [
      ("x86_64", "[{memory: 64GiB, cpus: 16}]", "cma=14G"),
      ("x86_64", "[{memory: 32GiB, cpus: 8}, {memory: 32GiB, cpus: 8}]", "hugetlb_cma=16G"),
      ("x86_64", "[{memory: 8GiB, cpus: 4}, {memory: 8GiB, cpus: 4}]", "hugetlb_cma=1:4G"),
      ("arm64", "[{memory: 32GiB, cpus: 16}]", "cma=1G"),
    ]
  )
  func areas(arch: String, nodes: String, line: String) throws {
    let machineClass = try machineClass("    nodes: \(nodes)\n    cmdline: \(line)")
    var made = machineClass
    made.machine.architecture = try #require(Architecture(name: arch))
    let advised = try assess(made, wish: .max).recommendation
    let prediction = try #require(advised.predicted)
    #expect(prediction.reservations.failures.isEmpty)
    #expect(prediction.reservations.cma > .zero)
    #expect(
      prediction.findings.filter { $0.code == "ZW101" || $0.severity == .error }.isEmpty,
      "\(advised.arguments): \(prediction.findings.map(\.message))"
    )
    for node in prediction.layout.nodes where node.movablePages > .zero {
      let cma = prediction.cmaByNode[node.id] ?? .zero
      let kernel = node.kernelPages.subtractingOrZero(cma)
      #expect((node.movablePages + cma).count <= kernel.count * 3, "node \(node.id)")
    }
  }

  // MARK: Nodes without cpus

  @Test("a node without cpus needs no kernel memory, in zones as in predictions")
  func memoryOnly() async throws {
    let keys = """
          nodes: [{memory: 64GiB, cpus: 16}, {memory: 16GiB, cpus: 0}]
          cmdline: kernelcore=40G
      """
    let machineClass = try machineClass(keys)
    let assessment = try assess(machineClass)
    #expect(assessment.current.nodes.allSatisfy { $0.verdict == .balanced })
    #expect(assessment.sizing.value?.kernelFloor[1] == nil)
    let all = assessment.findings
    #expect(!all.contains { $0.code == "ZW103" && $0.node == 1 })
    // All of it Movable, or nearly: no kernel allocation of a cpu wants memory there.
    let ranges = """
          nodes:
            - {ranges: ["0x1000-0x9ffff", "0x100000-0xbfffffff", "0x100000000-0x103fffffff"], cpus: 8}
            - {ranges: ["0x1040000000-0x143fffffff"], cpus: 0}
          cmdline: kernelcore=16G
      """
    let fixture = try CheckFixture([
      "fleet.yaml":
        "schema: 1\nclasses:\n  - name: a\n    arch: x86_64\n    kernel: \"6.12\"\n" + ranges
    ])
    let found = try await fixture.check().findings.map(\.finding)
    #expect(!found.contains { ["ZW101", "ZW103"].contains($0.code) && $0.node == 1 })
  }
}
