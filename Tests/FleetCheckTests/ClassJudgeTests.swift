internal import Advice
internal import FleetCheck
internal import Foundation
internal import HostModel
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import Testing

@Suite("Judging machine classes")
struct ClassJudgeTests {
  static func spec(_ classes: String, defaults: String = "  arch: x86_64\n  kernel: \"6.12\"")
    -> String
  {
    "schema: 1\ndefaults:\n\(defaults)\nclasses:\n\(classes)\n"
  }

  @Test("kernelcore=2G on a 2-node PC points at the argument that starves node 1")
  func starvedNode() async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        """
          - name: web
            nodes: [{memory: 4GiB, cpus: 8}, {memory: 4GiB, cpus: 8}]
            cmdline: "quiet kernelcore=2G"
        """
      )
    ])
    let answer = try await fixture.check()
    let found = try #require(answer.findings.first { $0.finding.code == "ZW103" })
    #expect(found.finding.severity == .error)
    #expect(found.finding.node == 1)
    #expect(found.location.line == 8)
    #expect(found.location.column == 21)
    #expect(found.length == "kernelcore=2G".count)
    #expect(found.excerpt == "    cmdline: \"quiet kernelcore=2G\"")
  }

  @Test("The same class with enough kernel memory on both nodes is clean of it")
  func balanced() async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        """
          - name: web
            nodes: [{memory: 4GiB, cpus: 8}, {memory: 4GiB, cpus: 8}]
            cmdline: "quiet kernelcore=6G"
        """
      )
    ])
    let answer = try await fixture.check()
    #expect(answer.subjects.map(\.verdict) == [.balanced])
    #expect(!answer.findings.contains { $0.finding.severity == .error })
    #expect(!answer.codes(of: "web").contains("ZW101"))
  }

  @Test("A finding that holds for some kernels of the range names them, and is told once")
  func kernels() async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        """
          - name: web
            kernel: ["4.14", "6.12"]
            nodes: [{memory: 8GiB}]
            cmdline: kernelcore=50%
        """
      )
    ])
    let answer = try await fixture.check()
    let found = answer.findings.filter { $0.finding.code == "ZW301" }
    #expect(found.map(\.kernels) == [["4.14"]])
  }

  @Test("What only the prediction sees stands beside another finding of the same rule, once")
  func predicted() async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        """
          - name: web
            nodes: [{memory: 64GiB, cpus: 8}]
            cmdline: kernelcore=8G kernelcore=32G movablecore=16G
        """
      )
    ])
    let answer = try await fixture.check()
    let found = answer.findings.map(\.finding).filter { $0.code == "ZW302" }
    // The word that another one overrides; and the size that the machine's zones don't come from.
    #expect(
      Set(found.map(\.subject)) == [.argument("kernelcore=8G"), .argument("kernelcore=32G")]
    )
    #expect(found.count == 2)
  }

  @Test("A command line in a boot loader's file is checked where it stands")
  func reference() async throws {
    let fixture = try CheckFixture([
      "specs/fleet.yaml": Self.spec(
        """
          - name: web
            nodes: [{memory: 4GiB, cpus: 8}, {memory: 4GiB, cpus: 8}]
            cmdline: {file: ../boot/grub, append: quiet}
          - name: lost
            nodes: [{memory: 4GiB}]
            cmdline: {file: ../boot/nothing}
        """
      ),
      "boot/grub": "# GRUB\nGRUB_CMDLINE_LINUX=\"ro kernelcore=2G\"\n",
    ])
    let answer = try await fixture.check(["specs"])
    let found = try #require(answer.findings.first { $0.finding.code == "ZW103" })
    #expect(found.location.file.hasSuffix("boot/grub"))
    #expect(found.location.line == 2)
    #expect(found.location.column == 24)
    #expect(found.excerpt == "GRUB_CMDLINE_LINUX=\"ro kernelcore=2G\"")
    #expect(answer.failures.map(\.place.line) == [11])
  }

  @Test("kernelcore without a value is found, though no layout can be predicted")
  func crash() async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        "  - name: dead\n    nodes: [{memory: 8GiB}]\n    cmdline: kernelcore"
      )
    ])
    let answer = try await fixture.check()
    #expect(answer.codes(of: "dead").first == "ZW303")
    #expect(answer.findings.first?.location.column == 14)
    #expect(answer.failures.isEmpty)
  }

  @Test("Memory that must be unpluggable and is onlined to a kernel zone misses the goal")
  func hotUnplug() async throws {
    let devices = "    devices: [{kind: dimm, size: 2GiB}]\n    goals: {hotUnplug: required}"
    let policy =
      "    cmdline: memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_ratio=301"
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        """
          - name: plain
            nodes: [{memory: 8GiB}]
        \(devices)
          - name: policy
            nodes: [{memory: 8GiB}]
        \(policy)
        \(devices)
        """
      )
    ])
    let answer = try await fixture.check()
    #expect(answer.codes(of: "plain").contains("ZW601"))
    #expect(!answer.codes(of: "policy").contains("ZW601"))
  }

  @Test("Guests of 64 GiB and more have blocks that align the end of their memory")
  func guestBlocks() async throws {
    // 96 GiB with 3 GiB of them below 4 GiB end at 97 GiB: 1 GiB aligns, 2 GiB does not.
    func entry(_ name: String, _ sign: String) -> String {
      "  - name: \(name)\n    nodes: [{memory: 96GiB}]\n"
        + "    devices: [{kind: dimm, size: 1GiB}]\n\(sign)"
    }
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        entry("host", "") + entry("declared", "    hypervisor: kvm\n")
          + entry("ballooned", "    balloon: virtio\n")
          + entry("bare", "    balloon: virtio\n    hypervisor: none\n")
      )
    ])
    let answer = try await fixture.check()
    // A size that no kernel takes is a mistake in the spec, with the line of the device.
    #expect(answer.failures.map(\.place.line) == [8, 19])
  }

  @Test("2 GiB of min_free_kbytes starve 4 GiB of kernel memory since 6.6, not before")
  func minimumFree() async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        """
          - name: machine
            nodes: [{memory: 64GiB}]
            cmdline: kernelcore=4G
            sysctl: {vm.min_free_kbytes: 2097152}
        """,
        defaults: "  arch: x86_64\n  kernel: [\"6.1\", \"6.12\"]"
      )
    ])
    let found = try await fixture.check().findings.filter { $0.finding.code == "ZW116" }
    let minimum = found.filter { $0.finding.message.contains("min watermarks hold back") }
    #expect(minimum.count == 1)
    #expect(minimum.first?.kernels.map { "\($0)" } == ["6.12"])
  }

  @Test("Memory that stays offline can be unplugged; who onlines it is said where it decides")
  func onliners() async throws {
    func entry(_ name: String, _ rest: String) -> String {
      "  - name: \(name)\n    nodes: [{memory: 8GiB}]\n\(rest)\n    goals: {hotUnplug: required}\n"
    }
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        entry(
          "offline",
          "    cmdline: memhp_default_state=offline\n    devices: [{kind: dimm, size: 2GiB}]"
        ) + entry("standby", "    arch: s390x\n    devices: [{kind: block, size: 2GiB}]")
          + entry("coherent", "    arch: arm64\n    devices: [{kind: block, size: 2GiB}]")
          + entry("cxl", "    devices: [{kind: cxl, size: 2GiB}]")
          + entry("hyper-v", "    devices: [{kind: block, size: 2GiB}]")
      )
    ])
    let answer = try await fixture.check()
    #expect(!answer.codes(of: "offline").contains("ZW601"))
    let found = answer.findings.filter { $0.finding.code == "ZW601" }
    let messages = found.map(\.finding.message)
    #expect(messages.count == 4)
    #expect(messages.contains { $0.contains("chmem") })
    #expect(messages.contains { $0.contains("a driver may make it Movable") })
    #expect(messages.contains { $0.contains("daxctl") })
    #expect(messages.count { $0.contains("goes to a kernel zone") } == 1)
    #expect(found.count { $0.finding.severity == .error } == 1)
  }

  @Test("A goal for Movable that is too much, and one that the arguments miss")
  func movableGoal() async throws {
    func entry(_ name: String, _ goal: String, _ line: String) -> String {
      "  - name: \(name)\n    nodes: [{memory: 64GiB}]\n    cmdline: \(line)\n"
        + "    goals: {movable: \(goal)}\n"
    }
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec(
        entry("greedy", "60GiB", "kernelcore=4G") + entry("short", "32GiB", "kernelcore=50G")
          + entry("right", "32GiB", "kernelcore=32G")
      )
    ])
    let answer = try await fixture.check()
    #expect(answer.codes(of: "greedy").contains("ZW602"))
    #expect(answer.codes(of: "short").contains("ZW603"))
    #expect(!answer.codes(of: "right").contains { $0.hasPrefix("ZW6") })
    let short = try #require(answer.findings.first { $0.finding.code == "ZW603" })
    #expect(short.finding.remedy.contains("kernelcore="))
  }

  @Test(
    "Risks of a spec's own keys point at them",
    arguments: [
      (
        "    hugepages: [{size: 1GiB, count: 24, when: runtime}]\n    cmdline: kernelcore=32G",
        "ZW104", 8, 16
      ),
      ("    balloon: vmware\n    cmdline: kernelcore=32G", "ZW201", 8, 14),
      ("    cmdline: quiet cma=24G kernelcore=32G", "ZW109", 8, 20),
      ("    devices: [{kind: pmem, size: 8TiB, memmap: mem}]", "ZW501", 8, 14),
      (
        "    cmdline: quiet memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_ratio=9000",
        "ZW208", 8, 62
      ),
    ]
  )
  func causes(keys: String, code: String, line: Int, column: Int) async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec("  - name: a\n    nodes: [{memory: 64GiB, cpus: 8}]\n" + keys)
    ])
    let answer = try await fixture.check()
    let found = try #require(
      answer.findings.first { $0.finding.code == code },
      "found \(answer.findings.map(\.finding.code)), \(answer.failures)"
    )
    #expect(found.location.line == line)
    #expect(found.location.column == column)
  }

  @Test(
    "What no machine has is a failure with its place",
    arguments: [
      ("    devices: [{kind: dimm, size: 1GiB, node: 7}]", 8, 14), ("    profile: nobody", 8, 14),
      ("    cmdline: kernelcore=mirror", 0, 0),
    ]
  )
  func failures(keys: String, line: Int, column: Int) async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": Self.spec("  - name: a\n    nodes: [{memory: 8GiB}]\n" + keys)
    ])
    let answer = try await fixture.check()
    guard line > 0 else {
      #expect(answer.failures.isEmpty)
      return
    }
    #expect(answer.failures.map(\.place.line) == [line])
    #expect(answer.failures.map(\.place.column) == [column])
  }

  @Test(
    "A class made of what --init writes for a booted root is the root's twin",
    arguments: ClassSnapshotTests.names
  )
  func starter(name: String) async throws {
    let host = try ClassSnapshotTests.host(name)
    let fixture = try CheckFixture(["fleet.yaml": try SpecTemplate.text(host, profile: "general")])
    let answer = try await fixture.check()
    #expect(answer.failures.isEmpty)
    let subject = try #require(answer.subjects.first)
    let real = try Advisor.assess(
      host,
      profile: ClassSnapshotTests.general(),
      chosenBy: .default
    )
    #expect(subject.verdict == real.current.verdict)
  }
}
