package import HostModel

/// The frames that one zone may hold on this machine, whatever node they are on.
///
/// What the kernel prints as `Zone ranges:`; ZONE_MOVABLE and ZONE_DEVICE have no limit of their own.
package struct ZoneLimit: Hashable, Sendable {
  package var kind: ZoneKind
  package var frames: FrameRange

  package init(kind: ZoneKind, frames: FrameRange) {
    self.kind = kind
    self.frames = frames
  }
}

extension ZoneLimit {
  /// The limits that an architecture's default configuration gives (`free_area_init` and the
  /// architecture's `zone_sizes_init`).
  ///
  /// - Parameters:
  ///   - architecture: Decides which zones there are.
  ///   - pageSize: The base page size.
  ///   - memory: From the first to the last frame of RAM.
  ///   - firstZoneLimit: Where the DMA zone ends, in bytes, on architectures that find out at boot
  ///     (arm64, ppc64) or where lowmem ends on those with HighMem.
  /// - Returns: The zones, lowest first, empty ones included.
  package static func standard(
    architecture: Architecture,
    pageSize: PageSize,
    memory: FrameRange,
    firstZoneLimit: ByteCount? = nil
  ) -> [ZoneLimit] {
    let gibibyte: UInt64 = 1 << 30
    let top = memory.end.address(pageSize: pageSize).count
    let lowEnd =
      firstZoneLimit?.count ?? (memory.start.address(pageSize: pageSize).count + 768 << 20)
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
      case .riscv64, .loongarch64, .mips64, .ia64: [(.dma32, 4 * gibibyte), (.normal, top)]
      case .ppc32, .sparc32: [(.dma, firstZoneLimit?.count ?? 768 << 20), (.highMem, top)]
      case .mips32: [(.normal, firstZoneLimit?.count ?? 512 << 20), (.highMem, top)]
      case .sparc64, .parisc64, .parisc32: [(.normal, top)]
      case .m68k: [(.dma, top)]
      }
    var start = memory.start
    return steps.map { kind, bytes in
      let limit = PageFrameNumber(ByteCount(min(bytes, top)).pages(of: pageSize).count)
      // A limit below all RAM leaves the zone empty.
      let zone = ZoneLimit(kind: kind, frames: FrameRange(start: start, end: max(start, limit)))
      start = zone.frames.end
      return zone
    }
  }
}
