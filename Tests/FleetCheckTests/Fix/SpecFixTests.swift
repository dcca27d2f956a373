internal import Advice
internal import FleetCheck
internal import Testing

/// Machine classes with everything that a class can be blamed for: each remedy that is a change is
/// made, its finding is gone then, and no error comes.
@Suite("Remedies in specs")
struct SpecFixTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// The keys of the class, in flow style.
    var keys: String
    /// What is cured by a change.
    var cures: [String]

    init(_ name: String, cures: [String], _ keys: String) {
      self.name = name
      self.keys = keys
      self.cures = cures
    }

    var testDescription: String { name }

    var spec: String {
      """
      # Mine.
      schema: 1
      defaults:
        arch: x86_64
        nodes: [{memory: 64GiB, cpus: 16}]
      classes:
        - name: other  # stays
          cmdline: quiet
        # The one.
        - name: machine
          \(keys.split(separator: "\n").joined(separator: "\n    "))
          count: 3  # stays too

      """
    }
  }

  static let cases: [Case] = [
    Case("a ratio above the limit", cures: ["ZW101"], "cmdline: kernelcore=4G quiet"),
    Case(
      "the same on several kernels",
      cures: ["ZW101"],
      "kernel: [\"5.10\", \"6.12\"]\ncmdline: kernelcore=4G"
    ),
    Case("as percent", cures: ["ZW101"], "cmdline: [quiet, \"movablecore=95%\"]"),
    Case(
      "a node without kernel memory",
      cures: ["ZW103"],
      "nodes: [{memory: 4GiB, cpus: 8}, {memory: 4GiB, cpus: 8}]\ncmdline: quiet kernelcore=2G"
    ),
    Case("both sizes", cures: ["ZW302"], "cmdline: kernelcore=32G movablecore=16G"),
    Case(
      "both sizes, the other one counts",
      cures: ["ZW302"],
      "cmdline: kernelcore=20G movablecore=16G"
    ),
    Case("a misspelt size", cures: ["ZW304"], "cmdline: \"kernel_core=32G\""),
    Case("a letter too many", cures: ["ZW301"], "cmdline:\n  - quiet\n  - kernelcore=32GB # here"),
    Case("an argument that kills", cures: ["ZW303"], "cmdline: quiet kernelcore"),
    Case(
      "a ratio that just misses",
      cures: ["ZW208"],
      """
      cmdline: >-
        memhp_default_state=online
        memory_hotplug.online_policy=auto-movable
        memory_hotplug.auto_movable_ratio=300
      devices: [{kind: dimm, size: 64GiB}]
      """
    ),
    Case(
      "a ratio without its policy",
      cures: ["ZW302"],
      "cmdline: memory_hotplug.auto_movable_ratio=301"
    ),
    Case(
      "everything that is added becomes Movable",
      cures: ["ZW213"],
      """
      cmdline: memhp_default_state=online_movable
      devices: [{kind: dimm, size: 64GiB}]
      """
    ),
    Case(
      "memory that must go again",
      cures: ["ZW601"],
      """
      cmdline: memhp_default_state=online
      devices: [{kind: dimm, size: 64GiB}]
      goals: {hotUnplug: required}
      """
    ),
    Case(
      "memory that must go again, on a node of its own",
      cures: ["ZW601"],
      """
      arch: arm64
      pageSize: 64KiB
      kernel: "6.8"
      nodes: [{id: 0, memory: 480GiB, cpus: 72}, {id: 1, memory: 0}]
      cmdline: "memhp_default_state=online memory_hotplug.online_policy=auto-movable"
      profile: gpu-coherent-nodes
      devices: [{kind: block, size: 96GiB, node: 1}]
      goals: {hotUnplug: required}
      """
    ),
    Case(
      "memory that must go again, on a small node",
      cures: ["ZW601"],
      """
      nodes: [{memory: 256GiB, cpus: 16}, {memory: 8GiB, cpus: 4}]
      cmdline: "memhp_default_state=online memory_hotplug.online_policy=auto-movable"
      devices: [{kind: dimm, size: 96GiB, node: 1}]
      goals: {hotUnplug: required}
      """
    ),
    Case(
      "memory that must go again, before policies",
      cures: ["ZW601"],
      """
      kernel: "5.10"
      cmdline: memhp_default_state=online
      devices: [{kind: dimm, size: 64GiB}]
      goals: {hotUnplug: required}
      """
    ),
    Case(
      "memory that must go again, before zones of states",
      cures: ["ZW601"],
      """
      kernel: "4.18"
      arch: ppc64
      cmdline: memhp_default_state=online
      devices: [{kind: block, size: 64GiB}]
      goals: {hotUnplug: required}
      """
    ),
    Case(
      "memory that stays offline",
      cures: ["ZW503"],
      """
      cmdline: memhp_default_state=offline
      devices: [{kind: dimm, size: 64GiB}]
      """
    ),
    Case(
      "growth beyond balance",
      cures: ["ZW502"],
      """
      cmdline: memhp_default_state=online_movable
      devices: [{kind: dimm, size: 128GiB, count: 4}]
      """
    ),
    Case(
      "gigantic pages at run time that can't be had",
      cures: ["ZW604"],
      """
      cmdline: movablecore=40G
      hugepages: [{size: 1GiB, count: 32, when: runtime}]
      """
    ),
    Case(
      "a reserve that suits all memory, not the kernel's",
      cures: ["ZW116"],
      """
      cmdline: movablecore=44G
      sysctl:
        vm.min_free_kbytes: 4194304 # too much
      """
    ),
    Case("a goal that is missed", cures: ["ZW603"], "cmdline: quiet\ngoals: {movable: 16GiB}"),
    Case("debug options", cures: ["ZW110"], "cmdline: page_owner=on movablecore=16G"),
    Case("a mirror that there isn't", cures: ["ZW302"], "cmdline: kernelcore=mirror"),
    Case("hot-pluggable nodes that there aren't", cures: [], "cmdline: movable_node"),
    Case("a line of the defaults", cures: ["ZW301"], "cmdline: kernelcore=32GB"),
  ]

  @Test("are made where they cure, and bring no error", arguments: cases)
  func cured(example: Case) async throws {
    let fixture = try CheckFixture(["fleet.yaml": example.spec])
    let errors = try await fixture.check().findings.filter { $0.finding.severity == .error }
    let answer = fixture.fix()
    #expect(answer.failures.isEmpty)
    #expect(answer.refused == [])
    let codes = Set(answer.cured.map { String($0.suffix(5)) })
    #expect(
      codes.isSuperset(of: example.cures),
      "\(answer.cured), left \(answer.left.map { "\($0.found.finding.code) \($0.found.finding.message) → \($0.found.finding.remedy)" })"
    )
    guard let text = answer.text("fleet.yaml") else {
      #expect(example.cures.isEmpty)
      return
    }
    for comment in ["# Mine.", "- name: other  # stays", "# The one.", "count: 3  # stays too"] {
      #expect(text.contains(comment))
    }
    try fixture.apply(answer)
    let then = try await fixture.check().findings.filter { $0.finding.severity == .error }
    #expect(then.count <= errors.count, "\(then.map(\.finding.message))")
    let again = fixture.fix()
    #expect(again.cured == [] && again.isUnchanged)
  }

  @Test("a class that has its command line from defaults gets one of its own")
  func inherited() throws {
    let fixture = try CheckFixture([
      "fleet.yaml": """
      schema: 1
      defaults: {arch: x86_64, cmdline: "quiet kernelcore=4G"}
      classes:
        - name: large
          nodes: [{memory: 64GiB, cpus: 16}]
        - name: small
          nodes: [{memory: 8GiB, cpus: 4}]
        - {name: flow, nodes: [{memory: 64GiB, cpus: 16}]}

      """
    ])
    let text = try #require(fixture.fix().text("fleet.yaml"))
    #expect(text.contains("cmdline: \"quiet kernelcore=4G\""))
    #expect(text.contains("  - name: large\n    cmdline: \"quiet kernelcore="))
    #expect(text.contains("- {name: flow, cmdline: \"quiet kernelcore="))
    #expect(text.contains("  - name: small\n    nodes"))
  }

  @Test("arguments of a boot loader's file that a class names are changed in that file")
  func file() throws {
    let fixture = try CheckFixture([
      "fleet.yaml": """
      schema: 1
      classes:
        - name: m
          arch: x86_64
          nodes: [{memory: 64GiB, cpus: 16}]
          cmdline: {file: grub}

      """,
      "grub": "# mine\nGRUB_CMDLINE_LINUX=\"quiet kernelcore=4G\"\n",
    ])
    let answer = fixture.fix(["fleet.yaml"])
    #expect(answer.text("fleet.yaml") == nil)
    let text = try #require(answer.text("grub"))
    #expect(text.hasPrefix("# mine\nGRUB_CMDLINE_LINUX=\"quiet kernelcore=1"))
    try fixture.apply(answer)
    #expect(fixture.fix(["fleet.yaml"]).isUnchanged)
  }

  @Test("one class of a spec can be named, and one that isn't there is an error")
  func named() throws {
    let fixture = try CheckFixture([
      "fleet.yaml": """
      schema: 1
      defaults: {arch: x86_64, nodes: [{memory: 64GiB, cpus: 16}]}
      classes:
        - {name: a, cmdline: kernelcore=32GB}
        - {name: b, cmdline: kernelcore=32GB}

      """
    ])
    #expect(fixture.fix(["fleet.yaml#b"]).cured == ["b ZW301"])
    #expect(fixture.fix(["fleet.yaml#c"]).failures.count == 1)
  }

  @Test("a machine spec is changed like a class")
  func machine() throws {
    let fixture = try CheckFixture([
      "machine.yaml": """
      schema: 1
      machine:
        name: m # mine
        arch: x86_64
        nodes: [{memory: 64GiB, cpus: 16}]
        cmdline: kernelcore=4G

      """
    ])
    let answer = fixture.fix()
    #expect(answer.refused == [])
    let text = try #require(answer.text("machine.yaml"))
    #expect(text.contains("name: m # mine") && text.contains("cmdline: kernelcore=1"))
  }

  @Test("what a recorded machine shows is told, and nothing is changed")
  func recorded() throws {
    let fixture = try CheckFixture()
    try fixture.write("Node 0, zone   Normal\n", to: "proc/zoneinfo")
    let answer = fixture.fix()
    #expect(answer.isUnchanged)
  }
}
