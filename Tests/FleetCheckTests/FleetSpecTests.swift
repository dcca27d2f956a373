internal import Advice
internal import FleetCheck
internal import HostModel
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import Testing

@Suite("Fleet specs")
struct FleetSpecTests {
  static let head = "schema: 1\ndefaults:\n  arch: x86_64\nclasses:\n"

  static func classes(_ text: String) throws -> [Result<MachineClass, LocatedError>] {
    let spec = try FleetSpec(Array(text.utf8), file: "fleet.yaml")
    return spec.classes(0..<spec.count)
  }

  @Test("Classes take what they don't say from defaults")
  func defaults() throws {
    let classes = try Self.classes(
      """
      schema: 1
      defaults:
        arch: aarch64
        kernel: "6.12"
        nodes: [{memory: 16GiB}]
      classes:
        - name: a
        - name: b
          arch: x86_64
          kernel: ["5.10", "6.1..6.3"]
          nodes:
            - {memory: 8GiB, cpus: 4}
            - {memory: 8GiB, cpus: 0}
      """
    )
    let a = try classes[0].get()
    #expect(a.machine.architecture == .arm64)
    #expect(a.machine.nodes.map(\.memory) == [.gibibytes(16)])
    #expect(a.kernels.map { $0?.release } == ["6.12"])
    let b = try classes[1].get()
    #expect(b.machine.architecture == .x86_64)
    #expect(b.machine.nodes.map(\.cpus) == [4, 0])
    #expect(b.kernels.map { $0?.release } == ["5.10", "6.1", "6.2", "6.3"])
  }

  @Test("However a spec is laid out, its classes are the same")
  func layouts() throws {
    let block =
      Self.head + """
          # about a
          - name: a
            nodes: [{memory: 1GiB}]
            cmdline: >-
              kernelcore=1G
              quiet

          # about b
          -
            name: b
            nodes:
            - memory: 2GiB

        """
    let flow =
      "schema: 1\ndefaults: {arch: x86_64}\nclasses: [{name: a, nodes: [{memory: 1GiB}], "
      + "cmdline: kernelcore=1G quiet}, {name: b, nodes: [{memory: 2GiB}]}]\n"
    let outdented = block.replacing("\n  - name: a", with: "\n  - name: a")
    for text in [block, flow, outdented, block.replacing("\n", with: "\r\n")] {
      let classes = try Self.classes(text).map { try $0.get() }
      #expect(classes.map(\.name) == ["a", "b"])
      #expect(classes[0].commandLine.text == "kernelcore=1G quiet")
      #expect(classes[1].machine.nodes.map(\.memory) == [.gibibytes(2)])
    }
  }

  @Test("Keys behind the classes are read too")
  func keysBehind() throws {
    let classes = try Self.classes(
      "schema: 1\nclasses:\n- name: a\n  nodes: [{memory: 1GiB}]\ndefaults:\n  arch: x86_64\n"
    )
    #expect(try classes[0].get().machine.architecture == .x86_64)
    let error = #expect(throws: LocatedError.self) {
      try FleetSpec(
        Array("schema: 1\nclasses:\n- name: a\n\nnonsense: 1\n".utf8),
        file: "fleet.yaml"
      )
    }
    #expect(error?.place.line == 5)
  }

  @Test(
    "A class that is wrong says where, and the others are read",
    arguments: [
      ("    nodes: [{memory: lots}]", 10, 22), ("    nodez: []", 10, 5),
      ("    nodes: [{memory: 1GiB}]\n    count: many", 11, 12),
      ("    nodes: [{memory: 1GiB}]\n    kernel: latest", 11, 13),
      ("    nodes: [{memory: 1GiB}]\n    devices: [{kind: floppy, size: 1GiB}]", 11, 22),
      ("    nodes: [{memory: 1GiB}]\n    devices: [{kind: dimm, size: 1GiB, mode: x}]", 11, 46),
      ("    nodes: [{memory: 1GiB}]\n    hugepages: [{size: 3MiB, count: 1}]", 11, 24),
      ("    nodes: [{memory: 1GiB}]\n    balloon: air", 11, 14),
      ("    nodes: [{memory: 1GiB}]\n    goals: {hotUnplug: maybe}", 11, 24),
      ("    nodes: [{memory: 1GiB}]\n    nodes: [{memory: 1GiB}]", 11, 5),
      ("    nodes: [{memory: 1GiB}]\n    cmdline: &x y", 11, 14),
      ("    nodes: [{memory: 1GiB}]\n\tcount: 1", 11, 1),
    ]
  )
  func wrongClass(lines: String, line: Int, column: Int) throws {
    let good = "  - name: good\n    nodes: [{memory: 1GiB}]\n"
    let text = Self.head + good + "\n  # the culprit\n  - name: bad\n" + lines + "\n" + good
    let classes = try Self.classes(text)
    #expect(classes.count == 3)
    #expect(try classes[0].get().name == "good")
    #expect(try classes[2].get().name == "good")
    let error = #expect(throws: LocatedError.self) { try classes[1].get() }
    #expect(error?.place.line == line)
    #expect(error?.place.column == column)
  }

  @Test("A mistake in defaults is told where it stands")
  func wrongDefaults() throws {
    let classes = try Self.classes(
      "schema: 1\ndefaults:\n  arch: x86_64\n  count: few\nclasses:\n  - name: a\n    nodes: [{memory: 1G}]\n"
    )
    let error = #expect(throws: LocatedError.self) { try classes[0].get() }
    #expect(error?.place.line == 4)
    #expect(error?.place.column == 10)
  }

  @Test("Every word of a command line keeps its place")
  func words() throws {
    let classes = try Self.classes(
      Self.head + """
          - name: a
            nodes: [{memory: 1GiB}]
            cmdline: "quiet  kernelcore=2G"
          - name: b
            nodes: [{memory: 1GiB}]
            cmdline:
              - quiet
              - 'movablecore=1G ro'

        """
    )
    let a = try classes[0].get().commandLine
    #expect(a.words.map { "\($0.location.line):\($0.location.column)" } == ["7:15", "7:22"])
    let b = try classes[1].get().commandLine
    #expect(b.text == "quiet movablecore=1G ro")
    #expect(
      b.words.map { "\($0.location.line):\($0.location.column)" } == ["11:9", "12:10", "12:25"]
    )
  }

  @Test(
    "Ranges of kernels are the mainline releases between",
    arguments: [
      ("6.12", ["6.12"]), ("5.18..6.1", ["5.18", "5.19", "6.0", "6.1"]),
      ("6.18..7.1", ["6.18", "6.19", "7.0", "7.1"]),
      ("6.1.5..6.2", ["6.1.5", "6.2"]), ("4.19..5.1", ["4.19", "4.20", "5.0", "5.1"]),
    ]
  )
  func ranges(text: String, releases: [String]) throws {
    #expect(try #require(KernelRange(text)).releases.map(\.release) == releases)
  }

  @Test(
    "What is no range is refused",
    arguments: ["", "latest", "6.12..6.1", "6..7", "6.1..6.2..6.3"]
  )
  func noRange(text: String) { #expect(KernelRange(text) == nil) }
}
