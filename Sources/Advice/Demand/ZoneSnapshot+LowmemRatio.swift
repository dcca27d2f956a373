internal import HostModel

extension ZoneSnapshot {
  /// The zone's entry of `vm.lowmem_reserve_ratio`, or the kernel's default where that was not read
  /// (mm/page_alloc.c: 256 for DMA and DMA32, 32 above them).
  func lowmemRatio(among zones: NodeZones, _ setting: [UInt64]?) -> UInt64 {
    // Kernels that print every zone give its place.
    let isComplete = zones.zones.first.map { $0.protection.count == zones.zones.count } ?? false
    if isComplete, let setting, let index = zones.zones.firstIndex(where: { $0.kind == kind }),
      index < setting.count
    {
      return setting[index]
    }
    switch kind {
    case .dma, .dma32: return 256
    case .normal: return 32
    case .highMem, .movable, .device, .other: return 0
    }
  }
}
