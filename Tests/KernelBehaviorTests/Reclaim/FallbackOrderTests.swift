internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Fallback order of nodes")
struct FallbackOrderTests {
  private static func node(
    _ id: NodeID,
    cpus: Bool = true,
    memory: Bool = true,
    _ distances: [Int]
  ) -> FallbackOrder.Node {
    var result = FallbackOrder.Node(id: id, hasCPUs: cpus, hasMemory: memory)
    for (other, distance) in distances.enumerated() {
      result.distances[NodeID(UInt32(other))] = distance
    }
    return result
  }

  // mm/page_alloc.c, find_next_best_node: distance, + 1 below, + 1 with cpus; then load.
  @Test("each node comes first in its own order, then the nearest")
  func nearest() {
    let order = FallbackOrder([
      Self.node(0, [10, 21, 31]), Self.node(1, [21, 10, 21]), Self.node(2, [31, 21, 10]),
    ])
    #expect(order.nodes(from: 0) == [0, 1, 2])
    #expect(order.nodes(from: 1) == [1, 2, 0])
    #expect(order.nodes(from: 2) == [2, 1, 0])
  }

  @Test("a node without cpus is preferred where it is equally near, and not where it is farther")
  func headless() {
    let near = FallbackOrder([
      Self.node(0, [10, 20, 20]), Self.node(1, [20, 10, 20]),
      Self.node(2, cpus: false, [20, 20, 10]),
    ])
    #expect(near.nodes(from: 0) == [0, 2, 1])
    #expect(near.nodes(from: 1) == [1, 2, 0])
    let far = FallbackOrder([
      Self.node(0, [10, 20, 24]), Self.node(1, [20, 10, 24]),
      Self.node(2, cpus: false, [24, 24, 10]),
    ])
    #expect(far.nodes(from: 0) == [0, 1, 2])
  }

  @Test("a node without memory has an order and stands in none")
  func memoryless() {
    let order = FallbackOrder([
      Self.node(0, memory: false, [10, 20, 20]), Self.node(1, [20, 10, 20]),
      Self.node(2, [20, 20, 10]),
    ])
    #expect(order.nodes(from: 0).count == 2)
    #expect(!order.nodes(from: 1).contains(0))
  }

  @Test("without distances nodes are at the kernel's own two, 10 and 20")
  func unknown() {
    let order = FallbackOrder([Self.node(0, []), Self.node(1, [])])
    #expect(order.nodes(from: 1) == [1, 0])
  }

  @Test("nodes at one distance take turns at being the first of it")
  func turns() {
    let all = [20, 20, 20, 20].enumerated()
    let nodes = all.map { index, _ in
      Self.node(NodeID(UInt32(index)), (0..<4).map { $0 == index ? 10 : 20 })
    }
    let order = FallbackOrder(nodes)
    // Node 3 has only nodes below it; without loads it would take node 0 first, as nodes 1 and 2 do.
    #expect(order.nodes(from: 0) == [0, 1, 2, 3])
    #expect(order.nodes(from: 1).first == 1)
    #expect(Set(order.nodes(from: 3)) == [0, 1, 2, 3])
  }
}
