internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import TestSupport
internal import Testing

/// Boots of one kernel whose firmware gave the same memory: from the log of any of them, what the
/// kernel made of every other one's command line.
@Suite("Booted kernels, each from the others' logs")
struct CrossPredictionTests {
  struct Machine: CustomTestStringConvertible {
    var kernel: String
    var boots: [LabBoot]
    var testDescription: String { "\(kernel), \(boots.count) boots as \(boots[0])" }
  }

  /// Boots of the same kernel and node ranges; what firmware calls hot-pluggable is in no log.
  static let machines: [Machine] = {
    var found: [[String]: [LabBoot]] = [:]
    for boot in LabBoot.all {
      guard let bytes = try? boot.log(), let kernel = try? boot.fact("kernel") else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(separator: "\n")
        .filter { $0.contains("node ") && $0.contains("[mem 0x") && !$0.contains("Initmem") }
      guard !text.contains("movable_node"), !text.contains("movable-node") else { continue }
      let ranges = lines.compactMap {
        $0.split(separator: "] ", maxSplits: 1).last.map(String.init)
      }
      found[[kernel] + ranges, default: []].append(boot)
    }
    return found.filter { $0.value.count > 1 }.map { Machine(kernel: $0.key[0], boots: $0.value) }
      .sorted { $0.testDescription < $1.testDescription }
  }()

  @Test("there are many pairs")
  func pairs() {
    let count = Self.machines.map { $0.boots.count * ($0.boots.count - 1) }.reduce(0, +)
    #expect(count >= 1000)
  }

  @Test("the zones of every command line", arguments: machines)
  func zones(_ machine: Machine) throws {
    for boot in machine.boots {
      let inputs = try boot.inputs()
      for other in machine.boots where other.description != boot.description {
        let line = try #require(try other.fact("cmdline"))
        let made = try inputs.predict(inputs.arguments(line)).labZones
        #expect(made == (try other.zones()), "\(other) from \(boot)")
      }
    }
  }
}
