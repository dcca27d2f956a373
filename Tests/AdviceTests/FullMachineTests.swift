internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import TestSupport
internal import Testing

@Suite("A host that user memory fills")
struct FullMachineTests {
  private static func full(_ name: String) throws -> FullHeadroom {
    let source = try SourceFinder.source(Fixtures.path("Headroom/\(name).tar.gz"))
    let facts = try HostFacts(try HostCollector.collect(from: source))
    return try #require(facts.full.value).headroom
  }

  @Test("5.10 has only the older lists: of 460 MiB little is sure")
  func old() throws {
    let full = try Self.full("5.10-headroom-one-512M")
    #expect(full.reclaim == .lists)
    #expect(!full.isReclaimAssumed)
    #expect((.mebibytes(1)...ByteCount.mebibytes(20)).contains(full.least))
    #expect(full.likely > full.least)
    #expect(full.likely < full.now)
  }

  @Test("6.12 keeps on one node what it has: user memory stays in ZONE_MOVABLE")
  func generations() throws {
    let full = try Self.full("6.12-headroom-five-4G")
    #expect(full.reclaim == .generations)
    // A capture from before the file was read.
    #expect(full.isReclaimAssumed)
    #expect(full.traces > .mebibytes(5))
    #expect(full.least == full.now.subtractingOrZero(full.traces))
  }

  @Test("without Movable there is nothing to fill it with")
  func withoutMovable() throws {
    let root = try #require(EditedRoot("6.12-one-node-no-movable"))
    let facts = try HostFacts(try HostCollector.collect(from: root))
    let full = try #require(facts.full.value).headroom
    #expect(full.user == .zero)
    #expect(full.least == full.now)
  }

  @Test("what swap gives back is not lost")
  func swap() throws {
    var full = try Self.full("5.10-headroom-one-512M")
    full.now = .mebibytes(800)
    full.userNow = .zero
    full.traces = .zero
    full.open = .mebibytes(800)
    full.userWhenFull = .mebibytes(700)
    full.userLikely = .mebibytes(400)
    full.user = .mebibytes(2000)
    full.swap = .zero
    #expect(full.least == .mebibytes(100))
    #expect(full.likely == .mebibytes(400))
    // At worst user memory in ZONE_MOVABLE takes swap up first: 1300 MiB of it.
    full.swap = .mebibytes(500)
    #expect(full.least == .mebibytes(100))
    #expect(full.likely == .mebibytes(800))
    full.swap = .mebibytes(1500)
    #expect(full.least == .mebibytes(300))
    full.swap = .gibibytes(4)
    #expect(full.least == .mebibytes(800))
    // What is swappable now is in `now` already.
    full.userNow = .mebibytes(200)
    #expect(full.least == .mebibytes(800))
  }

  /// 2 GiB with cpus and 3 GiB of a slower tier, captured before tiers were read; 1814 MiB were taken.
  private static func twoTiers(
    _ when: String,
    demotes: Bool = true,
    tiers: [MemoryTier] = [
      MemoryTier(number: 4, nodes: [0]), MemoryTier(number: 5, nodes: [1]),
    ]
  ) throws -> HostFacts {
    let name = "Stress/6.12-far-2+3-4M-demotion-two-tiers-\(when).tar.gz"
    let source = try SourceFinder.source(Fixtures.path(name))
    var snapshot = try HostCollector.collect(from: source)
    snapshot.virtualMemory.demotes = .known(demotes)
    snapshot.memoryTiers = .known(tiers)
    return try HostFacts(snapshot)
  }

  @Test("a slower tier takes the user memory of a node without Movable")
  func tiers() throws {
    let quiet = try #require(try Self.twoTiers("quiet").full.value).headroom
    #expect((.mebibytes(1750)...ByteCount.mebibytes(1830)).contains(quiet.least))
    let full = try Self.twoTiers("full").nodes.total(\.headroom).value
    #expect((.mebibytes(1700)...ByteCount.mebibytes(1900)).contains(try #require(full)))
  }

  @Test("one tier takes nothing, nor does one while demotion is off")
  func oneTier() throws {
    let one = [MemoryTier(number: 4, nodes: [0, 1])]
    let same = try #require(try Self.twoTiers("quiet", tiers: one).full.value).headroom
    #expect(same.least < .mebibytes(100))
    let off = try #require(try Self.twoTiers("quiet", demotes: false).full.value).headroom
    #expect(off.least < .mebibytes(100))
  }

  @Test("Movable that was onlined is safe as far as a full host bears it")
  func onlined() throws {
    let facts = try Self.twoTiers("quiet", tiers: [MemoryTier(number: 4, nodes: [0, 1])])
    let machine = try #require(facts.full.value)
    let all = machine.nodes.map(\.room.movable).total()
    #expect(machine.with(movable: all).headroom.least == machine.headroom.least)
    var before = ByteCount.zero
    for size in stride(from: all.count, through: 0, by: -Int(all.count / 8)) {
      let least = machine.with(movable: ByteCount(size)).headroom.least
      #expect(least >= before)
      before = least
    }
    #expect(before > .gibibytes(3))
  }
}
