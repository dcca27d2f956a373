package import HostModel

/// HugeTLB pages that a command line reserves at boot: `hugepagesz=1G hugepages=8`.
///
/// mm/hugetlb.c, `hugepages_setup`: a count belongs to the size before it, or to the default size;
/// since 5.17 it may be given node by node (`hugepages=0:2,1:4`).
package struct HugePageArguments: Hashable, Sendable {
  package struct Pool: Hashable, Sendable {
    package var size: ByteCount
    /// Nil for all nodes.
    package var node: NodeID?
    package var count: UInt64
    /// The word with the count.
    package var argument: KernelArgument
  }

  package private(set) var pools: [Pool] = []

  package init(_ arguments: [KernelArgument], defaultSize: ByteCount) {
    let chosen = arguments.last { $0.normalizedName == "default_hugepagesz" }
    let standard = chosen?.value.flatMap(Self.size) ?? defaultSize
    var current = standard
    for argument in arguments {
      guard let value = argument.value else { continue }
      switch argument.normalizedName {
      case "hugepagesz": current = Self.size(value) ?? current
      case "hugepages":
        for pool in Self.counts(value, size: current, argument) { set(pool) }
      default: continue
      }
    }
  }

  /// A later count for the same size replaces an earlier one.
  private mutating func set(_ pool: Pool) {
    pools.removeAll { $0.size == pool.size && ($0.node == pool.node || $0.node == nil) }
    if pool.count > 0 { pools.append(pool) }
  }

  private static func counts(
    _ value: String,
    size: ByteCount,
    _ argument: KernelArgument
  ) -> [Pool] {
    if let count = UInt64(value) {
      return [Pool(size: size, node: nil, count: count, argument: argument)]
    }
    return value.split(separator: ",").compactMap { part in
      let pair = part.split(separator: ":")
      guard pair.count == 2, let node = UInt32(pair[0]), let count = UInt64(pair[1]) else {
        return nil
      }
      return Pool(size: size, node: NodeID(node), count: count, argument: argument)
    }
  }

  /// `2M`, `1G`: powers of two.
  private static func size(_ text: String) -> ByteCount? {
    KernelFormat<ByteCount>.memparse.parse(text).flatMap {
      $0.count.nonzeroBitCount == 1 ? $0 : nil
    }
  }
}
