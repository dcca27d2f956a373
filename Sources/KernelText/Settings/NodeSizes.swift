package import HostModel

/// A size for all nodes together, or sizes node by node: `8G`, `0:4G,1:2G`.
///
/// `cmdline_parse_hugetlb_cma` (mm/hugetlb.c, mm/hugetlb_cma.c since 6.15), `early_numa_cma`
/// (kernel/dma/contiguous.c).
package struct NodeSizes: Hashable, Sendable {
  /// Bytes, or a share of the memory that it is taken from.
  package enum Amount: Hashable, Sendable {
    case bytes(ByteCount)
    case percent(UInt64)

    /// The bytes of this amount where there is that much memory.
    package func bytes(of memory: ByteCount) -> ByteCount {
      switch self {
      case .bytes(let bytes): bytes
      case .percent(let percent): memory.scaled(by: percent, over: 100)
      }
    }
  }

  /// Where no node is named.
  package private(set) var whole: Amount?
  /// By node; of several sizes for one node the last counts.
  package private(set) var byNode: [NodeID: Amount] = [:]

  /// - Parameters:
  ///   - value: The argument's value.
  ///   - knowsNodes: Whether this kernel takes lists; one that does not reads the node's number as
  ///     the size.
  ///   - knowsPercent: Whether this kernel takes `N%`; one that does not drops the sign.
  package init(_ value: String, knowsNodes: Bool = true, knowsPercent: Bool = false) {
    var scanner = SizeScanner(value)
    while !scanner.isAtEnd {
      guard let number = scanner.size() else { return }
      guard knowsNodes, scanner.take(":") else {
        whole = Self.amount(number, &scanner, knowsPercent)
        byNode = [:]
        return
      }
      guard number < 1024, let size = scanner.size(),
        let amount = Self.amount(size, &scanner, knowsPercent)
      else { return }
      byNode[NodeID(UInt32(number.count))] = amount
      guard scanner.take(",") else { return }
    }
  }

  private static func amount(
    _ number: ByteCount,
    _ scanner: inout SizeScanner,
    _ knowsPercent: Bool
  ) -> Amount? {
    guard knowsPercent, scanner.take("%") else { return .bytes(number) }
    // More than all memory is refused.
    return number <= 100 ? .percent(number.count) : nil
  }
}
