internal import Advice
internal import FleetCheck
internal import HostModel
internal import MachineSpec
internal import SourceText
internal import Testing

@Suite("Keys of a spec that say what is there")
struct SpecKeyTests {
  private func host(_ text: String) throws -> ClassSnapshot.Host {
    let spec = try FleetSpec(Array(ClassJudgeTests.spec("  - name: a\n" + text).utf8), file: "f")
    return try ClassSnapshot.make(try spec.classes(0..<1)[0].get(), kernel: nil)
  }

  private func codes(_ text: String) async throws -> [String] {
    let fixture = try CheckFixture(["f.yaml": ClassJudgeTests.spec("  - name: a\n" + text)])
    let answer = try await fixture.check()
    #expect(answer.failures.isEmpty)
    return answer.findings.map { "\($0.finding.code) \($0.finding.severity)" }
  }

  private func refusal(_ text: String) async throws -> String? {
    let fixture = try CheckFixture(["f.yaml": ClassJudgeTests.spec("  - name: a\n" + text)])
    return try await fixture.check().failures.first?.message
  }

  private func zones(_ host: ClassSnapshot.Host) -> [ZoneSnapshot] {
    host.snapshot.zoneinfo.value?.zones ?? []
  }

  @Test("A microVM's own kernel need leaves it what a distribution's kernel would take")
  func kernelBaseline() throws {
    let nodes = "    hypervisor: kvm\n    nodes: [{memory: 132MiB, cpus: 1}]\n"
    func free(_ text: String) throws -> UInt64 {
      zones(try host(nodes + text)).compactMap { $0.free.value?.count }.reduce(0, +)
    }
    let (distribution, micro) = (try free(""), try free("    kernel-baseline: 24MiB\n"))
    #expect(micro > distribution)
    // 132 MiB, less 24 MiB and 2.1 MiB of descriptors.
    let expected = ByteCount.mebibytes(132 - 24).count - ByteCount.kibibytes(2112).count
    #expect(micro * 4096 > expected - ByteCount.mebibytes(2).count)
    #expect(micro * 4096 <= expected + ByteCount.mebibytes(1).count)
  }

  @Test("What firmware keeps is no memory, wherever it lies in a node")
  func reserved() throws {
    let nodes = "    nodes: [{memory: 8GiB, cpus: 4}]\n"
    func present(_ text: String) throws -> UInt64 {
      zones(try host(nodes + text)).compactMap { $0.present.value?.count }.reduce(0, +)
    }
    let whole = try present("")
    let less = try present("    reserved: [0x140000000-0x17fffffff]\n")
    #expect((whole - less) * 4096 == ByteCount.gibibytes(1).count)
    #expect(try present("    reserved: [0x9000000000-0x9fffffffff]\n") == whole)
  }

  @Test("All that a balloon may give back has descriptors at boot, and is no free memory")
  func maxMemory() throws {
    let nodes = "    nodes: [{memory: 1GiB, cpus: 1}]\n    balloon: xen\n"
    func free(_ text: String) throws -> UInt64 {
      zones(try host(nodes + text)).compactMap { $0.free.value?.count }.reduce(0, +)
    }
    let (alone, ballooned) = (try free(""), try free("    maxMemory: 17GiB\n"))
    // 256 MiB of descriptors for 16 GiB, 24 MiB of hash tables, and 64 MiB of bounce buffers now that
    // memory lies above 4 GiB.
    let cost = (alone - ballooned) * 4096
    #expect(
      cost >= ByteCount.mebibytes(256).count && cost < ByteCount.mebibytes(256 + 24 + 64 + 16).count
    )
  }

  @Test("A device that is there at boot is its node's memory; one that comes later is not")
  func whenBoot() throws {
    func present(_ when: String) throws -> UInt64 {
      zones(
        try host(
          "    nodes: [{memory: 4GiB}]\n    devices: [{kind: dimm, size: 4GiB, when: \(when)}]\n"
        )
      ).compactMap { $0.present.value?.count }.reduce(0, +)
    }
    #expect((try present("boot") - (try present("runtime"))) * 4096 == ByteCount.gibibytes(4).count)
  }

  @Test("Who onlines a device decides whether it can go again")
  func onliners() async throws {
    let nodes = "    nodes: [{memory: 64GiB, cpus: 8}]\n    goals: {hotUnplug: required}\n"
    #expect(
      try await codes(nodes + "    devices: [{kind: gpu, size: 8GiB}]\n").contains("ZW601 error")
        == false
    )
    #expect(
      try await codes(nodes + "    devices: [{kind: dimm, size: 8GiB}]\n").contains("ZW601 error")
    )
    #expect(
      try await codes(nodes + "    devices: [{kind: dimm, size: 8GiB, online: movable}]\n")
        .contains("ZW601 error") == false
    )
    #expect(
      try await codes(
        nodes + "    devices: [{kind: gpu, size: 8GiB}]\n    cmdline: memhp_default_state=online\n"
      ).contains("ZW601 error")
    )
    let standby =
      "    arch: s390x\n    nodes: [{memory: 16GiB}]\n    goals: {hotUnplug: required}\n"
    #expect(
      try await codes(standby + "    devices: [{kind: standby, size: 8GiB}]\n")
        .contains("ZW601 error") == false
    )
  }

  @Test("Hot-pluggable nodes, page sizes and hypervisors, with hyphens or without")
  func spellings() async throws {
    let nodes =
      "    nodes: [{memory: 4GiB, cpus: 2}, {memory: 4GiB, cpus: 0, hotpluggable: true}]\n"
    let host = try host(nodes + "    cmdline: movable_node\n")
    #expect(zones(host).contains { $0.kind == .movable && ($0.present.value ?? 0) > 0 })
    let pages = "    arch: arm64\n    nodes: [{memory: 4GiB}]\n"
    for key in ["page-size", "pageSize"] {
      let host = try self.host(pages + "    \(key): 64KiB\n")
      #expect(host.snapshot.pageSize.value == .kib64)
    }
    #expect(
      try await refusal(pages + "    pageSize: 4KiB\n    page-size: 64KiB\n")
        == "key pageSize is there twice"
    )
  }

  @Test(
    "What can't be is told with its key",
    arguments: [
      ("    nodes: [{memory: 1GiB}]\n    maxMemory: 2GiB\n", "name the balloon"),
      ("    nodes: [{memory: 2GiB}]\n    balloon: xen\n    maxMemory: 1GiB\n", "must not be below"),
      (
        "    nodes: [{memory: 1GiB}]\n    devices: [{kind: dimm, size: 1GiB, when: now}]\n",
        "when must be boot or runtime"
      ),
      (
        "    nodes: [{memory: 1GiB}]\n    devices: [{kind: dimm, size: 1GiB, node: 3, when: boot}]\n",
        "its node must be in nodes"
      ),
      (
        "    nodes: [{memory: 1GiB}]\n    devices: [{kind: gpu, size: 1GiB, online: maybe}]\n",
        "online must be movable, kernel or offline"
      ),
      ("    nodes: [{memory: 1GiB}]\n    reserved: [0x10]\n", "a range is first-last byte"),
    ]
  )
  func refused(text: String, message: String) async throws {
    #expect(try await refusal(text)?.contains(message) == true)
  }
}
