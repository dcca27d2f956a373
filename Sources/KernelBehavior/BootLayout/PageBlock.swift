package import HostModel

/// The unit in which the page allocator keeps pages of one mobility together.
package enum PageBlock {
  /// A huge page of the lowest huge level, or the largest buddy block where that is smaller
  /// (`pageblock_order`, include/linux/pageblock-flags.h).
  package static func size(_ map: MemoryMap) -> ByteCount {
    size(map.architecture, map.pageSize, maxOrder: map.maxOrder)
  }

  package static func size(
    _ architecture: Architecture,
    _ pageSize: PageSize,
    maxOrder: UInt8
  ) -> ByteCount {
    let huge = HugePageSize.standard(architecture, pageSize)
    return min(huge, pageSize.bytes * (1 << UInt64(min(maxOrder, 32))))
  }
}

/// The huge page that an architecture maps at its lowest huge level.
package enum HugePageSize {
  package static func standard(_ architecture: Architecture, _ pageSize: PageSize) -> ByteCount {
    switch architecture {
    case .s390x: .mebibytes(1)
    case .ppc64: .mebibytes(pageSize == .kib64 ? 2 : 16)
    case .x86_32: .mebibytes(4)
    default:
      // A page of tables, eight bytes an entry.
      pageSize.bytes.scaled(by: pageSize.bytes.count, over: 8)
    }
  }
}
