internal import HostModel
internal import KernelBehavior
internal import Testing

/// Rooms in MiB, of machines that were booted and filled in the lab.
@Suite("Where user memory goes on a full machine")
struct UserMemoryFillTests {
  typealias Room = (movable: UInt64, open: UInt64, hasCPUs: Bool)

  private static func fill(_ rooms: [Room], _ reclaim: PageReclaim) -> UserMemoryFill {
    let nodes = rooms.enumerated().map { index, room in
      UserMemoryFill.Node(
        id: NodeID(UInt32(index)),
        hasCPUs: room.hasCPUs,
        movable: .mebibytes(room.movable),
        open: .mebibytes(room.open),
        slack: ReclaimSlack(first: .mebibytes(100))
      )
    }
    let order = FallbackOrder(nodes.map { FallbackOrder.Node(id: $0.id, hasCPUs: $0.hasCPUs) })
    return Self.fill(nodes, order, reclaim)
  }

  private static func fill(
    _ nodes: [UserMemoryFill.Node],
    _ order: FallbackOrder,
    _ reclaim: PageReclaim = .generations
  ) -> UserMemoryFill {
    UserMemoryFill(nodes, order: order, reclaim: reclaim, cpus: 1, pageSize: .kib4)
  }

  @Test("in generations, memory that fits into ZONE_MOVABLE of its node leaves kernel zones alone")
  func fits() {
    let fill = Self.fill([(2180, 831, true)], .generations)
    #expect(fill.worst.values.total() == .zero)
    #expect(fill.likely.values.total() == .zero)
  }

  // 3 GiB, one node, kernelcore=1340M, 5.10: where so much had been read that the kernel zones' page
  // cache was the oldest, 32 MiB were left; 1178 MiB where Movable's was.
  @Test("by lists, user memory takes all of the kernel zones at worst, their part by size likely")
  func lists() throws {
    let small = Self.fill([(2121, 831, true)], .lists)
    #expect(small.worst[0] == .mebibytes(831))
    let likely = try #require(small.likely[0])
    #expect((.mebibytes(590)...ByteCount.mebibytes(600)).contains(likely))
    let large = Self.fill([(1225, 1690, true)], .lists)
    let worst = try #require(large.worst[0])
    #expect((.mebibytes(1224)...ByteCount.mebibytes(1225)).contains(worst))
    let part = try #require(large.likely[0])
    #expect((.mebibytes(700)...ByteCount.mebibytes(720)).contains(part))
  }

  @Test("by lists, no more than there is of user memory")
  func little() {
    let fill = Self.fill([(300, 831, true)], .lists)
    #expect(fill.worst.values.total() <= .mebibytes(300))
  }

  @Test("by lists too, kernel zones are filled before Movable of another node")
  func listsMemoryOnly() {
    let fill = Self.fill([(0, 1814, true), (3023, 0, false)], .lists)
    #expect(fill.worst.values.total() == .mebibytes(1814))
  }

  // 2 + 3 GiB, kernelcore=4M: the OOM killer came with 1.5 GiB of Movable free. kernelcore=2560M:
  // 476 MiB were left on node 1, whose Movable is filled before its kernel zone.
  @Test("a node's kernel zones are filled before Movable of another node, and behind their own")
  func memoryOnly() {
    let without = Self.fill([(0, 1814, true), (3023, 0, false)], .generations)
    #expect(without.worst.values.total() == .mebibytes(1814))
    let behind = Self.fill([(0, 1814, true), (2511, 476, false)], .generations)
    #expect(behind.worst[0] == .mebibytes(1814))
    #expect((behind.worst[1] ?? .zero) == .zero)
    #expect(behind.worst == behind.likely)
  }

  @Test(
    "two nodes lose the kernel zones of one of them at worst, and none where both fill their own"
  )
  func twoNodes() {
    let fill = Self.fill([(1000, 400, true), (1000, 400, true)], .generations)
    #expect(fill.worst.values.total() == .mebibytes(400))
    #expect(fill.likely.values.total() == .zero)
  }

  // Two nodes without Movable before a memory-only one: half of it on each takes more than all on one.
  @Test("processes on several nodes can take more than those on one")
  func several() {
    let fill = Self.fill([(0, 1844, true), (0, 1850, true), (2300, 600, false)], .generations)
    #expect(fill.worst.values.total() == .mebibytes(2300))
    #expect(fill.likely.values.total() <= fill.worst.values.total())
  }

  // kernelcore=2944M, 6.12: in KiB what ZONE_DMA and DMA32 gave the kernel before kswapd was woken for
  // them. Of 5 GiB 1286 MiB of user memory settled in kernel zones, of 6 GiB 912, of 7 GiB 78.
  @Test(
    "in generations, what grows after the kernel zones are reclaimed can settle there",
    arguments: [
      (1955, 2900, 2253, 0, 1286...1955), (2963, 2900, 2918, 665, 912...1400),
      (3971, 2900, 6963, 4710, 78...200), (2963, 2900, 16_384, 665, 0...0),
      (2963, 300, 2253, 0, 300...300), (2963, 2900, 200, 0, 2900...2900),
    ] as [(UInt64, UInt64, UInt64, UInt64, ClosedRange<UInt64>)]
  )
  func woken(
    movable: UInt64,
    open: UInt64,
    first: UInt64,
    again: UInt64,
    lost: ClosedRange<UInt64>
  ) {
    var nodes = Self.fill([(movable, open, true)], .generations).nodes
    nodes[0].slack = ReclaimSlack(
      first: .kibibytes(first),
      again: .kibibytes(again),
      round: .mebibytes(66)
    )
    let order = FallbackOrder([FallbackOrder.Node(id: 0, hasCPUs: true)])
    let fill = Self.fill(nodes, order)
    let worst = fill.worst.values.total()
    #expect(lost.contains(worst.count >> 20))
    #expect(fill.likely.values.total() <= worst)
    #expect((worst == .zero) == (fill.likely.values.total() == .zero))
    // A second node with kernel zones takes the requests.
    nodes.append(
      UserMemoryFill.Node(id: 1, hasCPUs: false, movable: 0, open: 1, slack: ReclaimSlack())
    )
    let two = FallbackOrder(nodes.map { FallbackOrder.Node(id: $0.id, hasCPUs: $0.hasCPUs) })
    #expect(Self.fill(nodes, two).worst.values.total() == .zero)
  }

  @Test("more Movable behind never leaves a kernel more")
  func monotone() {
    var before = ByteCount.zero
    for far in stride(from: UInt64(0), through: 4000, by: 250) {
      let fill = Self.fill([(500, 700, true), (500, 300, true), (far, 0, false)], .generations)
      let taken = fill.worst.values.total()
      #expect(taken >= before)
      #expect(fill.likely.values.total() <= taken)
      #expect(taken <= .mebibytes(1000))
      before = taken
    }
  }

  // 2 + 3 GiB, 6.12: with two tiers and demotion a kernel took 1814 MiB of 1815; without, it died.
  @Test("what reclaim moves to slower nodes leaves kernel zones alone, as far as it fits there")
  func demoted() {
    var nodes = Self.fill([(0, 1844, true), (3000, 0, false)], .generations).nodes
    let order = FallbackOrder(nodes.map { FallbackOrder.Node(id: $0.id, hasCPUs: $0.hasCPUs) })
    #expect(Self.fill(nodes, order).worst[0] == .mebibytes(1844))
    nodes[0].slower = [1]
    let fill = Self.fill(nodes, order)
    #expect(fill.worst.values.total() == .zero)
    #expect(fill.likely.values.total() == .zero)
    nodes[0].slower = [7]
    let gone = Self.fill(nodes, order)
    #expect(gone.worst[0] == .mebibytes(1844))
  }
}
