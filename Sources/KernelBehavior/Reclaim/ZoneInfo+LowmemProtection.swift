package import HostModel

extension ZoneInfo {
  /// The zones as they are once `vm.lowmem_reserve_ratio` has these values: every zone keeps a part of
  /// what lies above it on its node from requests that may go there (mm/page_alloc.c,
  /// `setup_per_zone_lowmem_reserve`).
  ///
  /// - Parameter ratios: One divisor a zone, the lowest first; zero keeps nothing.
  /// - Returns: The zones; nil where a kernel doesn't print every zone or their sizes.
  package func protected(by ratios: [UInt64]) -> ZoneInfo? {
    var result = self
    for index in result.nodes.indices {
      var zones = result.nodes[index].zones
      guard let first = zones.first, first.protection.count == zones.count else { return nil }
      var sizes: [UInt64] = []
      for zone in zones {
        guard zone.isPopulated else {
          sizes.append(0)
          continue
        }
        guard let managed = zone.managed.value else { return nil }
        sizes.append(managed.count)
      }
      for low in zones.indices {
        let ratio = low < ratios.count ? ratios[low] : 0
        var above: UInt64 = 0
        for high in zones.indices where high > low {
          above &+= sizes[high]  // pages of one machine
          zones[low].protection[high] = ratio == 0 || sizes[low] == 0 ? 0 : above / ratio
        }
      }
      result.nodes[index].zones = zones
    }
    return result
  }
}
