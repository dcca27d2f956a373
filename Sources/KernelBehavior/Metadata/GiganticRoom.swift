package import HostModel

/// How many gigantic pages a zone can give while the host runs: aligned pieces without kernel pages.
package enum GiganticRoom {
  /// Aligned pieces that lie wholly in a zone.
  package static func whole(_ frames: FrameRange, size: PageCount) -> UInt64 {
    guard size > .zero else { return 0 }
    let first = frames.start.roundedUp(to: size)
    let last = frames.end.roundedDown(to: size)
    return first < last ? (last.number - first.number) / size.count : 0
  }

  /// The same without pieces in which kernel pages are sure to lie, on a machine that was just booted.
  ///
  /// Nothing moves a kernel page out of the way (mm/page_alloc.c, `alloc_contig_pages`). What boot, slab
  /// and page tables take lies together at one end of the zone that kernel allocations come from first.
  /// Zones below it hold the kernel's image and boot's tables at both ends. In time kernel pages lie in
  /// more pieces, so this is a bound and no promise.
  package static func usable(_ frames: FrameRange, of zone: ZoneKind, size: PageCount) -> UInt64 {
    let whole = whole(frames, size: size)
    switch zone {
    case .movable, .highMem: return whole
    case .normal: return whole - min(whole, 1)
    case .dma, .dma32, .device, .other: return whole - min(whole, 2)
    }
  }
}
