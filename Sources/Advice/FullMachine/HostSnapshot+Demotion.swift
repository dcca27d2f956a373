internal import HostModel

extension HostSnapshot {
  /// The nodes of slower tiers to which reclaim moves user pages of a node; none where it doesn't, or
  /// where tiers are not known.
  ///
  /// With one tier, as for all memory of boot that no HMAT describes, `demotion_enabled` changes
  /// nothing (mm/memory-tiers.c, `establish_demotion_targets`).
  func slowerNodes(than node: NodeID) -> [NodeID] {
    guard virtualMemory.demotes.value == true, let tiers = memoryTiers.value,
      let own = tiers.first(where: { $0.nodes.contains(node) })
    else { return [] }
    return tiers.filter { $0.number > own.number }.flatMap(\.nodes)
  }

  /// What user pages of a node may be moved to: what is free in ZONE_MOVABLE of slower nodes, and page
  /// cache that gives way there.
  func demotionRoom(from node: NodeID) -> PageCount {
    let slower = slowerNodes(than: node)
    guard !slower.isEmpty else { return .zero }
    let zones = (zoneinfo.value?.nodes ?? []).filter { slower.contains($0.node) }
      .compactMap { $0.zone(.movable) }
    let room = zones.total { zone in
      let file = zone.lru(.activeFile) + zone.lru(.inactiveFile)
      return (zone.freeForKernel + file).subtractingOrZero(zone.highWatermark)
    }
    return room.value ?? .zero
  }
}
