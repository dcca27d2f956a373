internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import TestSupport
internal import Testing

/// Machines that were filled with user memory, and whose kernel was then asked for more until the OOM
/// killer came (Lab/stress.py): what was taken beside captures from before, quiet and full.
@Suite("Full machines against booted kernels")
struct StressProofTests {
  struct Machine: Sendable, CustomTestStringConvertible {
    var name: String
    var survived: Bool
    /// The least of its boots.
    var taken: ByteCount

    var testDescription: String { name }

    func capture(_ state: String) -> String { Fixtures.path("Stress/\(name)-\(state).tar.gz") }
    func has(_ state: String) -> Bool {
      FileManager.default.fileExists(atPath: capture(state))
    }
  }

  private static let file = "Stress/taken.tsv"
  private static let isThere = FileManager.default.fileExists(atPath: Fixtures.path(file))

  static let machines: [Machine] = {
    let text = isThere ? (try? Fixtures.text(file)) ?? "" : ""
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count >= 5, let taken = UInt64(fields[4]) else { return nil }
      return Machine(
        name: String(fields[0]),
        survived: fields[3] == "yes",
        taken: ByteCount(taken)
      )
    }
  }()

  /// The ones that were filled; others show the same machine without it.
  private static let filled = machines.filter { $0.has("quiet") && $0.has("full") }

  /// Where anonymous memory could go to a slower tier: that is not read, and nothing is counted on it.
  private static let demoting: Set = ["6.12-far-2+3-4M-demotion-two-tiers"]

  private static func assessment(_ file: String) throws -> Assessment {
    let snapshot = try HostCollector.collect(from: try SourceFinder.source(file))
    let profile = try #require(try EmbeddedProfiles.profile("general"))
    return try Advisor.assess(snapshot, profile: profile, chosenBy: .default)
  }

  private static func allowance(_ size: ByteCount) -> ByteCount {
    max(.mebibytes(8), size.scaled(by: 1, over: 10))
  }

  @Test("there are machines with and without the multi-generational LRU", .enabled(if: isThere))
  func coverage() {
    #expect(Self.filled.count >= 20)
    #expect(Set(Self.machines.map { $0.name.prefix { $0 != "-" } }).count >= 4)
  }

  @Test("a quiet machine is never promised more than was left once it was full", arguments: filled)
  func whenFull(machine: Machine) throws {
    let full = try #require(try Self.assessment(machine.capture("quiet")).current.full.value)
    let taken = machine.survived ? machine.taken : .zero
    #expect(full.least <= taken + Self.allowance(taken), "\(full.least.text), \(taken.text) taken")
  }

  @Test("what a full machine's kernel took is what was stated", arguments: filled)
  func loaded(machine: Machine) throws {
    guard machine.survived, !Self.demoting.contains(machine.name) else { return }
    let now = try #require(try Self.assessment(machine.capture("full")).current.headroom.value)
    #expect(
      now.distance(to: machine.taken) <= Self.allowance(machine.taken),
      "\(now.text) stated, \(machine.taken.text) taken"
    )
  }

  @Test("no machine is called balanced for a demand that it died of", arguments: filled)
  func falseFine(machine: Machine) throws {
    for state in ["quiet", "full"] {
      let assessment = try Self.assessment(machine.capture(state))
      guard assessment.current.verdict == .balanced else { continue }
      let growth = try #require(assessment.demand.value).growth
      #expect(machine.survived && machine.taken >= growth, "\(state): \(growth.text) to come")
    }
  }
}
