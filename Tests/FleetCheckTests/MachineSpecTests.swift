internal import FleetCheck
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import Testing

@Suite("Machine specs")
struct MachineSpecTests {
  static let twoNodes = """
    schema: 1
    machine:
      name: vm
      arch: x86_64
      kernel: "6.12"
      cmdline: kernelcore=2G
      nodes:
        - memory: 4GiB
        - memory: 4GiB
    """

  @Test("With sizes only, a PC has 3 GiB below 4 GiB, and says so")
  func sizes() throws {
    let spec = try MachineSpecReader.read(Self.twoNodes, file: "vm.yaml")
    let inputs = try spec.layoutInputs()
    #expect(!inputs.isExact)
    #expect(inputs.assumptions.contains { $0.contains("3072 MiB") })
    let layout = try inputs.predict(inputs.arguments(spec.commandLine))
    #expect(layout.node(1)?.kernelPages == .zero)
    #expect(layout.node(0)?.movableStart == 0x100000)
    #expect(layout.node(1)?.movableStart == 0x140000)
  }

  @Test("Ranges are taken as they are")
  func ranges() throws {
    let spec = try MachineSpecReader.read(
      """
      schema: 1
      machine:
        arch: arm64
        pageSize: 64KiB
        nodes:
          - ranges: ["0x80000000-0xffffffff", "0x880000000-0xfffffffff"]
      """,
      file: "arm.yaml"
    )
    let inputs = try spec.layoutInputs()
    #expect(inputs.isExact)
    #expect(inputs.map.totalPages.bytes(of: .kib64) == .gibibytes(32))
  }

  @Test(
    "What is wrong is told with its line and column",
    arguments: [
      ("schema: 1\nmachine:\n  arch: vax\n  nodes:\n    - memory: 1GiB\n", 3, 9),
      ("schema: 1\nmachine:\n  arch: x86_64\n  nodes:\n    - memory: lots\n", 5, 15),
      ("schema: 1\nmachine:\n  arch: x86_64\n  nodez: []\n", 4, 3),
      (
        "schema: 1\nmachine:\n  arch: x86_64\n  nodes:\n    - {memory: 1G, ranges: [0x0-0x1000]}\n",
        5, 16
      ),
      ("machine:\n  arch: x86_64\n", 1, 1),
    ]
  )
  func refusals(text: String, line: Int, column: Int) {
    let error = #expect(throws: LocatedError.self) {
      try MachineSpecReader.read(text, file: "spec.yaml")
    }
    #expect(error?.place.line == line)
    #expect(error?.place.column == column)
  }
}
