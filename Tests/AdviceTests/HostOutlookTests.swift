internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import TestSupport
internal import Testing

@Suite("What-ifs for a host")
struct HostOutlookTests {
  private func host(_ name: String) throws -> HostSnapshot {
    try HostCollector.collect(from: try SourceFinder.source(Fixtures.path("Roots/\(name)")))
  }

  private func general() throws -> Profile {
    let text = try #require(EmbeddedProfiles.text("general"))
    return try ProfileReader.read(text, file: "general.yaml")
  }

  private func outcome(
    _ name: String,
    _ change: (inout WhatIf) throws -> Void
  ) throws -> (before: Assessment, after: WhatIfOutcome) {
    var whatIf = WhatIf()
    try change(&whatIf)
    let (host, profile) = (try host(name), try general())
    return (
      try Advisor.assess(host, profile: profile, chosenBy: .default),
      try Advisor.outcome(host, profile: profile, whatIf: whatIf)
    )
  }

  @Test("Optimised huge pages take nothing away from boot memory")
  func optimizedHugePages() throws {
    // 8 GiB, of which 3200 huge pages gave 25,600 of 32,768 pages of descriptors back.
    let host = try host("7.x-optimized-hugepages-after.tar.gz")
    #expect(host.vmstat.value?.bootMemmap.value == 7168)
    #expect(
      BootMemory.described(in: host, pageSize: .kib4)
        == ByteCount.gibibytes(8).pages(of: .kib4)
    )
    let machine = try GrowthMachine(
      host,
      profile: try general(),
      settings: OnliningSettings(host)
    )
    let present = host.zoneinfo.value?.zones.filter { $0.kind.countsAsKernel }
      .map(\.presentPages).total()
    #expect(machine.memory.kernelEarly == present)
  }

  @Test("The descriptors of Movable that was made at boot are not taken from kernel zones")
  func bootDescriptors() throws {
    // Booted with kernelcore=200M on 64 GiB: 255:1, and its descriptors lie in ZONE_MOVABLE.
    let host = try host("7.x-metadata-bound.tar.gz")
    let facts = try HostFacts(host)
    #expect(facts.asksForMovableAtBoot)
    let assessment = try Advisor.assess(host, profile: try general(), chosenBy: .default)
    #expect(assessment.current.verdict == .imbalanced)
  }

  @Test(
    "min_free_kbytes is shared as the release shares it",
    arguments: [
      "5.10-two-nodes-kernelcore", "6.1-two-nodes-kernelcore", "6.12-two-nodes-kernelcore",
      "7.x-two-nodes-kernelcore", "5.10-min-free-before.tar.gz", "5.10-min-free-after.tar.gz",
      "6.1-min-free-before.tar.gz", "6.1-min-free-after.tar.gz", "6.12-min-free-before.tar.gz",
      "6.12-min-free-after.tar.gz", "7.x-min-free-before.tar.gz", "7.x-min-free-after.tar.gz",
    ]
  )
  func minimumFree(name: String) throws {
    let host = try host(name)
    let zones = try #require(host.zoneinfo.value).zones.filter(\.isPopulated)
    let kernel = Kernel(host)
    func isShared(_ zone: ZoneSnapshot) -> Bool {
      MinimumFree.isShared(by: zone.kind, under: kernel, is64Bit: true)
    }
    let total = try #require(host.virtualMemory.minFree.value).pages(of: .kib4)
    let sharing = zones.filter(isShared).map { $0.managed.value ?? .zero }.total()
    for zone in zones {
      let managed = try #require(zone.managed.value)
      let expected =
        isShared(zone)
        ? total.scaled(by: managed.count, over: sharing.count) : MinimumFree.token(of: managed)
      let minimum = try #require(zone.minWatermark.value)
      let difference = minimum.distance(to: expected)
      // The kernel has got a few more pages since it divided.
      #expect(difference.count <= 2 + expected.count / 50, "\(zone.node) \(zone.kind)")
    }
  }

  @Test("Without a question everything is as it is")
  func nothing() throws {
    let (before, after) = try outcome("6.12-two-nodes-kernelcore") { _ in }
    #expect(after.kernel == before.current.kernel)
    #expect(after.movable == before.current.movable)
    #expect(after.verdict == before.current.verdict)
    #expect(after.needed.value == before.demand.value?.needed)
    #expect(after.headroomAtHorizon.value == before.headroomAtHorizon.value)
  }

  @Test("More growth never leaves more", arguments: [UInt64(100), 400, 3000, 100_000])
  func growth(percent: UInt64) throws {
    let (before, after) = try outcome("6.1-page-tables-after") {
      $0.growth = [(.pageTables, max(200, percent))]
    }
    let (old, new) = (
      try #require(before.headroomAtHorizon.value), try #require(after.headroomAtHorizon.value)
    )
    #expect(new <= old)
    #expect(after.verdict >= before.current.verdict)
    if percent == 100_000 { #expect(new < 0 && after.verdict > .balanced) }
  }

  @Test("A node without kernel memory stays out of balance when another node grows")
  func otherNode() throws {
    let (before, after) = try outcome("6.12-node-without-kernel-memory") {
      $0.additions = [GrowthStep(device: .dimm, size: .gibibytes(4), node: 0)]
    }
    #expect(before.current.verdict == .imbalanced)
    #expect(
      after.kernel + after.movable == before.current.kernel + before.current.movable + .gibibytes(4)
    )
    #expect(after.verdict == .imbalanced)
  }

  @Test("A device that can't be added makes the plan impossible, with the reason")
  func failure() throws {
    let (_, after) = try outcome("6.12-one-node-no-movable") {
      $0.additions = [GrowthStep(device: .dimm, size: .gibibytes(1024), node: 0)]
    }
    #expect(after.verdict == .impossible)
    #expect(after.failure?.contains("page descriptors") == true)
  }

  @Test(
    "What no machine of the kind could be given is told, not planned",
    arguments: [
      GrowthStep(device: .dimm, size: .gibibytes(1), node: 7),
      GrowthStep(device: .dimm, size: .mebibytes(1), node: 0),
    ]
  )
  func obstacle(step: GrowthStep) throws {
    #expect(throws: NotPlanned.self) {
      _ = try outcome("6.12-one-node-no-movable") { $0.additions = [step] }
    }
  }
}

@Suite("One change for a class")
struct ClassChangeTests {
  private func needs(_ name: String, zoneinfo: String? = nil) throws -> HostNeeds {
    var source = try SourceFinder.source(Fixtures.path("Roots/\(name)"))
    if let zoneinfo {
      source = ChangedSource(
        source,
        without: ["/proc/iomem"],
        saying: ["/proc/zoneinfo": zoneinfo]
      )
    }
    let host = try HostCollector.collect(from: source)
    let text = try #require(EmbeddedProfiles.text("general"))
    let profile = try ProfileReader.read(text, file: "general.yaml")
    return HostNeeds(try Advisor.assess(host, profile: profile, chosenBy: .default))
  }

  @Test("What suits all leaves no more Movable than what suits each alone")
  func together() throws {
    let names = [
      "7.x-two-nodes-kernelcore", "7.x-page-tables-until-oom-after",
      "7.x-balloon-after",
    ]
    var all = ClassNeeds()
    var least = ByteCount.max
    for name in names {
      let own = try needs(name)
      var alone = ClassNeeds()
      alone.add(own)
      all.add(own)
      least = min(least, try alone.change().movable)
    }
    let change = try all.change()
    #expect(change.movable <= least)
    #expect(change.movable > 0)
    #expect(change.argument.hasPrefix("kernelcore="))
  }

  // Firmware keeps 20 MiB of the second node for itself on one of them.
  @Test("Of machines that differ a little the least and the most Movable are told")
  func differing() throws {
    let name = "7.x-two-nodes-kernelcore"
    let text = try Fixtures.text("Roots/\(name)/proc/zoneinfo")
    let shorter = text.replacing("present  131040", with: "present  125920")
    try #require(shorter != text)
    let machines = try [text, shorter].map { try needs(name, zoneinfo: $0) }
    for order in [machines, machines.reversed()] {
      var all = ClassNeeds()
      for machine in order { all.add(machine) }
      let change = try all.change()
      #expect(change.drift == .mebibytes(20))
      #expect(change.mostMovable.subtractingOrZero(change.movable) == .mebibytes(20))
    }
  }

  @Test("Where Movable is hot-added no boot argument is offered")
  func hotAdded() throws {
    var all = ClassNeeds()
    all.add(try needs("7.x-hot-added-auto-movable"))
    #expect(throws: NotPlanned.self) { _ = try all.change() }
  }
}
