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

  /// Every size that a huge page can have (`arch_hugetlb_valid_size` of each architecture); of all
  /// architectures, and page sizes, where it is not known which.
  package static func all(_ architecture: Architecture?, _ pageSize: PageSize?) -> Set<ByteCount> {
    guard let architecture else {
      return Architecture.allCases.reduce(into: []) { $0.formUnion(all($1, nil)) }
    }
    guard let pageSize else {
      return [PageSize.kib4, .kib16, .kib64].reduce(into: []) {
        $0.formUnion(all(architecture, $1))
      }
    }
    return switch architecture {
    case .x86_64: [.mebibytes(2), .gibibytes(1)]
    case .x86_32: [.mebibytes(2), .mebibytes(4)]
    case .s390x: [.mebibytes(1), .gibibytes(2)]
    // Of the hash and of the radix MMU.
    case .ppc64: [.mebibytes(2), .mebibytes(16), .gibibytes(1), .gibibytes(16)]
    case .riscv64: [.kibibytes(64), .mebibytes(2), .gibibytes(1)]
    case .arm64:
      switch pageSize {
      case .kib4: [.kibibytes(64), .mebibytes(2), .mebibytes(32), .gibibytes(1)]
      case .kib16: [.mebibytes(2), .mebibytes(32), .gibibytes(1)]
      default: [.mebibytes(2), .mebibytes(512), .gibibytes(16)]
      }
    case .arm32: [.mebibytes(2)]
    case .sparc64:
      [
        .kibibytes(64), .mebibytes(4), .mebibytes(8), .mebibytes(256), .gibibytes(2),
        .gibibytes(16),
      ]
    // Their tables were not read: the size that a page of tables maps, and what is near it.
    default: Set((10...24).map { ByteCount.kibibytes(1 << ($0 - 4)) })
    }
  }
}
