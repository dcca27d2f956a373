package import HostModel

/// The frames that one zone may hold on this machine, whatever node they are on.
///
/// What the kernel prints as `Zone ranges:`; ZONE_MOVABLE and ZONE_DEVICE have no limit of their own.
package struct ZoneLimit: Hashable, Sendable {
  package var kind: ZoneKind
  package var start: PageFrameNumber
  /// The frame behind the last one; equal to `start` where the zone is empty.
  package var end: PageFrameNumber

  package init(kind: ZoneKind, start: PageFrameNumber, end: PageFrameNumber) {
    self.kind = kind
    self.start = start
    self.end = max(start, end)
  }

  package var isEmpty: Bool { start == end }
}

extension ZoneLimit {
  /// The limits that an architecture's default configuration gives (`free_area_init` and the
  /// architecture's `zone_sizes_init`).
  ///
  /// - Parameters:
  ///   - architecture: Decides which zones there are.
  ///   - pageSize: The base page size.
  ///   - first: The first frame of RAM.
  ///   - end: The frame behind the last one of RAM.
  ///   - firstZoneLimit: Where the DMA zone ends, in bytes, on architectures that find out at boot
  ///     (arm64, ppc64) or where lowmem ends on those with HighMem.
  /// - Returns: The zones, lowest first, empty ones included.
  package static func standard(
    architecture: Architecture,
    pageSize: PageSize,
    first: PageFrameNumber,
    end: PageFrameNumber,
    firstZoneLimit: ByteCount? = nil
  ) -> [ZoneLimit] {
    let gibibyte: UInt64 = 1 << 30
    let top = end.address(pageSize: pageSize).count
    let lowEnd = firstZoneLimit?.count ?? (first.address(pageSize: pageSize).count + 768 << 20)
    let steps: [(ZoneKind, UInt64)] =
      switch architecture {
      case .x86_64: [(.dma, 16 << 20), (.dma32, 4 * gibibyte), (.normal, top)]
      case .x86_32:
        [(.dma, 16 << 20), (.normal, firstZoneLimit?.count ?? 891 << 20), (.highMem, top)]
      case .arm64:
        [
          (.dma, firstZoneLimit?.count ?? 4 * gibibyte), (.dma32, 4 * gibibyte), (.normal, top),
        ]
      case .arm32:
        // Lowmem is ZONE_DMA in multi-platform kernels (`zone_sizes_init`, arch/arm/mm/init.c), and
        // begins where RAM does (`adjust_lowmem_bounds`, arch/arm/mm/mmu.c).
        [(.dma, lowEnd), (.normal, lowEnd), (.highMem, top)]
      case .ppc64: [(.dma, firstZoneLimit?.count ?? top), (.normal, top)]
      case .s390x: [(.dma, 2 * gibibyte), (.normal, top)]
      case .riscv64, .loongarch64: [(.dma32, 4 * gibibyte), (.normal, top)]
      }
    var start = first
    return steps.map { kind, bytes in
      let limit = PageFrameNumber(ByteCount(min(bytes, top)).pages(of: pageSize).count)
      let zone = ZoneLimit(kind: kind, start: start, end: limit)
      start = zone.end
      return zone
    }
  }
}
