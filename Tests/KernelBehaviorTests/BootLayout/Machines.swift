internal import HostModel
internal import KernelBehavior

/// Machines to predict for.
enum Machines {
  static let gibibyte: UInt64 = 1 << 30

  /// A PC whose first node has the usual holes: frame 0, 0x9fc00 to 1 MiB, 3 GiB to 4 GiB.
  static func pc(_ gibibytes: UInt64...) throws -> MemoryMap {
    var ranges = [range(0, 0x1000, 0x9fc00)]
    let first = gibibytes[0] * gibibyte
    ranges.append(range(0, 1 << 20, min(first, 3 * gibibyte)))
    var end = min(first, 3 * gibibyte)
    if first > 3 * gibibyte {
      end = first + gibibyte
      ranges.append(range(0, 4 * gibibyte, end))
    }
    for (index, size) in gibibytes.enumerated().dropFirst() {
      ranges.append(range(UInt32(index), end, end + size * gibibyte))
      end += size * gibibyte
    }
    return try MemoryMap(
      architecture: .x86_64,
      pageSize: .kib4,
      maxOrder: 10,
      ranges: ranges
    )
  }

  /// Nodes one behind the other from address 0, all memory in one zone.
  static func flat(_ gibibytes: UInt64...) throws -> MemoryMap {
    var ranges: [MemoryMap.Piece] = []
    var end: UInt64 = 0
    for (index, size) in gibibytes.enumerated() {
      ranges.append(range(UInt32(index), end, end + size * gibibyte))
      end += size * gibibyte
    }
    return try MemoryMap(architecture: .ppc64, pageSize: .kib4, maxOrder: 10, ranges: ranges)
  }

  /// A whole number of pages between two addresses.
  static func range(
    _ node: UInt32,
    _ first: UInt64,
    _ end: UInt64,
    pageSize: PageSize = .kib4,
    isHotPluggable: Bool = false,
    isMirrored: Bool = false
  ) -> MemoryMap.Piece {
    MemoryMap.Piece(
      node: NodeID(node),
      frames: FrameRange(
        start: PageFrameNumber(ByteCount(first).pagesRoundedUp(of: pageSize).count),
        end: PageFrameNumber(ByteCount(end).pages(of: pageSize).count)
      ),
      isHotPluggable: isHotPluggable,
      isMirrored: isMirrored
    )
  }
}
