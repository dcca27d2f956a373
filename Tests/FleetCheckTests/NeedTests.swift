internal import Advice
internal import FleetCheck
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import Testing

/// What must be contiguous or pinned on machine classes: whether it can be had, how, and what is left.
@Suite("Needs of machine classes")
struct NeedTests {
  private func assess(
    _ texts: [String],
    line: String = "",
    nodes: String = "[{memory: 64GiB, cpus: 16}]",
    kernel: String = "6.12",
    wish: MovableWish? = nil
  ) throws -> Assessment {
    let text = """
      schema: 1
      classes:
        - name: a
          arch: x86_64
          kernel: "\(kernel)"
          cmdline: "\(line)"
          nodes: \(nodes)
      """
    let spec = try FleetSpec(Array(text.utf8), file: "fleet.yaml")
    let machineClass = try #require(spec.classes(0..<1).first).get()
    let profile = try #require(EmbeddedProfiles.text("general"))
    return try Advisor.assess(
      machineClass.kernels.map { kernel in
        (snapshot: try ClassSnapshot.make(machineClass, kernel: kernel).snapshot, planned: nil)
      },
      profile: try ProfileReader.read(profile, file: "general"),
      chosenBy: .user,
      wish: wish,
      needing: try texts.map { try MemoryNeed(text: $0) }
    )
  }

  private func first(_ assessment: Assessment) throws -> NeedAnswer {
    try #require(assessment.needs?.all.first)
  }

  private static let twoNodes = "[{memory: 64GiB, cpus: 16}, {memory: 64GiB, cpus: 16}]"

  // MARK: Gigantic pages

  // 24 GiB of kernel zones: in low memory the first and the last GiB hold kernel pages, above it the
  // first.
  @Test("21 of 32 pages can be had at run time beside 40 GiB of Movable, all of them at boot")
  func beside() throws {
    let assessment = try assess(["hugetlb:1GiB=32"], line: "movablecore=40G")
    let answer = try first(assessment)
    #expect(answer.atRunTime == .gibibytes(21))
    #expect(answer.missingAtRunTime == .gibibytes(11))
    #expect(Set(answer.now.map(\.zone)) == [.normal, .dma32])
    #expect(answer.isMet)
    #expect(answer.way == .boot)
    #expect(answer.arguments == ["hugepagesz=1G", "hugepages=32"])
    #expect(assessment.recommendation.arguments == ["hugepagesz=1G", "hugepages=32"])
    let left = try #require(assessment.needs?.left.first)
    #expect(left.movable == .gibibytes(8))
    #expect(left.kernel > .gibibytes(23))
  }

  @Test("hugetlb_cma= does it too, with a size of the zones that keeps the area whole")
  func areaInstead() throws {
    let assessment = try assess(["hugetlb:1GiB=32"], line: "movablecore=40G")
    let words = try first(assessment).alternative
    #expect(words.last == "hugetlb_cma=32G")
    let predicted = try #require(assessment.recommendation.predicted)
    let line = words.joined(separator: " ")
    let layout = try predicted.inputs.predict(predicted.inputs.arguments(line))
    let made = predicted.inputs.reservations(line, in: layout)
    #expect(made.failures.isEmpty)
    #expect(made.cma.bytes(of: .kib4) == .gibibytes(32))
    // In place of movablecore=40G alone it would lie across the boundary.
    let alone = "movablecore=40G hugetlb_cma=32G"
    let across = try predicted.inputs.predict(predicted.inputs.arguments(alone))
    #expect(!predicted.inputs.reservations(alone, in: across).failures.isEmpty)
  }

  @Test("what the zones hold is had at run time, and is named with its command")
  func atRunTime() throws {
    let answer = try first(try assess(["hugetlb:1GiB=16@0"], line: "movablecore=40G"))
    #expect(answer.way == .runTime)
    #expect(answer.isMet)
    #expect(answer.arguments.isEmpty)
    #expect(
      answer.commands == [
        "echo 16 > /sys/devices/system/node/node0/hugepages/hugepages-1048576kB/nr_hugepages"
      ]
    )
  }

  @Test("pages that are there count, and more of them are beside those")
  func there() throws {
    let line = "movablecore=40G hugepagesz=1G hugepages=16 hugepagesz=2M hugepages=64"
    let enough = try first(try assess(["hugetlb:1GiB=16"], line: line))
    #expect(enough.way == .there)
    let more = try assess(["hugetlb:1GiB=60"], line: "hugepagesz=1G hugepages=16 movablecore=20G")
    #expect(try first(more).there == .gibibytes(16))
    let small = try assess(["hugetlb:2MiB=64"], line: line)
    #expect(try first(small).way == .there)
  }

  @Test("a setting lets them come from Movable where every kernel has it")
  func setting() throws {
    let new = try first(
      try assess(["hugetlb:1GiB=32"], line: "movablecore=40G", kernel: "7.2")
    )
    #expect(new.settings == ["vm.movable_gigantic_pages=1"])
    #expect(new.way == .runTime)
    #expect(new.shares.allSatisfy { $0.zone == .movable })
    #expect(new.missingAtRunTime == .gibibytes(11))
    let old = try first(
      try assess(["hugetlb:1GiB=32"], line: "movablecore=40G", kernel: "6.18..7.2")
    )
    #expect(old.settings.isEmpty)
    #expect(old.arguments == ["hugepagesz=1G", "hugepages=32"])
  }

  @Test("counts by node from 5.16 on; before, kernel zones are made for them")
  func byNode() throws {
    let new = try assess(
      ["hugetlb:1GiB=32@1"],
      line: "kernelcore=40G",
      nodes: Self.twoNodes,
      kernel: "5.16"
    )
    #expect(try first(new).arguments == ["hugepagesz=1G", "hugepages=1:32"])
    for kernel in ["5.15", "5.10..6.12"] {
      let old = try assess(
        ["hugetlb:1GiB=32@1"],
        line: "kernelcore=40G",
        nodes: Self.twoNodes,
        kernel: kernel
      )
      let answer = try first(old)
      #expect(answer.arguments.isEmpty, "\(kernel)")
      #expect(answer.notes.contains(.noCountsByNode), "\(kernel)")
      #expect(answer.isMet, "\(kernel)")
      let node = try #require(old.recommendation.predicted?.layout.node(1))
      #expect(node.kernelPages.bytes(of: .kib4) >= .gibibytes(33), "\(kernel)")
    }
  }

  @Test("all pools of a line are written anew, in an order in which the kernel takes them")
  func order() throws {
    let lines = [
      "movablecore=50G hugepagesz=1G hugepages=4 hugepagesz=2M hugepages=64",
      "movablecore=50G default_hugepagesz=1G hugepages=4",
      "movablecore=50G hugepages=64",
    ]
    for line in lines {
      let assessment = try assess(["hugetlb:1GiB=32"], line: line)
      let predicted = try #require(assessment.recommendation.predicted, "\(line)")
      let found = HugeTLBArguments(
        KernelCommandLineText.arguments(predicted.commandLine),
        defaultSize: .mebibytes(2)
      )
      #expect(found.words.allSatisfy { $0.fault == nil }, "\(predicted.commandLine)")
      #expect(found.pools.filter { $0.size == .gibibytes(1) }.map(\.count) == [32], "\(line)")
      let small = line.contains("=64") ? [UInt64(64)] : []
      #expect(found.pools.filter { $0.size == .mebibytes(2) }.map(\.count) == small, "\(line)")
    }
  }

  @Test("beside hugetlb_cma= the area grows: the kernel makes no pages at boot")
  func area() throws {
    let assessment = try assess(
      ["hugetlb:1GiB=40@1"],
      line: "hugetlb_cma=8G kernelcore=60G",
      nodes: Self.twoNodes
    )
    let answer = try first(assessment)
    #expect(answer.arguments == ["hugetlb_cma=1:40G"])
    #expect(answer.isMet)
    #expect(answer.notes.contains(.areaInstead))
    let share = try #require(answer.shares.first)
    #expect(answer.shares.count == 1)
    #expect(share.isInArea && share.node == 1 && share.zone == .normal)
    #expect(share.bytes == .gibibytes(40))
    // Before 5.16 one size is divided by the nodes.
    let old = try first(
      try assess(
        ["hugetlb:1GiB=20@1"],
        line: "hugetlb_cma=8G kernelcore=30G",
        nodes: Self.twoNodes,
        kernel: "5.14"
      )
    )
    #expect(old.arguments == ["hugetlb_cma=40G"])
  }

  @Test("what a machine can't have is a NO that says what limits it")
  func never() throws {
    let size = try first(try assess(["hugetlb:512MiB=2"]))
    #expect(!size.isMet)
    guard case .noSuchPage(_, let sizes)? = size.limits.last else {
      Issue.record("512 MiB pages on x86")
      return
    }
    #expect(sizes.contains(.gibibytes(1)))
    let node = try first(try assess(["pin=1GiB@7"]))
    #expect(node.limits == [.noSuchNode(7, among: [0])])
    let many = try first(try assess(["hugetlb:1GiB=64"]))
    #expect(!many.isMet)
    #expect(many.limits.contains { if case .atBoot = $0 { true } else { false } })
    // One page leaves the kernel nothing.
    let all = try assess(["hugetlb:1GiB=62", "pin=4GiB"])
    #expect(all.needs?.isMet == false)
  }

  // MARK: Areas and pins

  @Test("an area is made at boot, on a node from 6.6 on, and lies in one zone")
  func deviceArea() throws {
    let any = try assess(["cma=2GiB"], line: "movablecore=40G")
    #expect(try first(any).arguments == ["cma=2G"])
    #expect(try first(any).isMet)
    let there = try first(try assess(["cma=2GiB"], line: "cma=2G"))
    #expect(there.way == .there)
    let onNode = try assess(["cma=2GiB@1"], line: "kernelcore=32G", nodes: Self.twoNodes)
    let answer = try first(onNode)
    #expect(answer.arguments == ["numa_cma=1:2G"])
    #expect(answer.shares.first?.node == 1)
    #expect(answer.isMet)
    #expect(onNode.recommendation.predicted?.reservations.failures.isEmpty == true)
    let old = try first(
      try assess(["cma=2GiB@1"], nodes: Self.twoNodes, kernel: "6.1")
    )
    #expect(old.limits == [.noAreaByNode])
    let huge = try first(try assess(["cma=70GiB"]))
    #expect(!huge.isMet)
  }

  @Test("pins need kernel zones: the size that is advised keeps them")
  func pins() throws {
    let fits = try first(try assess(["pin=10GiB"], line: "movablecore=40G"))
    #expect(fits.way == .runTime)
    let more = try assess(["pin=30GiB"], line: "movablecore=40G")
    #expect(try first(more).way == .boot)
    #expect(try first(more).isMet)
    let predicted = try #require(more.recommendation.predicted)
    #expect(predicted.kernel > .gibibytes(31))
    #expect(predicted.movable > .gibibytes(16))
    let never = try assess(["pin=63GiB"], line: "movablecore=40G")
    #expect(never.needs?.isMet == false)
    // Before 5.13 they stay where they are.
    let old = try first(try assess(["pin=30GiB"], line: "movablecore=40G", kernel: "5.10"))
    #expect(old.notes.contains(.pinsStay))
    #expect(old.way == .runTime)
  }

  @Test("needs take from the same memory, one after the other")
  func together() throws {
    let alone = try first(try assess(["pin=20GiB"], line: "movablecore=40G"))
    #expect(alone.way == .runTime)
    let both = try assess(["hugetlb:1GiB=16", "pin=20GiB"], line: "movablecore=40G")
    let answers = try #require(both.needs?.all)
    #expect(answers.map(\.way) == [.runTime, .boot])
    #expect(both.needs?.isMet == true)
    let predicted = try #require(both.recommendation.predicted)
    #expect(predicted.kernel > .gibibytes(37))
  }

  @Test("what can't be had together is refused from the end, and no argument is advised for it")
  func refused() throws {
    let assessment = try assess(
      ["hugetlb:1GiB=40", "pin=40GiB", "cma=1GiB"],
      line: "movablecore=40G"
    )
    let answers = try #require(assessment.needs?.all)
    #expect(answers.map(\.need.text) == ["hugetlb:1GiB=40", "pin=40GiB", "cma=1GiB"])
    #expect(
      answers.map(\.isMet) == [true, false, true] || answers.map(\.isMet) == [true, false, false]
    )
    #expect(answers.filter { !$0.isMet }.allSatisfy { $0.arguments.isEmpty && !$0.limits.isEmpty })
    let advised = assessment.recommendation.arguments
    #expect(advised.contains("hugepages=40"))
    for answer in answers where !answer.isMet {
      let word = answer.need.name + "="
      #expect(!advised.contains { $0.hasPrefix(word) }, "\(answer.need.text): \(advised)")
    }
    let never = try assess(["hugetlb:1GiB=70"], line: "movablecore=40G")
    #expect(never.needs?.isMet == false)
    #expect(never.recommendation.arguments.isEmpty)
  }

  @Test("small pages leave the kernel what it needs, also where they fill Movable")
  func smallPages() throws {
    let fits = try first(try assess(["hugetlb:2MiB=20000"], line: "movablecore=40G"))
    #expect(fits.way == .runTime)
    #expect(fits.shares.first?.zone == .movable)
    let all = try assess(["hugetlb:2MiB=32700"], line: "movablecore=40G")
    #expect(try first(all).isMet == false)
  }

  @Test("a node without cpus keeps kernel memory where it is asked for, and only there")
  func memoryOnly() throws {
    let nodes = "[{memory: 64GiB, cpus: 16}, {memory: 64GiB, cpus: 0}]"
    let plain = try assess([], line: "kernelcore=40G", nodes: nodes)
    #expect(plain.sizing.value?.kernelFloor[1] == nil)
    let pinned = try assess(["pin=10GiB@1"], line: "kernelcore=40G", nodes: nodes)
    #expect(pinned.sizing.value?.kernelFloor[1] == .gibibytes(10))
    #expect(pinned.needs?.isMet == true)
  }

  @Test("where the kernel zones' use is not known nothing is promised")
  func unknown() throws {
    let text = """
      schema: 1
      classes:
        - name: a
          arch: x86_64
          nodes: [{memory: 64GiB}]
      """
    let spec = try FleetSpec(Array(text.utf8), file: "fleet.yaml")
    let machineClass = try #require(spec.classes(0..<1).first).get()
    var host = try ClassSnapshot.make(machineClass, kernel: nil).snapshot
    var zones = try #require(host.zoneinfo.value)
    zones.nodes[0].zones = zones.nodes[0].zones.map { zone in
      var zone = zone
      // No free pages are told: neither use nor headroom are known.
      zone.pages = CounterTable(of: .zoneSizes)
      zone.pages.append(name: ZoneSize.present.text, value: 1 << 20)
      return zone
    }
    host.zoneinfo = .known(zones)
    let general = try #require(EmbeddedProfiles.text("general"))
    let assessment = try Advisor.assess(
      host,
      profile: try ProfileReader.read(general, file: "general"),
      chosenBy: .user,
      needing: [MemoryNeed(.pinned(.gibibytes(1)))]
    )
    #expect(assessment.demand.value == nil)
    let answer = try #require(assessment.needs)
    #expect(!answer.isMet)
    #expect(answer.all.first?.limits.isEmpty == false)
  }

  @Test("a wish is answered with what needs leave")
  func wish() throws {
    let plain = try assess([], wish: .max)
    let pinned = try assess(["pin=32GiB"], wish: .max)
    let most = try #require(pinned.sizing.value?.maxSafeMovable)
    #expect(most < .gibibytes(32))
    #expect(try #require(plain.sizing.value?.maxSafeMovable) > .gibibytes(40))
    #expect(pinned.needs?.isMet == true)
  }
}
