internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import Profiles
internal import TestSupport
internal import Testing

/// Machines whose page tables were grown until the OOM killer came (Lab/headroom.py): what was taken
/// beside a capture from before.
@Suite("Headroom against booted kernels")
struct HeadroomProofTests {
  struct Machine: Sendable, CustomTestStringConvertible {
    var name: String
    var taken: UInt64

    var testDescription: String { name }
  }

  static let machines: [Machine] = {
    let text = (try? Fixtures.text("Headroom/taken.tsv")) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let taken = UInt64(fields[1]) else { return nil }
      return Machine(name: String(fields[0]), taken: taken)
    }
  }()

  @Test("there are at least eight machines on four kernels")
  func coverage() {
    #expect(Self.machines.count >= 8)
    #expect(Set(Self.machines.map { $0.name.prefix { $0 != "-" } }).count >= 4)
  }

  @Test("what the kernel took is within 5 % of the stated headroom", arguments: machines)
  func taken(machine: Machine) throws {
    let file = Fixtures.path("Headroom/\(machine.name).tar.gz")
    let snapshot = try HostCollector.collect(from: try SourceFinder.source(file))
    let profile = try #require(try EmbeddedProfiles.profile("general"))
    let assessment = try Advisor.assess(snapshot, profile: profile, chosenBy: .default)
    let headroom = try #require(assessment.current.headroom.value)
    let share = Double(headroom.count) / Double(machine.taken)
    #expect((0.95...1.05).contains(share), "\(headroom.count) stated, \(machine.taken) taken")
  }
}
