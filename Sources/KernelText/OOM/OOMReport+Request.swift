package import HostModel

/// What was asked for, by the mask and its names (include/linux/gfp_types.h).
extension OOMReport {
  /// The highest zone that the allocation could come from.
  package enum RequestZone: String, Hashable, Sendable, CaseIterable {
    case dma = "DMA"
    case dma32 = "DMA32"
    case normal = "Normal"
    case highMem = "HighMem"
    case movable = "Movable"

    package func allows(_ kind: ZoneKind) -> Bool {
      switch kind {
      case .dma: true
      case .dma32: self != .dma
      case .normal: self != .dma && self != .dma32
      case .highMem: self == .highMem || self == .movable
      case .movable: self == .movable
      case .device, .other: false
      }
    }
  }

  /// The zone that the kernel looks at first.
  ///
  /// A kernel that was built without ZONE_DMA32 or ZONE_DMA takes such requests from Normal
  /// (`GFP_ZONE_TABLE`). No line of such a zone on the first node, and one of Normal there, shows it.
  package var requestZone: RequestZone? {
    guard let asked = askedZone else { return nil }
    guard asked == .dma || asked == .dma32 else { return asked }
    let first = zones.filter { $0.node == 0 }.map(\.kind)
    let own = asked == .dma ? ZoneKind.dma : .dma32
    return first.contains(.normal) && !first.contains(own) ? .normal : asked
  }

  /// By the mask's lowest four bits, which have meant the same since 2.6.23 (DMA, HIGHMEM, DMA32,
  /// MOVABLE), or by the flags' names.
  private var askedZone: RequestZone? {
    if kind == .withoutMMU { return .normal }
    if let mask = gfpMask {
      if mask & 0x01 != 0 { return .dma }
      if mask & 0x04 != 0 { return .dma32 }
      if mask & 0x0A == 0x0A { return .movable }
      return mask & 0x02 != 0 ? .highMem : .normal
    }
    guard !gfpFlags.isEmpty else { return nil }
    if has("GFP_DMA", "__GFP_DMA") { return .dma }
    if has("GFP_DMA32", "__GFP_DMA32") { return .dma32 }
    if isMovable { return .movable }
    return has("GFP_HIGHUSER", "__GFP_HIGHMEM") ? .highMem : .normal
  }

  /// Whether the page may be moved later, so that a CMA area may lend it.
  package var isMovable: Bool {
    if let mask = gfpMask { return mask & 0x08 != 0 }
    return gfpFlags.contains {
      $0.hasPrefix("GFP_HIGHUSER_MOVABLE") || $0.hasPrefix("GFP_TRANSHUGE") || $0 == "__GFP_MOVABLE"
    }
  }

  /// Whether the request may take from the reserve for those that can't wait: __GFP_HIGH, which has
  /// been 0x20 all along.
  package var mayUseReserve: Bool {
    gfpMask.map { $0 & 0x20 != 0 } ?? has("GFP_ATOMIC", "__GFP_HIGH")
  }

  /// Whether the request could wait for memory to be reclaimed; nil where that is not told.
  ///
  /// Kernels before 4.7 print no names: before 4.4 __GFP_WAIT (0x10) says so, then
  /// __GFP_DIRECT_RECLAIM (0x400000).
  package var canWait: Bool? {
    if isByReclaim { return false }
    if gfpFlags.isEmpty { return gfpMask.map { $0 & 0x40_0010 != 0 } }
    if has("GFP_ATOMIC", "GFP_NOWAIT") { return false }
    return gfpFlags.contains { Self.waiting.contains($0) || $0.hasPrefix("GFP_HIGHUSER") }
  }

  private static let waiting: Set = [
    "GFP_KERNEL", "GFP_KERNEL_ACCOUNT", "GFP_USER", "GFP_NOFS", "GFP_NOIO", "GFP_TEMPORARY",
    "GFP_TRANSHUGE", "__GFP_RECLAIM", "__GFP_DIRECT_RECLAIM", "__GFP_WAIT",
  ]

  /// Whether it was reclaim itself that asked: it does not wait for itself (PF_MEMALLOC).
  package var isByReclaim: Bool {
    guard kind == .allocationFailure, !has("GFP_ATOMIC", "GFP_NOWAIT") else { return false }
    return task.hasPrefix("kswapd") || trace.contains { Self.reclaim.contains($0.function) }
  }

  private static let reclaim: Set = [
    "shrink_node", "shrink_zone", "shrink_lruvec", "shrink_slab", "try_to_free_pages", "kswapd",
  ]

  private func has(_ names: String...) -> Bool { gfpFlags.contains { names.contains($0) } }
}
