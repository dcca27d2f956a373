internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Testing

/// Kernels' own watermarks under two layouts of one machine: what is worked out from the one must be
/// what was booted with the other.
@Suite("Watermarks under another layout")
struct ReserveOutlookTests {
  private static func facts(_ root: String) throws -> HostFacts {
    let source = try #require(EditedRoot(root), "no root \(root)")
    return try HostFacts(try HostCollector.collect(from: source))
  }

  private static func reserves(_ facts: HostFacts) -> [NodeID: ByteCount] {
    var result: [NodeID: ByteCount] = [:]
    for node in facts.nodes where node.total > 0 { result[node.node] = node.reserve.value }
    return result
  }

  private static func sizes(_ facts: HostFacts) -> [NodeID: ByteCount] {
    var result: [NodeID: ByteCount] = [:]
    for node in facts.nodes { result[node.node] = node.kernelPresent }
    return result
  }

  /// Within 7 %: the kernel takes high watermarks off, images lie elsewhere at each boot, and what is
  /// reserved at the top of a node is Movable's where there is some.
  private static func expectNear(
    _ found: [NodeID: ByteCount],
    _ expected: [NodeID: ByteCount],
    _ comment: Comment
  ) {
    #expect(Set(found.keys) == Set(expected.keys), comment)
    for (node, size) in expected {
      let own = found[node] ?? .zero
      let difference = max(own, size).subtractingOrZero(min(own, size))
      #expect(difference * 14 <= size, "\(comment), node \(node): \(own), is \(size)")
    }
  }

  @Test(
    "the layout that is there gives the watermarks that are there",
    arguments: [
      "5.10-hotplug-arguments-too-new", "5.10-pin-before", "6.1-size-in-bytes",
      "6.1-movable-node-and-size", "6.12-pin-before", "6.12-min-free-after",
      "6.12-device-dax-before", "7.x-misspelt-arguments", "7.x-locked-before",
      "7.x-gigantic-in-movable", "7.x-mostly-movable", "7.x-metadata-bound",
    ]
  )
  func now(root: String) throws {
    let facts = try Self.facts(root)
    let outlook = try #require(ReserveOutlook(facts))
    Self.expectNear(outlook.reserves(Self.sizes(facts)), Self.reserves(facts), "\(root)")
  }

  // 1 GiB on each of two nodes, booted without Movable and with kernelcore=1G. min_free_kbytes is
  // 67584 without, and 49720 (7.2), 50332 (6.1) and 50664 (5.10) with it: khugepaged's 5 %.
  @Test(
    "smaller kernel zones keep less, larger ones more",
    arguments: [
      ("7.x-misspelt-arguments", "7.x-locked-before"),
      ("6.1-movable-node-and-size", "6.1-size-in-bytes"),
      ("5.10-hotplug-arguments-too-new", "5.10-pin-before"),
    ]
  )
  func other(without: String, with: String) throws {
    let (large, small) = (try Self.facts(without), try Self.facts(with))
    let shrunk = try #require(ReserveOutlook(large)).reserves(Self.sizes(small))
    Self.expectNear(shrunk, Self.reserves(small), "\(without) as \(with)")
    let grown = try #require(ReserveOutlook(small)).reserves(Self.sizes(large))
    Self.expectNear(grown, Self.reserves(large), "\(with) as \(without)")
  }

  @Test("a value that somebody wrote stays, and kernel zones of any size share it")
  func written() throws {
    let facts = try Self.facts("6.12-min-free-after")
    let outlook = try #require(ReserveOutlook(facts))
    #expect(outlook.origin == .written(.kibibytes(240_000)))
    let half = Self.sizes(facts).mapValues { $0.scaled(by: 3, over: 4) }
    #expect(outlook.reserves(half).values.total() >= .kibibytes(230_000))
    let before = try #require(ReserveOutlook(try Self.facts("6.12-min-free-before")))
    #expect(before.origin == .computed(raisedForHugePages: true))
    // 190 MiB of kernel zones beside 63 GiB of Movable: khugepaged's 5 %, since the machine is large.
    let small = try #require(ReserveOutlook(try Self.facts("7.x-metadata-bound")))
    #expect(small.origin == .computed(raisedForHugePages: true))
  }

  // 64 GiB on one node of 6.12: sqrt(16 × 64 GiB in KiB) is 32768 KiB, khugepaged asks for 66 MiB of
  // three zones; of 2 GiB it may have 5 % at most.
  @Test(
    "the kernel's own arithmetic is told from a value that was written",
    arguments: [
      (67_584 as UInt64, 64 as UInt64, MinimumFree.Origin.computed(raisedForHugePages: true)),
      (32_768, 64, .computed(raisedForHugePages: false)),
      (2_097_152, 64, .written(.gibibytes(2))), (45_056, 64, .written(.kibibytes(45_056))),
    ]
  )
  func origin(_ value: UInt64, _ gibibytes: UInt64, _ origin: MinimumFree.Origin) {
    #expect(
      MinimumFree.origin(
        of: .kibibytes(value),
        managed: .gibibytes(gibibytes),
        kernelZones: 3,
        pageblockSize: .mebibytes(2),
        machine: .gibibytes(64)
      ) == origin
    )
  }
}
