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
    /// Anonymous memory of the fill, in percent of ZONE_MOVABLE.
    var anonymous: Int
    /// What the kernel was asked for once it was full.
    var demand: ByteCount
    /// What it could take beside that: the least of its boots, and the one of the captures.
    var least: ByteCount
    var last: ByteCount

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
    let rows = text.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = rows.first else { return [] }
    return rows.dropFirst().compactMap { row in
      let fields = Dictionary(zip(header, row)) { first, _ in first }
      func bytes(_ name: String) -> ByteCount? {
        fields[name].flatMap(UInt64.init).map { ByteCount($0) }
      }
      guard let name = fields["name"],
        let anonymous = fields["anonymous-percent"].flatMap(Int.init),
        let demand = bytes("demand-bytes"), let least = bytes("taken-worst-bytes"),
        let last = bytes("taken-last-bytes")
      else { return nil }
      return Machine(
        name: name,
        survived: fields["survived"] == "yes",
        anonymous: anonymous,
        demand: demand,
        least: least,
        last: last
      )
    }
  }()

  /// The ones that were full; others show the same machine without it, or with more user memory than
  /// ZONE_MOVABLE holds.
  private static let filled = machines.filter {
    (1...100).contains($0.anonymous) && $0.has("quiet") && $0.has("full")
  }

  /// Machines that the statement misses by more than the allowance, and by how much at most. The small
  /// ones differ by as much from one boot to the next.
  private static let exceptions: [String: ByteCount] = [
    "6.12-advised-one-3-lean": .mebibytes(18),
    "6.12-advised-two-1.5+1.5-lean": .mebibytes(16),
    "6.1-one-3-892M-classic-ratio-21": .mebibytes(13),
    "6.12-kind-scale-at-boot": .mebibytes(43),
    "6.12-kind-socket-buffers": .mebibytes(48),
  ]

  /// Where the machine changed between the capture and the demand, or what was asked for is not all
  /// that was taken.
  private static let incomparable: [String: String] = [
    "6.12-kind-let-go-1-cpus": "processes that held memory end before the demand",
    "6.12-kind-let-go-4-cpus": "processes that held memory end before the demand",
    "6.12-kind-dentries": "negative dentries are reclaimed as fast as they are made",
    "6.12-kind-min-free-late": "min watermarks rise after the capture",
    "6.1-advised-one-2-swap-kubernetes-node":
      "swap is full before all is in it, and what was written stays in the swap cache",
    "6.12-kind-tasks": "tasks take more than the stacks that are counted as their demand",
  ]

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
    guard Self.incomparable[machine.name] == nil else { return }
    let taken = machine.survived ? machine.demand + machine.least : .zero
    let allowance = max(Self.allowance(taken), Self.exceptions[machine.name] ?? .zero)
    #expect(full.least <= taken + allowance, "\(full.least.text), \(taken.text) taken")
  }

  @Test("what a full machine's kernel took is what was stated", arguments: filled)
  func loaded(machine: Machine) throws {
    guard machine.survived, Self.incomparable[machine.name] == nil else { return }
    let now = try #require(try Self.assessment(machine.capture("full")).current.headroom.value)
    let taken = machine.demand + machine.last
    let allowance = max(Self.allowance(taken), Self.exceptions[machine.name] ?? .zero)
    #expect(now.distance(to: taken) <= allowance, "\(now.text) stated, \(taken.text) taken")
  }

  /// The kernel image lies elsewhere at each boot, and high watermarks are taken off min_free_kbytes.
  @Test(
    "zones of the same sizes leave a kernel what the zones that are there do",
    arguments: filled
  )
  func slack(machine: Machine) throws {
    let file = try SourceFinder.source(machine.capture("quiet"))
    let facts = try HostFacts(try HostCollector.collect(from: file))
    func sizes(_ size: (NodeAccount) -> ByteCount) -> [NodeID: ByteCount] {
      facts.nodes.reduce(into: [:]) { $0[$1.node] = size($1) }
    }
    let rooms = try #require(ReserveOutlook(facts)).rooms(
      sizes(\.kernelPresent),
      beside: sizes { $0.movableForUsers.value ?? .zero },
      held: sizes(\.heldForGood)
    )
    for node in facts.nodes {
      let own = try #require(node.slack.value)
      let other = try #require(rooms[node.node]).slack
      for (own, other) in [(own.first, other.first), (own.round, other.round)] {
        let allowance = ByteCount.mebibytes(2) + own.scaled(by: 1, over: 7)
        #expect(own.distance(to: other) <= allowance, "node \(node.node): \(other), is \(own)")
      }
    }
  }

  @Test("no machine is called balanced for a demand that it died of", arguments: filled)
  func falseFine(machine: Machine) throws {
    for state in ["quiet", "full"] {
      let assessment = try Self.assessment(machine.capture(state))
      guard assessment.current.verdict == .balanced else { continue }
      let growth = try #require(assessment.demand.value).growth
      #expect(
        machine.survived && machine.demand + machine.least >= growth,
        "\(state): \(growth.text) to come"
      )
    }
  }

  @Test("plan starts from where advise says that a full machine stands", arguments: filled)
  func plan(machine: Machine) throws {
    let snapshot = try HostCollector.collect(
      from: try SourceFinder.source(machine.capture("full"))
    )
    let profile = try #require(try EmbeddedProfiles.profile("general"))
    let current = try Advisor.assess(snapshot, profile: profile, chosenBy: .default).current
    // Devices are judged by the host alone, and its ratio in whole blocks.
    if case .ratio = current.reason { return }
    guard current.worstNode == nil else { return }
    let grown = try GrowthMachine(
      snapshot,
      profile: profile,
      settings: OnliningSettings(snapshot)
    )
    #expect(GrowthSimulation(grown).verdict() == current.verdict)
  }
}
