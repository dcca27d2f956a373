internal import Advice
internal import HostModel
internal import KernelBehavior
internal import Testing

/// What plan says of a host before it adds anything is what advise says of it.
@Suite("A host before it grows")
struct StandingTests {
  @Test("plan and advise judge a host alike", arguments: RuleFixture.recorded)
  func alike(root: String) throws {
    let snapshot = try RuleFixture(recorded: root).snapshot()
    let standing: Assessment
    let machine: GrowthMachine
    do {
      standing = try RuleFixture(recorded: root).assess()
      machine = try GrowthMachine(
        snapshot,
        profile: standing.profile,
        settings: OnliningSettings(snapshot)
      )
    } catch is AssessmentError {
      return
    }
    #expect(GrowthSimulation(machine).verdict() == standing.current.verdict)
  }

  @Test("a node that gets nothing stands as it stood; one that gets kernel memory is judged anew")
  func nodes() throws {
    let fixture = RuleFixture(recorded: "6.12-generic-rdma-on-all-movable-node")
    let snapshot = try fixture.snapshot()
    let profile = try fixture.assess().profile
    let machine = try GrowthMachine(
      snapshot,
      profile: profile,
      settings: OnliningSettings(snapshot)
    )
    #expect(machine.standing?.worstNode == 1)
    var elsewhere = GrowthSimulation(machine)
    var there = elsewhere
    #expect(elsewhere.add(GrowthStep(device: .dimm, size: .gibibytes(1), node: 0)).failure == nil)
    #expect(elsewhere.verdict() == .imbalanced)
    #expect(there.add(GrowthStep(device: .dimm, size: .gibibytes(1), node: 1)).failure == nil)
    #expect(there.kernel > elsewhere.machine.standing?.kernel ?? .zero)
    #expect(there.verdict() < .imbalanced)
  }
}
