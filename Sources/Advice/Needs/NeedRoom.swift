internal import HostModel
internal import KernelBehavior

/// What the zones of a running host can still give to needs, taken from as they are asked for.
struct NeedRoom {
  private struct Zone {
    var node: NodeID
    var kind: ZoneKind
    /// Free, or page cache that can go; watermarks are kept.
    var free: ByteCount
    var frames: FrameRange?
    /// What needs have taken of it.
    var taken = ByteCount.zero
  }

  /// The highest zone of each node first, as the kernel looks for pages.
  private var zones: [Zone] = []
  /// Kernel memory that can still be taken for good, by node.
  private var headroom: [NodeID: ByteCount] = [:]
  /// What is free in the areas for gigantic pages.
  private var areas: [NodeID: ByteCount] = [:]
  private let pageSize: PageSize

  /// - Parameters:
  ///   - facts: The host.
  ///   - demand: What the kernel zones must hold without the needs: that stays theirs.
  ///   - hasGiganticAreas: Whether its CMA areas are for gigantic pages.
  init(_ facts: HostFacts, demand: Demand?, hasGiganticAreas: Bool) {
    pageSize = facts.pageSize
    for (account, node) in zip(facts.nodes, facts.zoneinfo.nodes) {
      let now = (account.use + account.reserve).value ?? .zero
      let growth = (demand?.neededByNode[account.node] ?? .zero).subtractingOrZero(now)
      headroom[account.node] = (account.headroom.value ?? .zero).subtractingOrZero(growth)
      for zone in node.zones.reversed() where zone.isPopulated {
        guard zone.kind.servesKernel || zone.kind == .movable else { continue }
        let free = (zone.freeForKernel.value ?? .zero)
          .subtractingOrZero(zone.minWatermark.value ?? .zero)
        let cache = (zone.lru(.activeFile) + zone.lru(.inactiveFile)).value ?? .zero
        zones.append(
          Zone(
            node: account.node,
            kind: zone.kind,
            free: (free + cache).bytes(of: pageSize),
            frames: zone.frames.value
          )
        )
        if hasGiganticAreas {
          areas[account.node, default: .zero] +=
            (zone.counters.freeCMA.value ?? .zero).bytes(of: pageSize)
        }
      }
    }
  }

  /// Takes pages that must each lie in one aligned piece.
  mutating func takeGigantic(
    _ size: ByteCount,
    _ count: UInt64,
    on node: NodeID,
    inMovable: Bool
  ) -> [NeedAnswer.Share] {
    var left = count
    var shares: [NeedAnswer.Share] = []
    let inArea = min(left, (areas[node] ?? .zero).count / size.count)
    if inArea > 0 {
      areas[node]?.take(upTo: size * inArea)
      left -= inArea
      shares.append(
        NeedAnswer.Share(node: node, zone: nil, bytes: size * inArea, isInArea: true)
      )
    }
    for index in zones.indices where zones[index].node == node && left > 0 {
      guard zones[index].kind.servesKernel || inMovable else { continue }
      let part = min(left, pieces(of: size, in: zones[index]))
      guard part > 0 else { continue }
      take(size * part, from: index)
      left -= part
      shares.append(
        NeedAnswer.Share(node: node, zone: zones[index].kind, bytes: size * part)
      )
    }
    return shares
  }

  /// How many aligned pieces a zone still has, by its place and by what is free.
  private func pieces(of size: ByteCount, in zone: Zone) -> UInt64 {
    let most = zone.kind.servesKernel ? headroom[zone.node] ?? .zero : zone.free
    let free = min(zone.free, most).count / size.count
    let pages = size.pages(of: pageSize)
    guard let frames = zone.frames, pages > .zero else { return free }
    let usable = GiganticRoom.usable(frames, of: zone.kind, size: pages)
    return min(free, usable - min(usable, zone.taken.count / size.count))
  }

  /// Takes memory in small pieces: pages of the page allocator, or pins.
  mutating func take(
    _ bytes: ByteCount,
    in unit: ByteCount,
    on node: NodeID,
    inMovable: Bool
  ) -> [NeedAnswer.Share] {
    var left = bytes
    var shares: [NeedAnswer.Share] = []
    for index in zones.indices where zones[index].node == node && left > .zero {
      let isKernel = zones[index].kind.servesKernel
      guard isKernel || inMovable else { continue }
      var most = zones[index].free
      if isKernel { most = min(most, headroom[node] ?? .zero) }
      let part = left.take(upTo: most.roundedDown(to: unit))
      guard part > .zero else { continue }
      take(part, from: index)
      shares.append(NeedAnswer.Share(node: node, zone: zones[index].kind, bytes: part))
    }
    return shares
  }

  private mutating func take(_ bytes: ByteCount, from index: Int) {
    zones[index].free.take(upTo: bytes)
    zones[index].taken += bytes
    if zones[index].kind.servesKernel { headroom[zones[index].node]?.take(upTo: bytes) }
  }
}
